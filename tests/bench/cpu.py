"""CPU seconds of a command and of all that it starts, killed or orphaned processes included."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

CGROUP_1, CGROUP_2 = Path("/sys/fs/cgroup/cpuacct"), Path("/sys/fs/cgroup")


@dataclass(frozen=True)
class Cost:
    """What one command took for a class of students."""

    students: int
    cpu_s: float
    wall_s: float
    first_s: float = 0.0  # until the first of the files that were waited for was there

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


def measured(command: list[str], cwd: Path, students: int, found: str = "", many: int = 1) -> Cost:
    """Runs a command to its end; what it prints is shown only if it fails.

    The first grade is there when `many` files match the pattern `found`.
    """
    with group() as (join, seconds), tempfile.TemporaryFile() as said:
        start = first = time.perf_counter()
        process = _start(command, cwd, said, join)
        while process.poll() is None:
            if first == start and found and len(list(cwd.glob(found))) >= many:
                first = time.perf_counter()
            time.sleep(0.01)
        wall, cpu = time.perf_counter() - start, seconds()
        if process.returncode:
            said.seek(0)
            output = said.read().decode("utf-8", "replace")[-6000:]
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{output}")
        return Cost(students, cpu, wall, first - start)


def room_memory(command: list[str], cwd: Path) -> tuple[float, float]:
    """MB that one room holds alone, and all rooms that live at one time, at most; from samples of a run of `command`."""
    largest = most = 0
    with tempfile.TemporaryFile() as said:
        process = _start(command, cwd, said)
        while process.poll() is None:
            held = []
            for template in filter(_is_room, psutil.Process(process.pid).children(recursive=True)):
                with contextlib.suppress(psutil.Error):
                    rooms = list(filter(_is_room, template.children()))
                    if len(rooms) > 1:  # else it is still being made, or is ending
                        held += [room.memory_full_info().uss for room in rooms]
            largest, most = max(largest, *held, 0), max(most, sum(held))
    return largest / 1e6, most / 1e6


def _is_room(process: psutil.Process) -> bool:
    """Whether it is a template or one of its rooms."""
    with contextlib.suppress(psutil.Error):
        return "python" in process.name() and "room.main" in " ".join(process.cmdline())
    return False


def _start(
    command: list[str], cwd: Path, said: IO[bytes], join: Callable[[], None] | None = None
) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.Popen(command, cwd=cwd, env=environment, stdout=said, stderr=said, preexec_fn=join)
