"""Whether the cost of one more submission stays flat: classes of a hundred, a thousand and ten thousand.

    python -m tests.bench.growth                      # 100 1000 10000 submissions, SQLite
    python -m tests.bench.growth 100 1000 --db URL    # another gradebook

Every submission is graded for real, in its own rooms. Then the parent's memory, the gradebook's size, and how long the
report and the exports take.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grader.course import ROOT

from . import classes

LESSON = "gradient_checking"


def peak_mib(process: subprocess.Popen[str]) -> float:
    """Waits for a process and returns the most memory (MiB, resident) that it alone, without children, had."""
    peak = 0.0
    status = Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
            peak = max(peak, int(lines["VmHWM"].split()[0]) / 1024)
        except (OSError, KeyError):
            break
        time.sleep(0.2)
    process.wait()
    return peak


def timed(name: str, command: list[str], cwd: Path) -> None:
    """Runs a command and prints how long it took."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    note = "" if done.returncode == 0 else f"  ended with {done.returncode}: {done.stderr[-200:]}"
    print(f"    {name:32}{time.perf_counter() - start:8.1f} s{note}", flush=True)


def grow(students: int, jobs: int, db: str | None) -> None:
    """Grades one class and prints what it cost."""
    with tempfile.TemporaryDirectory() as folder:
        submissions, grades = Path(folder, "submissions"), Path(folder, "grades")
        classes.write_class(submissions, LESSON, students)
        grader = [sys.executable, "-m", "grader"]
        command = [
            *grader,
            "grade",
            LESSON,
            "--submissions",
            str(submissions),
            "--grades",
            str(grades),
            "--jobs",
            str(jobs),
        ]
        command += ["--db", db] if db else []
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
        )
        peak = peak_mib(process)
        wall = time.perf_counter() - start
        if process.returncode:
            raise SystemExit(f"grading {students} submissions ended with {process.returncode}")
        size = sum(path.stat().st_size for path in grades.rglob("*") if path.is_file()) / 2**20
        print(f"{students:6} submissions {wall:8.1f} s {1000 * wall / students:8.1f} ms each, parent {peak:6.0f} MiB, "
              f"grades/ {size:7.1f} MiB", flush=True)  # fmt: skip
        where = ["--grades", str(grades), *(["--db", db] if db else [])]
        timed("graded again, nothing changed", command, Path(folder))
        timed("grader report", [*grader, "report", "--grades", str(grades)], Path(folder))
        timed(
            "grader export csv", [*grader, "export", "csv", "--to", f"{folder}/g.csv", *where], Path(folder)
        )
        gradebook = db or f"sqlite:///{grades}/gradebook.db"
        stock = [
            sys.executable,
            "-m",
            "nbgrader",
            "export",
            "--to",
            f"{folder}/n.csv",
            f"--CourseDirectory.db_url={gradebook}",
        ]
        timed("nbgrader export", stock, Path(folder))


def main() -> None:
    """Reads the class sizes and prints one block for each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("students", type=int, nargs="*", default=[100, 1000, 10_000])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--db", metavar="URL")
    args = parser.parse_args()
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    print(f"course {ROOT.name}, lesson {LESSON}, {args.jobs} rooms at a time")
    for students in args.students:
        grow(students, args.jobs, args.db)


if __name__ == "__main__":
    main()
