"""Answers that were written from the released text alone, before any look at a check: see README.md beside this.

A folder a round, `<round>/<lesson>/<function>.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
LABELS = ("wrong", "right", "unclear")


@dataclass(frozen=True)
class Answer:
    """One answer to one graded function.

    label : "wrong" (contradicts a sentence of the text), "right" (satisfies every one) or "unclear" (the text is silent)
    says : of a wrong answer what is wrong, of a right one its style, of an unclear one why
    code : an answer cell; the names that the lesson's given cells define are there
    """

    round: int
    lesson: str
    function: str
    name: str
    label: str
    says: str
    code: str


def rounds() -> list[int]:
    """The rounds in which the bank was written, from 1."""
    return sorted(int(path.name) for path in HERE.iterdir() if path.name.isdecimal())


def functions(lesson: str, number: int) -> list[str]:
    """The functions of a lesson that a round has answers to, by name."""
    return sorted(path.stem for path in (HERE / str(number) / lesson).glob("*.toml"))


def answers(lesson: str, function: str, number: int | None = None) -> list[Answer]:
    """The answers to a function in one round, or in all of them, label by label as they stand in its file.

    Raises
    ------
    ValueError
        If a file has a label that is none, or an entry with other keys than says and code.
    """
    if number is None:
        return [answer for each in rounds() for answer in answers(lesson, function, each)]
    path = HERE / str(number) / lesson / f"{function}.toml"
    found = []
    for label, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
        if label not in LABELS:
            raise ValueError(f"{path}: [{label}.…] is none of {', '.join(LABELS)}")
        for name, entry in entries.items():
            if entry.keys() != {"says", "code"}:
                raise ValueError(f"{path}: [{label}.{name}] has {', '.join(entry)}, expected says and code")
            code = entry["code"].strip() + "\n"
            found.append(Answer(number, lesson, function, name, label, entry["says"], code))
    return found
