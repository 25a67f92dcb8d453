"""The instructor's package: build lessons, grade submissions, explain the grades."""

from .grade import grade_notebook
from .results import SubmissionResult

__all__ = ["SubmissionResult", "grade_notebook"]
