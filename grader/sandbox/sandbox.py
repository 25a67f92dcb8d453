"""Starts the template of the rooms, shut in as well as the machine allows, and puts submissions through it.

With bubblewrap the template gets a file tree of its own that holds Python, the packages, helpers and data and nothing
else, no network, and its own process table. Without it (user namespaces denied) it runs as it is, and every room
shuts itself in with Landlock and seccomp. Where that is not enough, starting it fails and says what is missing.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from ..course import released_cells
from ..errors import MachineError
from ..rooms.channel import Channel, Closed, Late
from ..rooms.checker import LARGE
from ..rooms.limits import Limits
from ..rooms.values import BadValue
from .bubblewrap import (
    DEVICES,
    ETC,
    GRADER,
    ROOMS,
    SCRATCH,
    SYSTEM,
    find_bubblewrap,
    python_path,
    readable,
    secret,
)
from .capabilities import CLEAN, NETWORK, Capability, missing

WARM = "numpy.random matplotlib.pyplot matplotlib_inline.backend_inline"
RUNS = 3  # of one submission at most: as it is, with its trainings, with its definitions only
BOOT = """
import json, sys, types
config = json.loads(sys.argv[1])
sys.path[:] = config["path"]
package = types.ModuleType("rooms")
package.__path__ = [config["package"]]
sys.modules["rooms"] = package
from rooms import room
room.main(config["handle"], config)
"""
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
ENVIRONMENT = ONE_THREAD | {
    # big arrays come and go in memory that is there already, else each page of them is asked for anew
    "MALLOC_MMAP_THRESHOLD_": "33554432",
    "MALLOC_TRIM_THRESHOLD_": "33554432",
    "MALLOC_TOP_PAD_": "1048576",
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": SCRATCH,
    "MPLCONFIGDIR": SCRATCH,
    "IPYTHONDIR": SCRATCH,
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "NBGRADER_EXECUTION": "autograde",
    "JOBLIB_MULTIPROCESSING": "0",  # scikit-learn's joblib warns where it finds no shared memory
}
ELSEWHERE = (
    "Grading needs Linux. Run it in a Linux container: the README says how. Students need nothing of this: "
    "the lessons and their visible checks work everywhere."
)


class Sandbox:
    """A running template. Threads may share it: only the request for a room is behind a lock."""

    def __init__(self, root: Path, *, unsafe: bool = False, without: tuple[str, ...] = ()) -> None:
        """Starts the template for the course at `root`.

        `unsafe` goes on where a capability is missing. `without` does without some mechanisms (namespaces, seccomp,
        landlock), as on a machine that has them not.
        """
        if not sys.platform.startswith("linux"):
            raise MachineError(ELSEWHERE)
        self.root, self.lock, self.owner = root, threading.Lock(), os.getpid()
        self.idle: list[tuple[Channel, bytes]] = []  # checker rooms that wait, and the lessons they know
        self.scratch: tempfile.TemporaryDirectory[str] | None = None
        self.namespaces, command = ("", None) if "namespaces" in without else find_bubblewrap(root)
        self.caller, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with tempfile.TemporaryFile() as said, theirs:
            config = self._config(theirs.fileno(), without)
            python = [os.path.realpath(sys.executable), "-s", "-P", "-S", "-c", BOOT, json.dumps(config)]
            self.process = subprocess.Popen(
                [*(command or []), *python],
                env=ENVIRONMENT
                | ({} if command else {"HOME": config["scratch"], "MPLCONFIGDIR": config["scratch"]}),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
            theirs.close()
            self.used = self._ready(said)
        self.missing: tuple[Capability, ...] = missing(self.used)
        if self.missing and not unsafe:
            self.close()
            names = ", ".join(f"{capability.name} ({capability.otherwise})" for capability in self.missing)
            raise MachineError(
                f"This machine does not isolate: {names}. Run 'grader doctor' to see why; --unsafe grades all the same."
            )

    def _config(self, handle: int, without: tuple[str, ...]) -> dict[str, Any]:
        helpers = self.root / "helpers"
        path = [str(helpers), *python_path(self.root)]
        shown = [str(item) for item in readable(self.root)]
        config: dict[str, Any] = {"handle": handle, "path": path, "modules": WARM.split(), "scratch": ""}
        config["helpers"] = sorted(file.stem for file in helpers.glob("*.py"))
        config["modules"] += config["helpers"]
        config["given"], config["free"] = (released_cells(self.root, role) for role in ("given", "free"))
        config["namespaces"], config["uid"] = self.namespaces, os.getpid() * 64 if os.getuid() == 0 else None
        config["readable"] = [*shown, *SYSTEM, *ETC, *DEVICES]
        config["hidden"] = ["/room", "/proc"]
        config["package"] = ROOMS if self.namespaces else str(GRADER / "rooms")
        config["without"] = list(without)
        if not self.namespaces:
            for private in [GRADER, *secret(self.root)]:
                if any(private.is_relative_to(other) for other in readable(self.root)):
                    raise MachineError(
                        f"{private} lies among what rooms may read; move the course out of {sys.prefix}."
                    )
            self.scratch = tempfile.TemporaryDirectory(prefix="rooms-", ignore_cleanup_errors=True)
            config["scratch"] = self.scratch.name
            os.chmod(self.scratch.name, 0o711)
        return config

    def _ready(self, said: Any) -> tuple[str, ...]:
        self.caller.settimeout(120)
        try:
            message = self.caller.recv(65536)
        except TimeoutError:
            message = b""
        if not message:
            self.close()
            said.seek(0)
            raise MachineError("The rooms did not start: " + said.read().decode("utf-8", "replace")[-2000:])
        self.caller.settimeout(None)
        used = tuple(json.loads(message)["used"])
        return (*used, CLEAN, *([NETWORK] if self.namespaces else []))

    def check(self, payload: dict[str, Any], limits: Limits, lesson: bytes = b"") -> dict[str, Any]:
        """The verdict of a checker room on one submission to a lesson, both as `checker.serve` reads them.

        A payload that has all that a room needs to know goes without a lesson.

        Raises
        ------
        MachineError
            If the room, or the template, died or did not answer in time.
        """
        try:
            with contextlib.ExitStack() as ends:
                channel, known = self._checker()
                ends.enter_context(contextlib.closing(channel))
                deadline = time.monotonic() + limits.submission_s * RUNS + 60
                channel.send(payload, deadline, b"" if known == lesson else lesson)
                verdict: dict[str, Any] = channel.receive(deadline)
                if verdict.pop("clean"):
                    ends.pop_all()
                    self.idle.append((channel, lesson))
        except (Closed, Late, BadValue, OSError) as err:
            raise MachineError(f"A checker room was lost ({type(err).__name__}).") from err
        if fault := verdict.get("fault"):
            raise MachineError(f"The rooms failed: {fault}")
        return verdict

    def _checker(self) -> tuple[Channel, bytes]:
        """A checker room that waits for work, and the lesson that it knows; or a new one."""
        with contextlib.suppress(IndexError):  # as threads share the list
            while True:
                channel, lesson = self.idle.pop()
                try:
                    channel.begun(time.monotonic())
                except Late:
                    return channel, lesson
                channel.close()  # it says something although nothing was asked: it has ended
        mine, theirs = socket.socketpair()
        with theirs, self.lock:
            socket.send_fds(self.caller, [b"check"], [theirs.fileno()])
        return Channel(mine, *LARGE), b""

    def alive(self) -> bool:
        """Whether the template runs, and belongs to this process."""
        if self.owner != os.getpid() or self.process.poll() is not None:
            return False
        try:
            return self.caller.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    def close(self) -> None:
        """Ends the template and every room of it."""
        self.caller.close()
        while self.idle:
            self.idle.pop()[0].close()
        if self.owner != os.getpid():
            return
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if not self.namespaces:
            end_session(self.process.pid)
        if self.scratch is not None:
            self.scratch.cleanup()


def end_session(leader: int) -> None:
    """Kills what is left of a session, which no room can leave; where there are no namespaces to end it."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if path.read_text().rpartition(")")[2].split()[3] == str(leader):
                os.kill(int(path.parent.name), signal.SIGKILL)


class Sandboxes:
    """The templates of this process, one for each course, started when first needed and again when dead."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.running: dict[tuple[Path, bool], Sandbox] = {}

    def of(self, root: Path, *, unsafe: bool = False) -> Sandbox:
        """A running sandbox for the course at `root`."""
        with self.lock:
            sandbox = self.running.get((root, unsafe))
            if sandbox is None or not sandbox.alive():
                if sandbox is not None:
                    sandbox.close()
                sandbox = self.running[root, unsafe] = Sandbox(root, unsafe=unsafe)
            return sandbox

    def close(self) -> None:
        """Ends all of them."""
        with self.lock:
            for sandbox in self.running.values():
                sandbox.close()
            self.running.clear()


SANDBOXES = Sandboxes()
atexit.register(SANDBOXES.close)
