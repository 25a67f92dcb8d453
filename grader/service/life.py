"""The lives of the two processes: started, started again when they end, and ended with the one that started them."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..files import write_file

log = logging.getLogger("grader.service")
PAUSE_S = 0.5  # before a process that ended is started again
LONGEST_PAUSE_S = 30.0
POLITE_S = 5.0


def folder_of(grades: Path) -> Path:
    """Where the service keeps what is its own, below the folder of the grades."""
    return grades / "handins"


def make_key(folder: Path) -> None:
    """Writes the key that lets the other process, and this account's commands, in."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not (folder / "key").exists():
        write_file(folder / "key", secrets.token_hex(32).encode(), mode=0o600)


def log_lines() -> None:
    """What is logged goes to standard error, a line each: ours from INFO on, other packages' from WARNING on."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    log.setLevel(logging.INFO)


def end_with_parent() -> None:
    """Ends this process when the one that started it does, however that ended: the pipe to our input closes."""

    def wait() -> None:
        while os.read(0, 4096):
            pass
        os._exit(0)

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; the parent ends us
    threading.Thread(target=wait, daemon=True, name="parent").start()


class Child:
    """One of the two processes, kept alive by a thread of its own."""

    def __init__(self, module: str, config: dict[str, Any]) -> None:
        self.command = [sys.executable, "-m", f"grader.service.{module}", json.dumps(config)]
        self.name, self.starts = module, 0
        self.process = self._start()
        self._ending = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True, name=module)
        self._keeper.start()

    def _start(self) -> subprocess.Popen[bytes]:
        self.starts += 1
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        return subprocess.Popen(self.command, stdin=subprocess.PIPE, env=os.environ | {"PYTHONPATH": path})

    def _keep(self) -> None:
        pause = PAUSE_S
        while True:
            begun = time.monotonic()
            status = self.process.wait()
            if self._ending.is_set():
                return
            log.warning("%s ended (status %s); it is started again", self.name, status)
            pause = PAUSE_S if time.monotonic() - begun > LONGEST_PAUSE_S else min(2 * pause, LONGEST_PAUSE_S)
            if self._ending.wait(pause):
                return
            self.process = self._start()

    def end(self) -> None:
        """Ends it for good."""
        self._ending.set()
        with contextlib.suppress(OSError):
            if self.process.stdin:
                self.process.stdin.close()
        try:
            self.process.wait(POLITE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextlib.contextmanager
def both(desk: dict[str, Any], front: dict[str, Any]) -> Iterator[tuple[Child, Child]]:
    """The two processes, alive for the block."""
    make_key(Path(front["folder"]))
    children = Child("desk", desk), Child("door", front)
    try:
        yield children
    finally:
        for child in children[::-1]:
            child.end()
