"""A running `grader serve` for tests: who hands in what, and waits that end and say what was seen."""

from __future__ import annotations

import contextlib
import csv
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from grader.course import SETTINGS, Course
from grader.service.life import folder_of
from tests import roomcase
from tests.here import ROOT

STUDENTS = ("ada", "bo", "cy")
START_S, VERDICT_S = 90.0, 60.0


def small_course(root: Path) -> Course:
    """A course of one lesson, `numbers`, whose one function doubles."""
    (root / "helpers").mkdir(parents=True, exist_ok=True)
    (root / "helpers" / "toolbox.py").write_text(roomcase.HELPERS)
    roomcase.write(
        root,
        "numbers",
        roomcase.given("import toolbox"),
        roomcase.answer("double", "def double(x):\n    return 2 * x"),
        roomcase.visible("double", "assert double(2) == 4, f'double(2) is {double(2)}, expected 4'"),
        roomcase.hidden("double", "assert double(11) == 22, 'twice eleven is 22'"),
    )
    (root / SETTINGS).write_text('[[lesson]]\nname = "numbers"\n')
    for folder in (root, *root.parents):  # a room of root's runs as a stranger
        if folder.stat().st_uid == os.getuid():
            folder.chmod(folder.stat().st_mode | 0o055)
    return Course.load(root)


def answered(course: Course, source: str = "def double(x):\n    return x + x") -> bytes:
    """A notebook of the small course with that answer."""
    notebook = json.loads(course.release("numbers").read_bytes())
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "double":
            cell["source"] = source
    return json.dumps(notebook).encode()


def command_of(process: psutil.Process) -> list[str]:
    """How a process was called; nothing of one that has ended and waits to be buried."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def until(seen: Callable[[], Any], what: str, within_s: float, more: Callable[[], str] = str) -> Any:
    """What `seen` says once it is true; fails within `within_s`, saying what it said last."""
    end, last = time.monotonic() + within_s, None
    while time.monotonic() < end:
        last = seen()
        if last:
            return last
        time.sleep(0.02)
    raise AssertionError(f"not within {within_s:.0f} s: {what}; seen last: {last!r}\n{more()}")


@dataclass
class Service:
    """A service under test, with a personal link for each of its people."""

    process: subprocess.Popen[bytes]
    port: int
    grades: Path
    log: Path
    links: dict[str, str] = field(default_factory=dict)

    def ask(
        self, method: str, path: str, who: str | None = "ada", body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """One request; underscores in names of headers are hyphens."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if who is not None:
            sent.setdefault("Authorization", f"Link {self.links.get(who, who)}")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def hand_in(
        self, who: str, content: bytes, lesson: str = "numbers", token: str = "", **headers: str
    ) -> tuple[int, dict[str, Any]]:
        """Status and answer of one hand-in."""
        key = {"Idempotency_Key": token or uuid.uuid4().hex}
        status, _, body = self.ask("POST", f"/hand-in/{lesson}", who, content, **(key | headers))
        return status, json.loads(body)

    def taken(self, who: str, content: bytes, lesson: str = "numbers") -> str:
        """The id of a hand-in, sent again for as long as the service is away, as the page does it."""
        token = uuid.uuid4().hex

        def sent() -> Any:
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, answer = self.hand_in(who, content, lesson, token)
                assert status in (200, 503), (status, answer)
                return answer.get("id")
            return None

        return str(until(sent, "a hand-in is taken", START_S, self.tail))

    def verdict(self, who: str, handin: str, within_s: float = VERDICT_S) -> dict[str, Any]:
        """What became of a hand-in."""

        def told() -> Any:
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, _, body = self.ask("GET", f"/hand-in/{handin}/state", who)
                answer = json.loads(body)
                return answer if status == 200 and answer["state"] != "waiting" else None
            return None

        found: dict[str, Any] = until(told, f"a verdict on {handin} of {who}", within_s, self.tail)
        return found

    def tail(self) -> str:
        """The end of the log."""
        return "the log ends:\n" + "\n".join(self.log.read_text(errors="replace").splitlines()[-25:])

    def child(self, module: str) -> psutil.Process:
        """One of the two processes: desk or door."""
        found: psutil.Process = until(
            lambda: next(
                (
                    one
                    for one in psutil.Process(self.process.pid).children()
                    if f"grader.service.{module}" in command_of(one)
                ),
                None,
            ),
            f"the process {module}", START_S, self.tail,
        )  # fmt: skip
        return found

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`grader handins …` beside the service."""
        line = [sys.executable, "-m", "grader", "handins", "--grades", str(self.grades), *words]
        return subprocess.run(line, capture_output=True, text=True, timeout=60, cwd=ROOT)


@contextlib.contextmanager
def serving(
    place: Path, course: Path = ROOT, *options: str, people: tuple[str, ...] = STUDENTS, cold: bool = True
) -> Iterator[Service]:
    """A service whose grades and submissions lie in `place`; `prof` is one of the staff."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    place.mkdir(parents=True, exist_ok=True)
    roster = "".join(f"{name},\n" for name in people)
    (place / "roster.csv").write_text(f"id,role\n{roster}prof,staff\n")
    line = [
        sys.executable,
        "-m",
        "grader",
        "serve",
        "--course",
        str(course),
        "--grades",
        str(place / "grades"),
    ]
    subprocess.run(
        [*line, "--links", str(place / "roster.csv")], check=True, capture_output=True, timeout=60, cwd=ROOT
    )
    with (folder_of(place / "grades") / "links.csv").open() as file:
        links = {row["id"]: row["link"].rpartition("/")[2] for row in csv.DictReader(file)}
    line += ["--port", str(port), "--submissions", str(place / "submissions"), *options]
    line += ["--cold"] if cold else []
    with (place / "log").open("ab") as log:
        process = subprocess.Popen(line, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=ROOT)
        service = Service(process, port, place / "grades", place / "log", links)
        try:
            until(lambda: _health(service), "the service is ready", START_S, service.tail)
            yield service
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _health(service: Service) -> bool:
    assert service.process.poll() is None, service.tail()
    try:
        return service.ask("GET", "/health", None)[0] == 200
    except OSError:
        return False
