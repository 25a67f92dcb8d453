"""What the course's authors do: build releases from lessons, check their rules, make kits and sample classes."""
