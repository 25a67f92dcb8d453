"""From submissions to verdicts: one notebook, a class, a cluster, nbgrader's own commands."""
