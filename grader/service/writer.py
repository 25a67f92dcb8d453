"""The one writer: all that goes into gradebook and files, one thing after the other, when it is due.

Only this thread writes where `grader grade` writes, so nothing that it reads there changes before it has written.
"""

from __future__ import annotations

import itertools
import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from ..errors import MachineError

log = logging.getLogger("grader.service")
PAUSE_S, TRIES = 1.0, 3  # between two tries to write; how many where it is not the machine
TICK_S = 0.01  # between two looks at what is due
IDLE_S = 5.0  # without anything to write, before `idle`
PROMPT_S = 20.0  # that a person waits for a turn
BUSY = "The gradebook is busy just now. Nothing was written; try again in a minute."
Done = TypeVar("Done")


class Writer:
    """Writes in a thread of its own, from now on."""

    def __init__(self, idle: Callable[[], None], lost: Callable[[str, str], None]) -> None:
        """`idle` is done in quiet moments; `lost` hears what could not be written for a reason that stays, and why."""
        self._idle, self._lost = idle, lost
        self._writes: queue.PriorityQueue[tuple[float, int, str, Callable[[], None]]] = queue.PriorityQueue()
        self._numbers = itertools.count()
        threading.Thread(target=self._write_all, daemon=True, name="recorder").start()

    def at(self, when: float, what: str, write: Callable[[], None]) -> None:
        """Has something done at a time or soon after."""
        self._writes.put((when, next(self._numbers), what, write))

    def at_once(self, what: str, write: Callable[[], Done]) -> Done:
        """What `write` says, done before all that waits.

        Raises what `write` raises, and MachineError if it gets no turn in time: then it is not done later either.
        """
        told: Future[Done] = Future()

        def run() -> None:
            if not told.set_running_or_notify_cancel():
                return
            try:
                told.set_result(write())
            except Exception as err:  # its asker's to try again
                told.set_exception(err)

        self.at(0.0, what, run)
        try:
            return told.result(PROMPT_S)
        except TimeoutError:
            if told.cancel():
                raise MachineError(BUSY) from None
            return told.result()  # it has begun

    def _write_all(self) -> None:
        """What cannot be written now is written later; nobody is told a verdict before it is."""
        stale = False
        while True:
            try:
                when, number, what, write = self._writes.get(timeout=IDLE_S if stale else None)
                stale = True
            except queue.Empty:
                when, what, write, stale = 0.0, "grades.csv", self._idle, False
            if (early := when - time.time()) > 0:  # what is due earlier may come meanwhile
                self._writes.put((when, number, what, write))
                time.sleep(min(early, TICK_S))
                continue
            self._write_now(what, write)

    def _write_now(self, what: str, write: Callable[[], None]) -> None:
        """Waits while the machine cannot write; what cannot be written for another reason holds nobody else up."""
        for tries in itertools.count(1):
            try:
                write()
                return
            except Exception as err:
                reason = f"{type(err).__name__}: {err}"
                log.error("not written (%d): %s: %s", tries, what, reason)
                if tries >= TRIES and not isinstance(err, MachineError):
                    self._lost(what, reason)
                    return
                time.sleep(PAUSE_S)
