"""What a tenth of hostile papers costs the honest ones: when each class has its honest verdicts, and how they compare.

    python -m tests.bench.fairness                      # 45 honest papers alone, and with 5 endless loops among them
    python -m tests.bench.fairness --honest 90 --hostile 10 --dask
    python -m tests.bench.fairness --kind busy          # with papers that start 29 busy processes each

Times are from the start of the command to the last honest verdict on record, the least of some runs. On a machine that
others use too, processor seconds say more than the clock.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from tests import submissions as bank
from tests.here import ROOT

from . import classes

LESSON = bank.LESSON
KINDS = {
    "loop": "def gradient_check(x, theta, epsilon=1e-7):\n    while True:\n        pass\n",
    "hidden loop": "def gradient_check(x, theta, epsilon=1e-7):\n    n = 0\n    while n >= 0:\n        n += 1\n",
    "sleep": "import time\ndef gradient_check(x, theta, epsilon=1e-7):\n    time.sleep(1e6)\n",
}
BUSY = """import os
for _ in range(29):
    if os.fork() == 0:
        try:
            os.setsid()
        except OSError:
            pass
        while True:
            pass
"""


def hostile(kind: str) -> bytes:
    """A paper that takes all the time there is."""
    notebook = bank.honest()
    if kind == "busy":
        return bank.dump(bank.add_cell(notebook, BUSY))
    return bank.dump(bank.answer(notebook, "gradient_check", KINDS[kind]))


def write_class(folder: Path, honest: int, bad: int, kind: str) -> None:
    """`honest` papers with `bad` ones spread among them, each student's name saying which."""
    classes.write_class(folder, LESSON, honest)
    for number in range(bad):
        after = honest * number // bad
        path = folder / f"student{after:05}-hostile{number}" / LESSON / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(hostile(kind))


def honest_s(folder: Path, honest: int, options: list[str], whole: bool) -> tuple[float, float]:
    """Wall and processor seconds until the last honest verdict is on record; the command then ends, `whole` or stopped."""
    command = [sys.executable, "-m", "grader", "grade", LESSON, "--submissions", str(folder / "submissions")]
    start, before = time.monotonic(), processor_s()
    with subprocess.Popen(
        [*command, "--grades", str(folder / "grades"), *options],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        done, last, cpu = 0, 0.0, 0.0
        while process.poll() is None:
            found = sum("hostile" not in p.parent.name for p in folder.glob("grades/results/*/*.json"))
            if found > done:
                done, last, cpu = found, time.monotonic(), processor_s() - before
            if done == honest and not whole:
                process.terminate()
                process.wait()
            time.sleep(0.02)
    if done < honest:
        raise SystemExit(
            f"{done} of {honest} honest papers have a verdict (exit status {process.returncode})"
        )
    return last - start, cpu


def processor_s() -> float:
    """Processor seconds of all that this process has started, and of what they have waited for."""
    total = 0.0
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            total += sum(process.cpu_times()[:4])
    return total


def scores(folder: Path) -> set[float]:
    """The scores of the honest papers, which should all be the same."""
    paths = folder.glob("grades/results/*/*.json")
    return {json.loads(path.read_text())["score"] for path in paths if "hostile" not in path.parent.name}


@contextlib.contextmanager
def cluster(workers: int) -> Iterator[list[str]]:
    """A Dask scheduler with workers on this machine, as options of `grader grade`."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        file = Path(folder) / "scheduler.json"
        scheduler = ["scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
        commands = [scheduler] + [
            ["worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-dashboard"]
        ] * workers
        for command in commands:
            process = subprocess.Popen(
                [sys.executable, "-m", "distributed.cli.dask_" + command[0], *command[1:]],
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            stack.callback(process.wait)
            stack.callback(os.killpg, process.pid, signal.SIGTERM)
            while not file.exists():
                time.sleep(0.1)
        time.sleep(8)  # until the workers have joined
        yield ["--scheduler", json.loads(file.read_text())["address"]]


def measured(args: argparse.Namespace, bad: int, options: list[str]) -> tuple[float, float]:
    """The least of some runs of a class with `bad` hostile papers."""
    runs = []
    for _ in range(args.runs):
        with tempfile.TemporaryDirectory() as folder:
            write_class(Path(folder) / "submissions", args.honest, bad, args.kind)
            runs.append(honest_s(Path(folder), args.honest, options, args.whole))
            if len(scores(Path(folder))) != 1:
                raise SystemExit(f"honest papers got {scores(Path(folder))}")
    return min(runs)


def main() -> None:
    """Reads the class and prints the ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--honest", type=int, default=45)
    parser.add_argument("--hostile", type=int, default=5)
    parser.add_argument("--kind", choices=[*KINDS, "busy"], default="loop")
    parser.add_argument("--whole", action="store_true", help="let the hostile papers have their verdicts too")
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=2, help="rooms at a time, or workers of the cluster")
    parser.add_argument("--dask", action="store_true", help="on a Dask cluster instead of local rooms")
    args = parser.parse_args()
    place = cluster(args.jobs) if args.dask else contextlib.nullcontext(["--jobs", str(args.jobs)])
    with place as options:
        alone, cpu_alone = measured(args, 0, options)
        beside, cpu_beside = measured(args, args.hostile, options)
    where = "Dask" if args.dask else "local rooms"
    print(f"{where}, {args.honest} honest papers; {args.hostile} hostile ones ({args.kind})")
    print("  until all honest verdicts are there  alone   beside   ratio")
    print(f"  wall seconds                        {alone:6.2f}   {beside:6.2f}   {beside / alone:.3f}")
    cpu_ratio = cpu_beside / cpu_alone
    print(f"  processor seconds                   {cpu_alone:6.2f}   {cpu_beside:6.2f}   {cpu_ratio:.3f}")


if __name__ == "__main__":
    main()
