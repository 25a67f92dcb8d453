"""What a stranger wrote is drawn by a worker process with bounds on time, memory and size; one page's cost is its own.

Sanitisers, Markdown, formulas and colouring can take the square of what they are given, and one of them ends its
process where nesting is deep. So a warm worker does it, piece by piece. A piece that takes too much is shown as plain
text that says so, the worker is replaced if it was lost, and the rest of the page goes on. A page has bounds too.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import html
import json
import os
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from . import inert

PIECE_S, PAGE_S = 1.0, 5.0  # processor seconds
WALL = 20.0  # times as long by the clock, on a machine that is busy with something else
START_S = 60.0
MEMORY = 1 << 30  # bytes of address space
PAGE_CHARACTERS = 32_000_000
# Characters of a piece that is kept drawn: a process that serves for a term meets many large ones.
REMEMBERED = 20_000
LEFT_OUT = "[not drawn: it would take more time, memory or space than one part of a page may]"
BOOT = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from grader.views import drawing; drawing.work()"


class TooMuch(Exception):
    """A piece of a page takes more than it may."""


def most_of(size: int) -> int:
    """How many characters a piece may become; formulas grow twentyfold, a figure's data not at all."""
    return min(20 * size, 400_000) + 2 * size + 100_000


class _Bounds(threading.local):
    """What is left to the page that this thread draws."""

    def __init__(self) -> None:
        self.seconds, self.characters = PAGE_S, PAGE_CHARACTERS


_bounds = _Bounds()


def begin_page() -> None:
    """Called where a page begins: its pieces share one bound on time and one on size."""
    _bounds.seconds, _bounds.characters = PAGE_S, PAGE_CHARACTERS


def markdown(text: str) -> str:
    """Inert HTML of a Markdown text, or the text as it was typed with a note that it is not drawn."""
    try:
        return _markdown(text) if len(text) <= REMEMBERED else _markdown.__wrapped__(text)
    except TooMuch:
        return f'<p><em>{LEFT_OUT}</em></p><pre tabindex="0">{html.escape(inert.plain(text))}</pre>'


def code(source: str) -> Markup:
    """Python source as coloured HTML, escaped; one that takes too long to colour stays plain."""
    try:
        return Markup(_code(source) if len(source) <= REMEMBERED else _code.__wrapped__(source))
    except TooMuch:
        return Markup.escape(inert.plain(source).rstrip("\n"))


def output(raw: dict[str, Any]) -> dict[str, Any] | None:
    """One output of a code cell, safe to show (see `inert.output`), or a note that it is not drawn."""
    try:
        safe: dict[str, Any] | None = _drawn("output", raw)
    except TooMuch:
        return {"output_type": "stream", "name": "stdout", "text": LEFT_OUT}
    return safe


@functools.lru_cache(maxsize=512)
def _markdown(text: str) -> str:
    return str(_drawn("markdown", text))


@functools.lru_cache(maxsize=512)
def _code(source: str) -> str:
    return str(_drawn("code", source))


def _drawn(task: str, what: Any) -> Any:
    """What the worker makes of `what`; raises TooMuch."""
    seconds = min(PIECE_S, _bounds.seconds)
    order = json.dumps({"task": task, "what": what, "seconds": seconds}).encode()
    if seconds <= 0 or _bounds.characters <= 0:
        raise TooMuch
    try:
        reply = WORKER.ask(order, WALL * seconds)
    except TooMuch:
        _bounds.seconds -= seconds
        raise
    _bounds.seconds -= reply["seconds"]
    if "drawn" not in reply:
        raise TooMuch
    _bounds.characters -= reply["size"]
    return reply["drawn"]


class Worker:
    """The process that draws, started when first needed and again when it is lost. Threads share it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner, self._lock = 0, threading.Lock()

    def ask(self, order: bytes, seconds: float) -> dict[str, Any]:
        """The reply to an order within `seconds` by the clock; raises TooMuch, and then the worker is gone."""
        with self._lock:
            process = self._running()
            try:
                assert process.stdin
                process.stdin.write(struct.pack(">I", len(order)) + order)
                process.stdin.flush()
                reply: dict[str, Any] = json.loads(_read(process, seconds))
            except (OSError, EOFError, TimeoutError) as err:
                self.close()
                raise TooMuch from err
            return reply

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            if self._owner == os.getpid():
                self.close()
            self._process, self._owner = _started(), os.getpid()
            _read(self._process, START_S)  # it says when it is warm
        return self._process

    def close(self) -> None:
        """Ends the process, if there is one."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()


WORKER = Worker()
atexit.register(WORKER.close)


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-s", "-c", BOOT, json.dumps([os.path.abspath(path) for path in sys.path])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
    )


def _read(process: subprocess.Popen[bytes], seconds: float) -> bytes:
    """One message of the worker's; raises EOFError or TimeoutError."""
    assert process.stdout
    handle, until, here = process.stdout.fileno(), time.monotonic() + seconds, bytearray()
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    while len(here) < 4 or len(here) < 4 + struct.unpack(">I", here[:4])[0]:
        if not poll.poll(1000 * max(until - time.monotonic(), 0)):
            raise TimeoutError
        part = os.read(handle, 1 << 20)
        if not part:
            raise EOFError
        here += part
    return bytes(here[4:])


def work() -> None:
    """The worker's life: orders in, drawn pieces out, until the other side closes or a bound is met."""
    from . import pages

    tasks: dict[str, Callable[[Any], Any]] = {
        "markdown": inert.markdown,
        "output": inert.output,
        "code": pages.coloured,
    }
    orders, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no reply
    _bound()
    _say(replies, b"{}")
    while size := orders.read(4):
        order = json.loads(orders.read(struct.unpack(">I", size)[0]))
        signal.setitimer(signal.ITIMER_PROF, order["seconds"])  # nobody handles it, so it ends the process
        began = time.process_time()
        reply: dict[str, Any] = {}
        with contextlib.suppress(Exception):  # what trips over the input has not drawn it
            drawn = tasks[order["task"]](order["what"])
            body = json.dumps(drawn)
            if len(body) <= most_of(len(json.dumps(order["what"]))):
                reply = {"drawn": drawn, "size": len(body)}
        reply["seconds"] = time.process_time() - began
        body_out = json.dumps(reply).encode()
        signal.setitimer(signal.ITIMER_PROF, 0)
        _say(replies, body_out)


def _say(replies: Any, body: bytes) -> None:
    replies.write(struct.pack(">I", len(body)) + body)
    replies.flush()


def _bound() -> None:
    """Bounds on the worker's memory, files and core dumps; processor time is bounded piece by piece."""
    import resource

    for which, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(which, (most, most))
