"""How often the checks are wrong: every right answer, wrong answer and mutant that we have, tried on them.

`make quality` (python -m tests.quality) grades each right and each wrong answer in a notebook of its own, in the real
rooms, beside the reference solutions; runs the mutants of the reference solutions; prints the table, and writes it into
README.md and, with a digest of what each function was measured on, into tests/quality.json. Names of functions limit
it to those whose digest is out of date; the other rows stay as they are.
"""

from __future__ import annotations

import argparse
import copy
import functools
import hashlib
import json
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.exercises import READERS
from grader.grading.grade import grading
from grader.results import SubmissionResult
from grader.rooms.exercise import Right, Wrong
from grader.version import ENGINE
from tests import bank, mutants, mutation
from tests.here import COURSE, LESSONS, ROOT, load_lesson
from tests.mutants import Mutant

RECORD = Path(__file__).parent / "quality.json"
README = ROOT / "README.md"
JOBS = 2
EVERY_S = 10.0  # between two lines of progress
JUDGES = ("rooms", "sandbox", "submission", "views")  # parts of the grader that a row depends on
BEGIN, END = "<!-- quality:begin -->", "<!-- quality:end -->"
COLUMNS = {
    "right answers accepted": ("accepted", "right"),
    "wrong answers rejected": ("rejected", "wrong"),
    "named as what they are": ("named", "wrong"),
    "costing only their own function": ("confined", "wrong"),
    "wrong mutants killed": ("killed", "wrong_mutants"),
}
COUNTS = ("right", "accepted", "wrong", "rejected", "named", "confined", "mutants", "killed", "equivalent")


@dataclass
class Findings:
    """Counts per function, and by name everything that is not as it should be."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    false_accepts: list[str] = field(default_factory=list)
    false_rejects: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    spilled: list[str] = field(default_factory=list)
    mutants_alive: list[str] = field(default_factory=list)
    not_alive_after_all: list[str] = field(default_factory=list)
    asserts_never_failed: list[str] = field(default_factory=list)

    def add(self, function: str, **counts: bool) -> None:
        """Count one more of each that is true."""
        row = self.counts.setdefault(function, dict.fromkeys(COUNTS, 0))
        for name, true in counts.items():
            row[name] += true

    def faults(self) -> dict[str, list[str]]:
        """What a maintainer has to look at; empty if nothing is wrong."""
        return {name: found for name, found in vars(self).items() if isinstance(found, list) and found}


def digest(function: str) -> str:
    """The SHA-256 of all that a function's row depends on."""
    lesson = lesson_of(function)
    cells = [c for c in bank.cells(lesson) if c.role in ("given", "answer", "check")]
    files = [COURSE.exercise(lesson, name) for name in (function, "shared")]
    parts = [_judges(), *(f"{c.id}\n{c.source}" for c in cells)]
    parts += [path.read_text("utf-8") for path in files if path.exists()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@functools.cache
def _judges() -> str:
    """What all rows depend on: helpers, rooms, recognition, views, and the mutation rules."""
    files = [*(ROOT / "helpers").glob("*.py"), *map(Path, (mutants.__file__, mutation.__file__))]
    files += [path for part in JUDGES for path in sorted((ENGINE / part).glob("*.py"))]
    files += [ENGINE / name for name in (*READERS, "grading/grade.py", "grading/executed.py")]
    return "\0".join(path.read_text("utf-8") for path in sorted(files, key=lambda path: path.name))


def lesson_of(function: str) -> str:
    """The lesson that asks for a function."""
    return next(name for name in LESSONS if function in bank.functions(name))


def outdated(found: dict[str, Any]) -> list[str]:
    """The functions whose rows were measured on something else than what is there now."""
    return [f for name in LESSONS for f in bank.functions(name) if found["digests"].get(f) != digest(f)]


def measure(functions: Sequence[str], jobs: int = JOBS) -> Findings:
    """Grade every answer to these functions, and run every mutant of them."""
    findings = Findings(digests={function: digest(function) for function in functions})
    for function in functions:
        findings.add(function)
    hit = _mutants(findings, functions, jobs)
    trials = [
        (name, entry)
        for name in LESSONS
        for entry in (*bank.answers(name), *bank.misconceptions(name))
        if entry.function in functions
    ]
    with grading(COURSE, jobs) as grade, ThreadPoolExecutor(jobs) as pool:
        results = pool.map(lambda trial: grade(trial[0], paper(*trial)), trials)
        for (name, entry), result in zip(trials, progress(results, len(trials), "answers"), strict=True):
            _judge(findings, name, entry, result)
    asserts = {text for text in mutation.hidden_asserts() if text.partition("_hidden,")[0] in functions}
    findings.asserts_never_failed = sorted(asserts - hit - _asserts_failed_by_wrong_answers(functions))
    return findings


def paper(name: str, entry: Right | Wrong) -> bytes:
    """The notebook of a student who gives this answer and is right everywhere else."""
    return paper_with(
        name, entry.function, entry.source, entry.extra_cells if isinstance(entry, Right) else ()
    )


def paper_with(name: str, function: str, source: str, extra: Sequence[str] = ()) -> bytes:
    """The notebook with that answer to a function, cells added before it, and right answers everywhere else."""
    lesson = load_lesson(name)
    notebook = copy.deepcopy(lesson.release)
    cells = []
    for cell, ours in zip(notebook["cells"], lesson.cells, strict=True):
        if ours.role == "answer":
            cell["source"] = ours.source
            if ours.function == function:
                cells += [_added(f"added-{i}", more) for i, more in enumerate(extra)]
                cell["source"] = source
        cells.append(cell)
    return json.dumps({**notebook, "cells": cells}).encode()


def _added(identity: str, source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": identity,
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def _judge(findings: Findings, name: str, entry: Right | Wrong, result: SubmissionResult) -> None:
    if result.status != "graded":
        raise RuntimeError(f"{name}, {entry.name}: {result.status}: {result.reason}")
    label = f"{entry.function}: {entry.name}"
    lost = {check.function for check in result.checks if check.outcome != "passed"}
    if isinstance(entry, Right):
        findings.add(entry.function, right=True, accepted=not lost)
        told = [f"{check.id}: {check.message}" for check in result.checks if check.outcome != "passed"]
        findings.false_rejects += [f"{label} is told: {' '.join(told)}"] * bool(lost)
        return
    said = {check.misconception for check in result.checks if check.function == entry.function} - {None}
    named = bool(said) and said <= {entry.name, entry.family}
    rejected, confined = entry.function in lost, lost <= {entry.function}
    findings.add(entry.function, wrong=True, rejected=rejected, named=named, confined=confined)
    findings.false_accepts += [label] * (not rejected)
    findings.unnamed += [f"{label} is called {', '.join(sorted(map(str, said))) or 'nothing'}"] * (not named)
    findings.spilled += [f"{label} also costs {', '.join(sorted(lost - {entry.function}))}"] * (not confined)


def _asserts_failed_by_wrong_answers(functions: Sequence[str]) -> set[str]:
    wrong = [
        (name, entry)
        for name in LESSONS
        for entry in bank.misconceptions(name)
        if entry.function in functions
    ]
    fates = [mutation.fate(name, entry.function, Mutant("", "", entry.source)) for name, entry in wrong]
    return {fate.failed for fate in fates if fate.failed}


def _mutants(findings: Findings, functions: Sequence[str], jobs: int) -> set[str]:
    """Counts the mutants; the hidden asserts that they failed."""
    listed, hit = mutation.Equivalents(), set()
    for fate in progress(*mutation.run(jobs, functions), "mutants"):
        reason = listed.reason(fate.function, fate.mutant) if fate.alive else None
        findings.add(fate.function, mutants=True, killed=not fate.alive, equivalent=reason is not None)
        if fate.failed:
            hit.add(fate.failed)
        if fate.alive and reason is None:
            findings.mutants_alive.append(str(fate))
        if not fate.alive and listed.reason(fate.function, fate.mutant) is not None:
            findings.not_alive_after_all.append(str(fate))
    findings.not_alive_after_all += listed.unused(functions)
    return hit


def progress(things: Iterable[Any], total: int, unit: str) -> Iterator[Any]:
    """The things as they come, with a line on standard error now and then; a terminal is not needed."""
    started = said = time.monotonic()
    for count, thing in enumerate(things, start=1):
        yield thing
        now = time.monotonic()
        if now - said > EVERY_S or count == total:
            said, left = now, (now - started) / count * (total - count)
            print(f"{count} of {total} {unit}, about {left:.0f} s left", file=sys.stderr, flush=True)


def merged(before: dict[str, Any], now: Findings) -> dict[str, Any]:
    """The record with the rows of some functions replaced, in the order of the lessons."""
    found: dict[str, Any] = {}
    order = [function for name in LESSONS for function in bank.functions(name)]
    for kind, new in vars(now).items():
        old = before.get(kind, type(new)())
        if isinstance(new, dict):
            both = old | new
            found[kind] = {function: both[function] for function in order if function in both}
        else:
            kept = [
                text for text in old if re.split(r"[:,]", text)[0].removesuffix("_hidden") not in now.counts
            ]
            found[kind] = kept + new
    return found


def table(found: dict[str, Any]) -> str:
    """The table of the README, in Markdown."""
    lines = ["| " + " | ".join(["function", *COLUMNS, "right mutants"]) + " |", "|---" + "|--:" * 6 + "|"]
    rows = {f"`{name}`": row for name, row in found["counts"].items()}
    for name, row in {**rows, "**all**": total(found)}.items():
        row = {**row, "wrong_mutants": row["mutants"] - row["equivalent"]}
        figures = [f"{row[of]} / {row[out_of]}" for of, out_of in COLUMNS.values()]
        lines.append("| " + " | ".join([name, *figures, str(row["equivalent"])]) + " |")
    return "\n".join(lines)


def section(found: dict[str, Any]) -> str:
    """What stands between the two marks in the README."""
    every = total(found)
    return f"""
False accepts: **{len(found["false_accepts"])}** of {every["wrong"]} wrong answers. False rejects:
**{len(found["false_rejects"])}** of {every["right"]} right ones. Each was graded in a notebook of its own, in the real
rooms, beside the reference solutions. A mutant is the reference solution with one constant, operator, name, index,
argument or statement changed by a rule; those that are right all the same are listed with their exercise,
each with its reason, and no other one passes. `make quality` measures this again; a test fails when it is out of date.

{table(found)}
"""


def total(found: dict[str, Any]) -> dict[str, int]:
    """The counts of all functions together."""
    return {name: sum(row[name] for row in found["counts"].values()) for name in COUNTS}


def written(readme: str) -> str | None:
    """The section as it stands in a README; None if its marks are missing."""
    match = re.search(re.escape(BEGIN) + r"\n(.*?)" + re.escape(END), readme, re.DOTALL)
    return match[1] if match else None


def write(found: dict[str, Any]) -> None:
    """Write the record, and the section of the README."""
    RECORD.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    readme = README.read_text("utf-8")
    before, after = readme.partition(BEGIN)[0], readme.partition(END)[2]
    README.write_text(f"{before}{BEGIN}\n{section(found).lstrip()}{END}{after}", "utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, write; 1 if anything is not as it should be."""
    every = [function for name in LESSONS for function in bank.functions(name)]
    parser = argparse.ArgumentParser(
        prog="python -m tests.quality", description="How often the checks are wrong."
    )
    parser.add_argument("functions", nargs="*", choices=[[], *every], metavar="FUNCTION", help="default: all")
    functions = parser.parse_args(argv).functions or every
    start = time.monotonic()
    findings = measure(functions)
    found = merged(json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else {}, findings)
    print(table(found))
    print(f"\nfalse accepts: {len(found['false_accepts'])}, false rejects: {len(found['false_rejects'])}")
    for kind, names in findings.faults().items():
        print(f"\n{kind.replace('_', ' ')}:", *names, sep="\n  ")
    write(found)
    print(f"\n{time.monotonic() - start:.0f} s; written: {README.name}, tests/{RECORD.name}")
    if rest := outdated(found):
        print(f"still to be measured: {', '.join(rest)}")
    return bool(findings.faults())


if __name__ == "__main__":
    sys.exit(main())
