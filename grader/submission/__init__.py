"""A stranger's file becomes a notebook of ours: intake, parse, match, rebuild."""
