"""Benchmarks: ratios to stock nbgrader and growth with the class, printed and never asserted."""

import os

# Before NumPy is imported: a second thread that waits would be counted as work.
os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "COURSE_QUIET": "1"}
