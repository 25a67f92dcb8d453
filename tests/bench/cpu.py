"""CPU seconds of a command and of all that it starts, killed or orphaned processes included."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CGROUP_1, CGROUP_2 = Path("/sys/fs/cgroup/cpuacct"), Path("/sys/fs/cgroup")


@dataclass(frozen=True)
class Cost:
    """What one command took for a class of students."""

    students: int
    cpu_s: float
    wall_s: float

    @property
    def each(self) -> float:
        """CPU seconds a submission, start-up included."""
        return self.cpu_s / self.students


@contextmanager
def group() -> Iterator[tuple[Callable[[], None] | None, Callable[[], float]]]:
    """A control group: what a new process calls to join it, and the CPU seconds used in it.

    Without the right to make one, the children that were waited for are counted, which misses whoever was killed.
    """
    first = CGROUP_1 if (CGROUP_1 / "cpuacct.usage").exists() else CGROUP_2
    folder = first / f"bench-{os.getpid()}"
    try:
        folder.mkdir()
    except OSError:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)

        def waited_for() -> float:
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

        yield None, waited_for
        return
    procs, usage = str(folder / "cgroup.procs"), folder / "cpuacct.usage"

    def join() -> None:
        with open(procs, "w") as file:
            file.write("0")

    def seconds() -> float:
        if usage.exists():
            return int(usage.read_text()) / 1e9
        return int((folder / "cpu.stat").read_text().split()[1]) / 1e6

    try:
        yield join, seconds
    finally:
        for _ in range(50):
            with contextlib.suppress(OSError):  # the last of its processes may still be ending
                folder.rmdir()
            if not folder.exists():
                break
            time.sleep(0.1)


def measured(command: list[str], cwd: Path, students: int) -> Cost:
    """Runs a command to its end; what it prints is shown only if it fails."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "COURSE_QUIET": "1"}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    with group() as (join, seconds):
        start = time.perf_counter()
        done = subprocess.run(
            command, cwd=cwd, env=environment, capture_output=True, text=True, preexec_fn=join
        )
        wall, cpu = time.perf_counter() - start, seconds()
    if done.returncode:
        output = done.stdout[-2000:] + done.stderr[-4000:]
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{output}")
    return Cost(students, cpu, wall)
