"""Benchmarks: ratios against stock nbgrader in the same run, printed, never asserted."""
