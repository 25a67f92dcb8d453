"""How often the checks are wrong on answers that were written without a look at them.

    python -m tests.strangers.measure [FUNCTION…]

Grades each right and each wrong answer in a notebook of its own, in the real rooms, beside the reference solutions;
prints the table and every answer that is not judged as it is labelled; writes measured.json beside this. `make quality`
calls it. That a name was given does not say that it is right: a person has to read it beside the answer's sentence.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from grader.grading.grade import grading
from grader.results import SubmissionResult
from tests import bank, quality
from tests.here import COURSE, LESSONS
from tests.strangers import HERE, Answer, answers, rounds

RECORD = HERE / "measured.json"
JOBS = 2
COLUMNS = ("right", "accepted", "wrong", "rejected", "named", "told_more")


def graded(entries: Sequence[Answer], jobs: int = JOBS) -> list[SubmissionResult]:
    """The verdict on each answer, in order."""
    with grading(COURSE, jobs) as grade, ThreadPoolExecutor(jobs) as pool:
        papers = [quality.paper_with(one.lesson, one.function, one.code) for one in entries]
        pairs = zip(entries, papers, strict=True)
        results = pool.map(lambda pair: grade(pair[0].lesson, pair[1]), pairs)
        return list(quality.progress(results, len(entries), "strangers' answers"))


def judged(answer: Answer, result: SubmissionResult) -> dict[str, Any]:
    """What the grader made of one answer: whether it passed, its name if it got one, and all that was said."""
    checks = [check for check in result.checks if check.function == answer.function]
    failed = [check for check in checks if check.outcome != "passed"]
    names = sorted({check.misconception for check in failed if check.misconception})
    return {
        "round": answer.round,
        "label": answer.label,
        "passed": not failed,
        "named": names,
        # what the numbers show, another fault, or that the visible check cannot show it
        "told_more": any(check.also for check in failed),
        "said": [f"{check.id}: {check.outcome}: {check.message}" for check in failed],
    }


def counts(found: dict[str, dict[str, Any]]) -> dict[str, int]:
    """The figures of one function."""
    right = [one for one in found.values() if one["label"] == "right"]
    wrong = [one for one in found.values() if one["label"] == "wrong"]
    rejected = [one for one in wrong if not one["passed"]]
    return {
        "right": len(right),
        "accepted": sum(one["passed"] for one in right),
        "wrong": len(wrong),
        "rejected": len(rejected),
        "named": sum(bool(one["named"]) for one in rejected),
        "told_more": sum(one["told_more"] for one in rejected),
    }


def total(found: dict[str, dict[str, dict[str, Any]]], number: int | None = None) -> dict[str, int]:
    """The figures of all functions together, of one round or of all."""
    rows = [
        counts({name: one for name, one in entries.items() if number in (None, one["round"])})
        for entries in found.values()
    ]
    return {name: sum(row[name] for row in rows) for name in COLUMNS}


def table(found: dict[str, dict[str, dict[str, Any]]]) -> str:
    """The table in Markdown, a row a function."""
    head = (
        "right accepted",
        "wrong rejected",
        "rejected with a name",
        "rejected with more than the difference",
    )
    lines = ["| " + " | ".join(["function", *head]) + " |", "|---|" + "--:|" * len(head)]
    rows = {f"`{function}`": counts(entries) for function, entries in found.items()}
    rows |= {f"round {number}": total(found, number) for number in rounds()}
    rows["**all**"] = total(found)
    for name, row in rows.items():
        figures = [f"{row['accepted']} / {row['right']}", f"{row['rejected']} / {row['wrong']}"]
        figures += [f"{row[one]} / {row['rejected']}" for one in ("named", "told_more")]
        lines.append(f"| {name} | " + " | ".join(figures) + " |")
    return "\n".join(lines)


def misjudged(found: dict[str, dict[str, dict[str, Any]]]) -> list[str]:
    """Every answer that is not judged as it is labelled."""
    return [
        f"{function}: {one['label']} {name} {'accepted' if one['passed'] else 'rejected: ' + ' | '.join(one['said'])}"
        for function, entries in found.items()
        for name, one in entries.items()
        if one["label"] != "unclear" and one["passed"] != (one["label"] == "right")
    ]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, write."""
    every = [function for name in LESSONS for function in bank.functions(name)]
    parser = argparse.ArgumentParser(
        prog="python -m tests.strangers.measure", description=__doc__.split("\n")[0]
    )
    parser.add_argument("functions", nargs="*", choices=[[], *every], metavar="FUNCTION", help="default: all")
    functions = parser.parse_args(argv).functions or every
    entries = [
        one for name in LESSONS for f in bank.functions(name) if f in functions for one in answers(name, f)
    ]
    found = json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else {}
    fresh: dict[str, dict[str, Any]] = {}
    for answer, result in zip(entries, graded(entries), strict=True):
        fresh.setdefault(answer.function, {})[f"{answer.round}: {answer.name}"] = judged(answer, result)
    found = {
        function: fresh.get(function) or found[function]
        for function in every
        if function in fresh or function in found
    }
    RECORD.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(table(found), *misjudged(fresh), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
