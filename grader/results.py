"""What grading one submission gives: plain frozen records, and their JSON form."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, Literal

Status = Literal["graded", "refused", "fault", "held"]  # held: a short turn was not enough; never recorded
Outcome = Literal[
    "passed",  # the check cell raised nothing
    "failed",  # an assertion of ours did not hold
    "raised",  # the student's code raised an exception
    "timed_out",
    "out_of_memory",
    "died",
    "unanswered",  # the stub is still there
    "not_reached",  # a function that this one needs is missing
]

SAID = ("what", "place", "got", "expected", "also", "returned", "looks_like")
"""The fields of what a check found, as rooms pass them on."""
LOOK = ("not graded: ", "to do: ")
"""How a note begins that needs somebody's eye."""
RECORDED = ("student", "lesson", "status", "reason", "score", "max_score", "key")
_to_json = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True)
class CheckResult:
    """The verdict on one check cell.

    `points` and `max_points` are automatic points. What the check found comes as fields, empty where there is nothing
    to say: `what` is the fact, which goes on from the name in `place` if there is one; `got` and `expected` what came
    and what should have; `also` what else is wrong; `returned` what came back, never of a hidden check; `misconception` and
    `looks_like` the known mistake that the answer behaves like, by name and in words; `hint` the next step. `message`
    is all of it in one text.
    """

    id: str
    function: str
    points: float
    max_points: float
    outcome: Outcome
    message: str = ""
    misconception: str | None = None
    hint: str | None = None
    what: str = ""
    place: str = ""
    got: str = ""
    expected: str = ""
    also: str = ""
    returned: str = ""
    looks_like: str = ""


@dataclass(frozen=True)
class SubmissionResult:
    """The verdict on one submission.

    `notebook` is the executed notebook (JSON text), `crowded` whether something was cut off while others had the
    processor too; both are kept out of the record.
    """

    lesson: str
    status: Status
    reason: str | None
    score: float
    max_score: float
    key: str
    restored: tuple[str, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    student: str = ""
    notebook: str | None = None
    crowded: bool = False

    @property
    def to_look_at(self) -> tuple[str, ...]:
        """The notes that a person should look at; the others say what was put right and need nobody."""
        return tuple(note for note in self.restored if note.startswith(LOOK))

    def for_student(self, student: str) -> SubmissionResult:
        """The same result under a student's name."""
        return replace(self, student=student)

    def to_json(self) -> dict[str, Any]:
        """The record written to grades/results/<student>/<lesson>.json."""
        record = {name: vars(self)[name] for name in RECORDED}
        return record | {
            "restored": list(self.restored),
            "checks": [dict(vars(check)) for check in self.checks],
        }

    def to_text(self) -> str:
        """The record as its file holds it: JSON, a field a line and a check a line (indenting takes its time)."""
        record = self.to_json()
        checks = ",".join(f"\n  {_to_json(check)}" for check in record.pop("checks"))
        fields = ",\n".join(f" {_to_json(name)}: {_to_json(value)}" for name, value in record.items())
        return f'{{\n{fields},\n "checks": [{checks}]\n}}\n'

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> SubmissionResult:
        """The result that `to_json` wrote; raises KeyError or TypeError if the record is not one."""
        checks = tuple(CheckResult(**check) for check in record["checks"])
        return cls(**{**record, "restored": tuple(record["restored"]), "checks": checks})
