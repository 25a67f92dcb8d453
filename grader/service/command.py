"""`grader handins`: what the instructors' page shows and does, from a terminal, while `grader serve` runs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ..course import Course
from ..errors import MachineError
from ..views.stories import number
from .life import folder_of
from .wire import Caller

ACTIONS = {
    "class": "who has handed in, the last hour's misconceptions, what needs a hand",
    "student": "all hand-ins of STUDENT",
    "extend": "STUDENT may hand in LESSON until TIME (2026-03-05T23:59)",
    "attempt": "STUDENT has one more attempt at LESSON",
    "regrade": "grade hand-in ID again",
    "download": "write hand-in ID to the file TO",
    "revoke": "STUDENT's links no longer open the page",
    "forget": "delete what the service keeps of STUDENT",
    "metrics": "counters, as Prometheus reads them",
}
NEEDS = {
    "class": (), "student": ("student",), "extend": ("student", "lesson", "until"), "attempt": ("student", "lesson"),
    "regrade": ("id",), "download": ("id", "to"), "revoke": ("student",), "forget": ("student",), "metrics": (),
}  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Called by `grader.cli`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, text in ACTIONS.items():
        action = actions.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        for needed in NEEDS[name]:
            action.add_argument(needed, metavar="TIME" if needed == "until" else needed.upper())
    parser.add_argument("--grades", type=Path, metavar="DIR", help="default: grades in the course")


def run(args: argparse.Namespace, course: Course) -> int:
    """0: done; 1: the service does not run or something of ours failed; 2: there is no such thing."""
    folder = folder_of(args.grades or course.grades)
    try:
        caller = Caller(folder)
    except OSError as err:
        raise MachineError(
            f"nothing was ever handed in here ({folder} has no key); start grader serve"
        ) from err
    values = {name: getattr(args, name) for name in NEEDS[args.action]}

    def ask(do: str, **more: Any) -> tuple[dict[str, Any], bytes]:
        return caller.ask(do, local=True, **more)

    match args.action:
        case "class":
            answer, _ = ask("overview")
        case "student":
            answer, _ = ask("history", of=args.student)
        case "metrics":
            answer, body = ask("metrics")
            sys.stdout.write(body.decode())
        case "download":
            answer, body = ask("notebook", id=args.id)
            if answer["status"] == 200:
                Path(args.to).write_bytes(body)
                print(f"{len(body)} bytes in {args.to}")
        case action:
            answer, _ = ask("act", action=action, values=values)
    if answer["status"] != 200:
        print(f"grader handins {args.action}: {answer['reason']}", file=sys.stderr)
        return 2 if answer["status"] < 500 else 1
    for line in said(answer):
        print(line)
    return 0


def said(answer: dict[str, Any]) -> list[str]:
    """An answer of the grader's side as lines."""
    if "said" in answer:
        return [answer["said"]]
    lines = []
    for student, lessons in answer.get("people", {}).items():
        for lesson, one in lessons.items():
            points = (
                one["state"] if one["score"] is None else f"{number(one['score'])} of {number(one['most'])}"
            )
            lines.append(f"{student:24} {lesson:24} {points:>12}  {one['number']} hand-ins")
    lines += [
        f"{one['students']} students, {one['function']}: {one['looks_like']}"
        for one in answer.get("mistakes", ())
    ]
    lines += [
        f"{one['state']}: {one['student']}, {one['lesson']}, {one['id']}: {one['reason']}"
        for one in answer.get("trouble", ())
    ]
    for lesson in answer["lessons"] if "student" in answer else ():
        for one in lesson["handins"]:
            points = (
                f"{number(one['score'])} of {number(one['max_score'])}"
                if one["state"] == "graded"
                else one["state"]
            )
            lines.append(
                f"{lesson['name']:24} {one['id']} {one['when']:32} {points}{', counts' if one['counts'] else ''}"
            )
    return lines
