"""What instructors see and do, on their page and with `grader handins`: the class, one student, and a helping hand."""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict, deque
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sql

from ..errors import SubmissionError
from . import marking
from .handins import Handins
from .store import BRIEF, HANDINS

HOUR_S, LISTED = 3600.0, 50


def overview(handins: Handins) -> dict[str, Any]:
    """The class as it stands: who handed in, the spread of scores, the last hour's mistakes, what needs a hand."""
    store, now = handins.store, time.time()
    trouble, waiting = deque[dict[str, Any]](maxlen=LISTED), 0
    people: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    spread: defaultdict[str, list[int]] = defaultdict(lambda: [0] * 10)
    for row in store.each(sql.select(*BRIEF)):
        entry = people[row["student"]].setdefault(row["lesson"], {"number": 0, "score": None, "most": 0})
        entry["number"] += 1
        entry["state"] = row["state"]
        if row["counts"]:
            entry |= {"score": row["score"], "most": row["max_score"]}
            spread[row["lesson"]][min(int(10 * row["score"] / (row["max_score"] or 1)), 9)] += 1
        waiting += row["state"] == "waiting"
        if row["state"] in ("refused", "fault"):
            trouble.appendleft(row | {"when": handins.policy.words(row["received"])})
    return {
        "lessons": list(handins.course.lessons),
        "questions": marking.questions(handins),
        "people": dict(sorted(people.items())),
        "spread": spread,
        "mistakes": _mistakes(handins, now),
        "trouble": list(trouble),
        "waiting": waiting,
    }


def _mistakes(handins: Handins, now: float) -> list[dict[str, Any]]:
    """Misconceptions that were recognised in the last hour, and how many students share each."""
    recent = HANDINS.c.told > now - HOUR_S
    found: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    columns = (HANDINS.c.id, HANDINS.c.received, HANDINS.c.student, HANDINS.c.lesson, HANDINS.c.verdict)
    for row in handins.store.each(sql.select(*columns).where(recent)):
        for check in json.loads(row["verdict"] or '{"checks": []}')["checks"]:
            if check["misconception"]:
                words = check["looks_like"] or check["misconception"]
                found[row["lesson"], check["function"], words].add(row["student"])
    names = ("lesson", "function", "looks_like")
    lines = [dict(zip(names, key, strict=True)) | {"students": len(who)} for key, who in found.items()]
    return sorted(lines, key=lambda line: -int(line["students"]))[:LISTED]


def history(handins: Handins, student: str) -> dict[str, Any]:
    """All hand-ins of one student, by lesson."""
    return {"student": student, "lessons": handins.lessons_of(student)}


def act(handins: Handins, action: str, values: dict[str, Any]) -> str:
    """Does one thing and says so. Raises SubmissionError if it cannot be done."""
    student, lesson = str(values.get("student") or ""), str(values.get("lesson") or "")
    if action in ("extend", "attempt") and lesson not in handins.course.lessons:
        raise SubmissionError(
            f"There is no lesson {lesson!r}; there are {', '.join(handins.course.lessons)}."
        )
    match action:
        case "extend":
            handins.extend(student, lesson, _moment(str(values.get("until")), handins.policy.zone))
            until = handins.policy.words(handins.terms(student, lesson).deadline)
            return f"{student} may hand in {lesson} until {until}."
        case "attempt":
            handins.store.grant(student, lesson, None)
            return f"{student} has one more attempt at {lesson}."
        case "points":
            return marking.points(handins, values)
        case "regrade":
            row = handins.store.get(str(values.get("id")))
            if row is None:
                raise SubmissionError("There is no such hand-in.")
            handins.again(row)
            return f"{row['lesson']} of {row['student']} is graded again."
        case "revoke":
            handins.store.admit(student, anew=True)
            return f"Links of {student} no longer open the page. Write new ones with: grader serve --links ROSTER"
        case "forget":
            number = handins.store.forget(student)
            return f"{number} hand-ins of {student} were deleted here. {ELSEWHERE.format(student=student)}"
    raise SubmissionError(f"Nothing is known that is called {action!r}.")


ELSEWHERE = (
    "submissions/{student}, grades/*/{student} and the gradebook (nbgrader db student remove {student} --force) are "
    "kept until you delete them too."
)


def _moment(text: str, zone: str) -> float:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as err:
        raise SubmissionError(f"{text!r} is no time like 2026-03-05T23:59.") from err
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).timestamp()


def metrics(handins: Handins) -> str:
    """Counters in Prometheus' text form."""
    import resource

    states = Counter({row["state"]: row["n"] for row in handins.store.rows(
        sql.select(HANDINS.c.state, sql.func.count().label("n")).group_by(HANDINS.c.state)
    )})  # fmt: skip
    lines = [f'grader_handins{{state="{state}"}} {number}' for state, number in sorted(states.items())]
    lines += [f'grader_queue{{turn="{turn}"}} {handins.rooms.length(turn)}' for turn in (1, 2)]
    lines += [
        f"grader_rooms_busy {len(handins.rooms.running)}",
        f"grader_rooms_seconds_total {handins.rooms.seconds:.3f}",
        f"grader_uptime_seconds {time.time() - handins.started:.0f}",
        f"grader_memory_peak_bytes {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}",
    ]
    return "\n".join(lines) + "\n"
