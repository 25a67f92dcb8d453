"""A checker room's hold on a student room: every deadline, every loss, and no trust in what comes back."""

from __future__ import annotations

import bisect
import contextlib
import itertools
import json
import os
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .channel import Channel, Closed, Late
from .clock import SLOWEST, Patience, RoomClock
from .limits import Limits
from .values import BadValue

RUN_ANYWAY = ("given", "answer")
_numbers = itertools.count(1)  # of orders to the template
RUN_AGAIN_S = 2.0  # that cells may take where they may have to be run a second time
PAUSE, LEAST_PAUSE = 0.1, 0.01  # seconds between two looks at a room that works


@dataclass(frozen=True)
class CodeCell:
    """A cell for the student room; `stub` is the function of one that holds no answer."""

    id: str
    role: str
    source: str
    position: int
    stub: str = ""


class RoomLost(Exception):
    """The student room, or a fork of it, did not answer: `outcome` is timed_out, died or out_of_memory."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class RoomFault(Exception):
    """The machine could not make a room; nobody's answer is to blame."""


@contextlib.contextmanager
def _lost(patience: Patience) -> Iterator[None]:
    """Raises RoomLost for whatever keeps an answer from coming."""
    try:
        yield
    except Late as err:
        patience.shorten()
        raise RoomLost("timed_out") from err
    except (Closed, BadValue) as err:
        raise RoomLost("died") from err


class Session:
    """One submission in its student room, which is made anew without the culprit whenever it is lost."""

    def __init__(self, orders: socket.socket, cells: Sequence[CodeCell], limits: Limits) -> None:
        self.orders, self.cells, self.limits = orders, cells, limits
        self.clock = RoomClock(limits.turn_s)  # all deadlines are in its time
        self.end, self.cells_end = limits.submission_s, limits.cells_s
        self.crowded = False  # something was cut off while others had the processor too
        self.cell_patience = Patience(limits.cell_s, limits.least_s)
        self.reports: dict[str, dict[str, Any]] = {}  # by cell id: outputs and error, or what was lost
        self.told: dict[str, dict[str, Any]] = {}  # those of the first time, before any check had run
        self.lost: set[str] = set()
        self.done: list[int] = []  # positions of the cells that ran, in order
        self.kept = 0  # bytes of what cells put out
        self.used: list[str] = []
        self.looked = time.monotonic()  # at the room's memory
        self.losses = 0
        self.unfit = False  # the room ran its cells but cannot answer calls
        self.room: Channel | None = None
        self.answers: Channel | None = None  # the room itself or a fork of it
        self.failed: set[str] = set()  # functions whose checks failed in what answers calls now
        self.forks = False  # the room does not answer by itself, or does so no more

    def run_cells(self) -> None:
        """Runs every cell that can be run; afterwards the room stands at the end of the notebook.

        Raises
        ------
        RoomFault
            If the machine makes no room.
        """
        start = self.clock.spent
        while not self._run_all():
            self.losses += 1
        self.told = self.told or dict(self.reports)
        self.forks |= self.clock.spent - start > RUN_AGAIN_S

    def _run_all(self) -> bool:
        """Has a new room run the cells, which it is told of all at once; False if it was lost over one of them."""
        self._open()
        assert self.room
        self.done, self.kept = [], 0
        cells = [(number, cell) for number, cell in enumerate(self.cells, 1) if cell.id not in self.lost]
        seconds = 0.0 if self.losses >= self.limits.losses else self.cells_end - self.clock.spent
        orders = [[number, cell.source, cell.role in RUN_ANYWAY, cell.stub] for number, cell in cells]
        order, token = {"do": "run", "cells": orders, "seconds": seconds}, ""
        for _, cell in cells:
            try:
                deadline = self._cell_deadline(cell)
                with _lost(self.cell_patience):
                    token = token or self._tell(self.room, order, deadline)
                    reply = self._hear(self.room, token, deadline)
            except RoomLost as loss:
                self.reports[cell.id] = {"lost": loss.outcome}
                self.lost.add(cell.id)
                return False
            if reply.get("too_late"):
                self.crowded |= self.clock.crowded
                self.reports.setdefault(cell.id, {"lost": "not_run"})
            else:
                self.reports[cell.id] = self._report(reply)
                self.done.append(cell.position)
        return True

    def _cell_deadline(self, cell: CodeCell) -> float:
        if cell.role == "experiment":
            return self.clock.until(self.limits.experiment_s, self.end)
        return self.clock.until(self.cell_patience.seconds, self.end)

    def _report(self, reply: dict[str, Any]) -> dict[str, Any]:
        assert self.room
        self.kept += self.room.size
        if self.kept > self.limits.all_output:  # the room bounds a cell's output, but who believes a room
            return {"outputs": [], "error": None, "left_out": True}
        return {"outputs": reply.get("outputs"), "error": reply.get("error")}

    def _ask(
        self, channel: Channel, message: Any, deadline: float, patience: Patience, arrays: bytes = b""
    ) -> dict[str, Any]:
        """One question to the student's side. Raises RoomLost; then the room is gone."""
        with _lost(patience):
            return self._hear(channel, self._tell(channel, message, deadline, arrays), deadline)

    def _tell(self, channel: Channel, message: Any, deadline: float, arrays: bytes = b"") -> str:
        """Sends a message; returns what each answer to it must name."""
        token = os.urandom(8).hex()
        channel.send(message | {"to": token}, self.clock.last(deadline), arrays)
        return token

    def _hear(self, channel: Channel, token: str, deadline: float) -> dict[str, Any]:
        last = self.clock.last(deadline)
        self._wait(channel, deadline, last)
        reply = channel.receive(last)
        if not isinstance(reply, dict) or reply.get("to") != token:  # written by a cell, not by the room
            raise RoomLost("died")
        return reply

    def _wait(self, channel: Channel, deadline: float, last: float) -> None:
        """Waits for an answer until the room has had its time; keeps an eye on the memory of the whole room too."""
        clock, since, here = self.clock, time.monotonic(), False
        clock.begin()
        while not here:
            with contextlib.suppress(Late):
                channel.begun(min(since + max(min(PAUSE, clock.left_now), LEAST_PAUSE), last))
                here = True
            now = time.monotonic()
            if here and now <= self.looked + 3 * PAUSE and now - since < clock.left_now:
                clock.unseen(now - since)
            else:
                self._look(channel, now - since, here)
            since = now
            clock.check()
            if not here and (clock.spent >= deadline or now >= last):
                self.crowded |= clock.crowded
                raise Late

    def _look(self, channel: Channel, seconds: float, done: bool) -> None:
        """Looks at what the room has used, `seconds` after the last count of them; raises RoomLost."""
        usage = self._order({"do": "usage"})
        self.looked = time.monotonic()
        self.clock.seen(seconds, usage.get("cpu", 0.0), done or bool(usage.get("runs")))
        shared = channel is not self.room  # a fork shares what the room holds, and both are counted
        most = self.limits.all_memory + (self.limits.memory if shared else 0)
        if usage.get("memory", 0) > most:
            raise RoomLost("out_of_memory")

    def answering(self) -> Channel:
        """What answers calls, the room itself or a fork of it; raises RoomLost."""
        if self.answers is None:
            self._open_answers()
        assert self.answers
        return self.answers

    def place(self, position: int) -> int:
        """How many cells have run before this position of the notebook."""
        return bisect.bisect_left(self.done, position)

    def call(self, message: Any, deadline: float, patience: Patience, arrays: bytes) -> dict[str, Any]:
        """A call's answer; raises RoomLost."""
        assert self.answers
        try:
            return self._ask(self.answers, message, deadline, patience, arrays)
        except RoomLost:
            self.start_afresh()
            raise

    def start_afresh(self) -> None:
        """The next call finds nothing of what earlier ones have done.

        Most submissions hardly come to this, so at first a room whose cells are soon run again answers by itself.
        Once it has to be given up, the next one only runs the cells, and forks for the calls.
        """
        if self.answers is self.room:
            self.close()
        elif self.answers is not None:
            self.answers.close()
        self.answers = None
        self.failed.clear()

    @property
    def fork_answers(self) -> bool:
        """Whether a fork answers calls, so that the next one costs little."""
        return self.answers not in (None, self.room)

    def _open_answers(self) -> None:
        for _ in range(0 if self.unfit else 2):
            if self.room is None:
                self.run_cells()
            by_itself, self.forks = not self.forks, True
            with contextlib.suppress(RoomLost, Late, Closed, BadValue, OSError):
                self.answers = self._room_itself() if by_itself else self._fork()
                return
            self.close()  # something that a cell has left behind keeps it from answering
            self.losses += 1
        self.unfit = True
        raise RoomLost("died")

    def _room_itself(self) -> Channel:
        self._ask_room("answer")
        assert self.room
        return self.room

    def _fork(self) -> Channel:
        self._ask_room("fork")
        mine, theirs = socket.socketpair()
        with theirs, contextlib.ExitStack() as failing:
            fork = failing.enter_context(contextlib.closing(Channel(mine)))
            assert self.room
            socket.send_fds(self.room.sock, [b"f"], [theirs.fileno()])
            theirs.close()
            if fork.receive(time.monotonic() + SLOWEST * self.limits.start_s) != {"to": "fork"}:
                raise Closed
            failing.pop_all()
        return fork

    def _ask_room(self, what: str) -> None:
        assert self.room
        patience = Patience(self.limits.start_s, self.limits.start_s)
        self._ask(self.room, {"do": what}, self.clock.until(patience.seconds, self.end), patience)

    def _open(self) -> None:
        self.close()
        mine, theirs = socket.socketpair()
        reply = self._order({"do": "room", "limits": self.limits.to_json()}, theirs)
        theirs.close()
        self.room = Channel(mine)
        try:
            hello = {} if reply else self.room.receive(time.monotonic() + self.limits.start_s)
        except (Closed, Late, BadValue) as err:
            raise RoomFault("a student room did not start") from err
        if "used" not in hello:
            raise RoomFault(f"no student room: {(reply or hello).get('gap')}")
        self.used = hello["used"]

    def close(self) -> dict[str, Any]:
        """Ends the room and all it started; says how its first process ended."""
        room, self.room = self.room, None
        if self.answers not in (room, None):
            self.answers.close()
        self.answers = None
        if room is None:
            return {}
        status = self._order({"do": "end"})
        self.clock.ended(status.get("cpu", 0.0))
        room.close()
        return status

    def _order(self, order: dict[str, Any], handle: socket.socket | None = None) -> dict[str, Any]:
        handles = [handle.fileno()] if handle else []
        number = next(_numbers)
        with contextlib.suppress(ConnectionError):
            socket.send_fds(self.orders, [json.dumps(order | {"number": number}).encode()], handles)
            while message := self.orders.recv(4096):
                reply: dict[str, Any] = json.loads(message)
                if reply.pop("number") == number:  # else of an order whose wait our own alarm ended
                    return reply
        raise RoomFault("the template is gone")
