"""The folder of grades: where each thing about a submission lies, and the results on record."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import CourseError
from ..results import SubmissionResult


@dataclass(frozen=True)
class Grades:
    """The paths below one folder of grades, and a reader of the results there."""

    root: Path

    def __post_init__(self) -> None:
        """Raises CourseError if the folder is a file."""
        if self.root.exists() and not self.root.is_dir():
            raise CourseError(f"{self.root} is no folder; name that of the grades with --grades")

    def there(self) -> Grades:
        """The same; raises CourseError if nothing was ever graded into that folder."""
        if not self.root.is_dir():
            raise CourseError(
                f"there is no folder {self.root}; grade first, or name that of the grades with --grades"
            )
        return self

    def result(self, student: str, lesson: str) -> Path:
        """The verdict, as JSON."""
        return self.root / "results" / student / f"{lesson}.json"

    def executed(self, student: str, lesson: str) -> Path:
        """The executed notebook; when it was handed in, and its secret, lie beside it."""
        return self.root / "autograded" / student / lesson / f"{lesson}.ipynb"

    def page(self, student: str, lesson: str) -> Path:
        """The feedback page."""
        return self.root / "feedback" / student / lesson / f"{lesson}.html"

    @property
    def table(self) -> Path:
        """One row a check."""
        return self.root / "grades.csv"

    @property
    def gradebook(self) -> str:
        """The URL of nbgrader's gradebook where no other is named."""
        return f"sqlite:///{self.root.resolve()}/gradebook.db"

    def read(self, student: str, lesson: str) -> SubmissionResult:
        """The record of one submission.

        Raises
        ------
        CourseError
            If there is none, or it is damaged.
        """
        path = self.result(student, lesson)
        try:
            return SubmissionResult.from_json(json.loads(path.read_bytes()))
        except (FileNotFoundError, NotADirectoryError) as err:
            raise CourseError(
                f"{student}, {lesson}: not graded yet ({path} is missing); run 'grader grade {lesson}'"
            ) from err
        except (OSError, ValueError, KeyError, TypeError) as err:
            raise CourseError(
                f"{student}, {lesson}: {path} is damaged; run 'grader grade {lesson} --force'"
            ) from err

    def standing(self, student: str, lesson: str) -> SubmissionResult | None:
        """The record of one submission; None if there is none or a crash of the machine left it unreadable."""
        try:
            return self.read(student, lesson)
        except CourseError:
            return None

    def results(self) -> Iterator[SubmissionResult]:
        """Every result on record, by student and lesson."""
        folder = self.root / "results"
        for student in sorted(os.listdir(folder)) if folder.is_dir() else []:
            for name in sorted(os.listdir(folder / student)) if (folder / student).is_dir() else []:
                if name.endswith(".json") and not name.startswith("."):
                    result = self.standing(student, name.removesuffix(".json"))
                    if result is not None:
                        yield result
