"""Learning management systems: grades out to Canvas and Moodle, their downloads in."""
