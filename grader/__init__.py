"""The instructor's package: build lessons, grade submissions, explain the grades."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .grading.grade import grade_notebook
    from .results import SubmissionResult

__all__ = ["SubmissionResult", "grade_notebook"]


def __getattr__(name: str) -> Any:
    """The public names, imported when first used: most commands need no NumPy."""
    if name == "grade_notebook":
        from .grading.grade import grade_notebook

        return grade_notebook
    if name == "SubmissionResult":
        from .results import SubmissionResult

        return SubmissionResult
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
