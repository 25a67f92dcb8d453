"""The queue in front of the rooms. Everybody's work gets a short first turn; what needs longer waits for another one.

In its first turn a submission may take so little that an endless loop delays nobody for long; what is only slow, or met a
busy machine, comes before what is endless in the second. A turn that was not enough tells nobody anything (`held`); the
last has the usual limits, so a verdict is the one that `grader grade` gives. Later turns leave the processor to first
ones; what was cut off because others had it is tried again, on a par with them, before it costs a point.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..grading.turns import cut_off
from ..results import SubmissionResult

log = logging.getLogger("grader.service")
TURNS_S = 0.8, 2.5  # what the turns before the last may take
LAST = len(TURNS_S) + 1
NICE = 5  # of later turns: a quarter of a processor that a first turn wants too, and not less (see `SLOWEST`)
RETRIES = 2
Grade = Callable[
    [str, bytes, float, int], SubmissionResult
]  # lesson, notebook, seconds of its turn, niceness


@dataclass
class Job:
    """A hand-in on its way through the rooms."""

    row: dict[str, Any]
    content: bytes
    tries: int = 0
    turn: int = 1


class Rooms:
    """`first` workers for first turns, `later` for all others; `done` gets each verdict, in a worker's thread.

    All first workers but one help with second turns when nothing else waits. Later ones serve second and last turns by
    turns, so that neither starves the other where the machine is too busy for anybody's first turn.
    """

    def __init__(
        self, grade: Grade, done: Callable[[Job, SubmissionResult], None], first: int = 2, later: int = 1
    ) -> None:
        self._grade, self._done = grade, done
        self._queues: dict[int, deque[Job]] = {turn: deque() for turn in range(1, LAST + 1)}
        self._ready = threading.Condition()
        self.running: dict[str, Job] = {}
        self.seconds = 0.0  # that rooms were at work
        for turns in [(1,), *[(1, 2)] * (first - 1), *[tuple(range(2, LAST + 1))] * later]:
            threading.Thread(target=self._work, args=(turns,), daemon=True, name=f"turn-{turns[0]}").start()

    def put(self, job: Job) -> None:
        """Queues a hand-in."""
        with self._ready:
            self._queues[job.turn].append(job)
            self._ready.notify_all()

    def length(self, turn: int) -> int:
        """How many wait for a turn."""
        return len(self._queues[turn])

    def _work(self, turns: tuple[int, ...]) -> None:
        order = list(turns)
        while True:
            with self._ready:
                self._ready.wait_for(lambda: any(self._queues[turn] for turn in order))
                turn = next(turn for turn in order if self._queues[turn])
                job = self._queues[turn].popleft()
                self.running[job.row["id"]] = job
            if 1 not in turns:  # what was just served comes last next time
                order.remove(turn)
                order.append(turn)
            start = time.monotonic()
            try:
                result = self._verdict(job)
            finally:
                with self._ready:
                    self.running.pop(job.row["id"], None)
                    self.seconds += time.monotonic() - start
            if result is None:
                self.put(job)
            else:
                self._done(job, result)

    def _verdict(self, job: Job) -> SubmissionResult | None:
        """The verdict, or None if the job is to be queued again."""
        turn_s = TURNS_S[job.turn - 1] if job.turn < LAST else 0.0
        nice = 0 if job.turn == 1 or job.tries else NICE
        try:
            result = self._grade(job.row["lesson"], job.content, turn_s, nice)
        except Exception as err:  # ours, whatever it is; the work stays in the queue's hands
            log.exception("%s: grading failed", job.row["id"])
            reason = f"{type(err).__name__}: {err}"
            result = SubmissionResult(job.row["lesson"], "fault", reason, 0.0, 0.0, "")
        if result.status == "held":
            job.turn += 1
            return None
        if job.tries < RETRIES and result.status == "fault" or not job.tries and cut_off(result):
            job.tries, job.turn = job.tries + 1, LAST
            return None
        return result
