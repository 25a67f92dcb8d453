"""What can go wrong, and who has to act.

GraderError
├── CourseError      ours: a lesson breaks a rule; the maintainer mends it
├── SubmissionError  theirs: becomes the reason of a refusal, never a crash
└── MachineError     the machine's: sandbox, worker, database; retried, never a zero
"""


class GraderError(Exception):
    """Base of all errors that the grader raises on purpose."""


class CourseError(GraderError):
    """A lesson, helper or data file of the course is not as it must be."""


class SubmissionError(GraderError):
    """A submission cannot be graded; the text is shown to its student."""


class MachineError(GraderError):
    """A sandbox, worker or database failed; nobody loses a point over it."""
