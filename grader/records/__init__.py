"""Verdicts into nbgrader's gradebook, once and for good."""
