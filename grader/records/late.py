"""A late penalty for nbgrader: so many percent of the score for each day begun after the deadline."""

from __future__ import annotations

import math

from nbgrader.plugins import BasePlugin
from traitlets import Float

SECONDS_A_DAY = 86_400


class PercentPerDay(BasePlugin):  # type: ignore[misc]
    """Switched on in nbgrader_config.py; called by nbgrader, and when `grader grade` writes the gradebook."""

    percent = Float(10.0, help="Percent of the score lost for each day begun.").tag(config=True)

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float:
        """The points that a student loses; never more than the score."""
        days = math.ceil(max(total_seconds_late, 0) / SECONDS_A_DAY)
        return float(round(score * min(1.0, days * self.percent / 100), 2))
