"""The queue in front of the rooms. Everybody's work gets a short first turn; what needs longer waits for a second one.

In its first turn a submission may take so little that an endless loop delays nobody for long. A verdict that came in
less time than the shortest of those limits cannot have met one of them, so it is the verdict that `grader grade` gives.
Any other is thrown away, and the work gets its second turn with the usual limits, among its like.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..results import SubmissionResult
from ..rooms.limits import Limits

log = logging.getLogger("grader.service")
TURN_S = 0.8
SHORT = Limits(
    cell_s=TURN_S, call_s=TURN_S, least_s=TURN_S, cells_s=TURN_S, experiment_s=TURN_S, submission_s=TURN_S,
    judging_s=TURN_S,
)  # fmt: skip
RETRIES = 2
Grade = Callable[[str, bytes, Limits | None], SubmissionResult]


@dataclass
class Job:
    """A hand-in on its way through the rooms."""

    row: dict[str, Any]
    content: bytes
    tries: int = 0
    turn: int = 1


class Rooms:
    """`first` workers for first turns, `second` for second ones; `done` gets each verdict, in a worker's thread."""

    def __init__(
        self, grade: Grade, done: Callable[[Job, SubmissionResult], None], first: int = 2, second: int = 1
    ) -> None:
        self._grade, self._done = grade, done
        self._queues: dict[int, deque[Job]] = {1: deque(), 2: deque()}
        self._ready = threading.Condition()
        self.running: dict[str, Job] = {}
        self.seconds = 0.0  # that rooms were at work
        for turn in [1] * first + [2] * second:
            threading.Thread(target=self._work, args=(turn,), daemon=True, name=f"turn-{turn}").start()

    def put(self, job: Job) -> None:
        """Queues a hand-in."""
        with self._ready:
            self._queues[job.turn].append(job)
            self._ready.notify_all()

    def length(self, turn: int) -> int:
        """How many wait for a turn."""
        return len(self._queues[turn])

    def _work(self, turn: int) -> None:
        while True:
            with self._ready:
                self._ready.wait_for(lambda: self._queues[turn])
                job = self._queues[turn].popleft()
                self.running[job.row["id"]] = job
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
        start = time.monotonic()
        try:
            result = self._grade(job.row["lesson"], job.content, SHORT if job.turn == 1 else None)
        except Exception as err:  # ours, whatever it is; the work stays in the queue's hands
            log.exception("%s: grading failed", job.row["id"])
            reason = f"{type(err).__name__}: {err}"
            result = SubmissionResult(job.row["lesson"], "fault", reason, 0.0, 0.0, "")
        if job.turn == 1 and result.status != "refused" and time.monotonic() - start >= TURN_S:
            job.turn = 2
            return None
        if result.status == "fault" and job.tries < RETRIES:
            job.tries, job.turn = job.tries + 1, 2
            return None
        return result
