"""Whether the cost of one more submission stays flat: classes of a hundred, a thousand and ten thousand.

    python -m tests.bench.growth                      # 100 1000 10000 submissions, SQLite
    python -m tests.bench.growth 100 1000 --db URL    # another gradebook, of an empty database

Every submission is graded for real, in its own rooms. The class is made of ten stories in equal parts, from perfect to
untouched, so that a hundred and ten thousand are the same mixture. CPU seconds count all processes; the writer's seconds
are those in which the one writer filled gradebook and files, while rooms went on.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from grader.author import papers, sample
from tests.here import ROOT, load_lesson

from .cpu import group

LESSON = "gradient_checking"
STORIES = (
    papers.perfect, papers.one_slip, papers.many_slips, papers.half_done, papers.own_cells, papers.tampers,
    papers.noisy, papers.half_precision, papers.retyped, papers.untouched,
)  # fmt: skip
FLAT = 1.2  # times the cost in the smallest class


def write_class(folder: Path, students: int) -> None:
    """`students` submissions below `folder`, a tenth of them of each story."""
    lesson = load_lesson(LESSON)
    contents = [sample.notebook(sample.Student("", "", "", "", does), lesson) for does in STORIES]
    for number in range(students):
        path = folder / f"student{number:05}" / LESSON / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(contents[number % len(contents)])


@dataclass(frozen=True)
class Took:
    """What a command took: seconds, and the most memory that it alone, without children, had."""

    wall_s: float
    cpu_s: float
    peak_mib: float
    said: str


def run(command: list[str], cwd: Path) -> Took:
    """Runs a command to its end. What it says on stderr is kept; if it fails, this ends with it."""
    with group() as (join, seconds), tempfile.TemporaryFile("w+") as log:
        start, peak = time.perf_counter(), 0.0
        process = subprocess.Popen(command, cwd=cwd, stdout=log, stderr=log, preexec_fn=join)
        while process.poll() is None:
            peak = max(peak, _memory_mib(process.pid))
            time.sleep(0.05)
        wall, cpu = time.perf_counter() - start, seconds()
        log.seek(0)
        said = log.read()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{said[-4000:]}")
    return Took(wall, cpu, peak, said)


def _memory_mib(pid: int) -> float:
    try:
        lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    except (OSError, KeyError):  # it has just ended
        return 0.0


def grow(students: int, jobs: int, db: str | None) -> dict[str, float]:
    """Grades one class and prints what it and all that follows cost; the figures that are to stay flat."""
    grader = [sys.executable, "-m", "grader"]
    with tempfile.TemporaryDirectory() as name:
        folder, submissions, grades = Path(name), Path(name, "submissions"), Path(name, "grades")
        write_class(submissions, students)
        url = db or f"sqlite:///{grades}/gradebook.db"
        where = ["--grades", str(grades), "--db", url]
        grade = [*grader, "grade", LESSON, "--submissions", str(submissions), *where, "--jobs", str(jobs)]
        took = run([*grade, "--log", "json"], folder)
        writer_s = json.loads(took.said.splitlines()[-1])["writer_seconds"]
        files = [path.stat().st_size for path in grades.rglob("*") if path.is_file()]
        flat = {
            "wall ms": 1000 * took.wall_s / students,
            "CPU ms": 1000 * took.cpu_s / students,
            "writer ms": 1000 * writer_s / students,
            "parent MiB": took.peak_mib,
        }
        print(f"\n{students} submissions graded in {took.wall_s:.1f} s, {took.cpu_s:.1f} s of CPU; {len(files)} files, "
              f"{sum(files) / 2**20:.1f} MiB in grades/", flush=True)  # fmt: skip
        exports = {
            f"grader export {form}": [*grader, "export", form, "--to", f"{folder}/{form}.csv", *where]
            for form in ("csv", "canvas", "moodle")
        }
        stock = [sys.executable, "-m", "nbgrader", "export", f"--CourseDirectory.db_url={url}"]
        stock += ["--to", f"{folder}/nbgrader.csv"]
        after = {
            "graded again, nothing to do": grade,
            "grader report": [*grader, "report", "--grades", str(grades)],
            **exports,
            "nbgrader export": stock,
            "nbgrader export, its own plugin": [*stock, "--exporter=nbgrader.plugins.CsvExportPlugin"],
        }
        for title, command in after.items():
            took = run(command, ROOT)  # where nbgrader finds its configuration
            print(f"  {title:32}{took.wall_s:8.1f} s{took.cpu_s:8.1f} s of CPU{took.peak_mib:8.0f} MiB",
                  flush=True)  # fmt: skip
    return flat


def main() -> None:
    """Reads the class sizes, prints one block for each, and at the end what stayed flat."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("students", type=int, nargs="*", default=[100, 1000, 10_000])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--db", metavar="URL")
    args = parser.parse_args()
    print(f"course {ROOT.name}, lesson {LESSON}, {args.jobs} rooms at a time")
    found = {students: grow(students, args.jobs, args.db) for students in args.students}
    first = found[min(found)]
    print(f"\n{'for each submission':>20}" + "".join(f"{title:>14}" for title in first))
    for students, costs in found.items():
        print(f"{students:20}" + "".join(f"{cost:14.2f}" for cost in costs.values()))
    grown = [
        f"{title} at {students}"
        for students, costs in found.items()
        for title in costs
        if costs[title] > FLAT * first[title]
    ]
    print("more than a fifth above the smallest class: " + (", ".join(grown) or "nothing"))


if __name__ == "__main__":
    main()
