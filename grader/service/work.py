"""The queue in front of the rooms. Everybody's work gets a short first turn; what needs longer waits for another one.

In its first turn a submission may take so little that an endless loop delays nobody for long; what is only slow, or met a
busy machine, comes before what is endless in the second. A verdict that came in less time than the shortest limit of its
turn cannot have met one of them, so it is the verdict that `grader grade` gives. A turn that takes longer is cut off and
told nobody; the last has the usual limits.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..errors import TurnOver
from ..results import SubmissionResult
from ..rooms.limits import Limits

log = logging.getLogger("grader.service")
TURN_S, LONGEST_S = 0.8, 12.8  # what a first turn may take, and what it may where the machine is busy
TIMES = 1, 3  # what the turns before the last may take, in first turns
LAST = len(TIMES) + 1
LOOKED_AT, MANY, FEW = (
    20,
    6,
    1,
)  # first turns; so many of them cut off mean a busy machine, so few an idle one
RETRIES = 2
Grade = Callable[[str, bytes, Limits | None, float | None], SubmissionResult]


@dataclass
class Job:
    """A hand-in on its way through the rooms."""

    row: dict[str, Any]
    content: bytes
    tries: int = 0
    turn: int = 1


def limits_of(turn_s: float) -> Limits:
    """Limits none of which a submission has met if it was graded in less than `turn_s` seconds."""
    return Limits(
        cell_s=turn_s, call_s=turn_s, least_s=turn_s, cells_s=turn_s, experiment_s=turn_s, submission_s=turn_s,
        judging_s=turn_s,
    )  # fmt: skip


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
        self.turn_s, self._cut = TURN_S, list[bool]()
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
        turn_s = self.turn_s * TIMES[job.turn - 1] if job.turn < LAST else None
        start = time.monotonic()
        try:
            result = self._grade(
                job.row["lesson"], job.content, limits_of(turn_s) if turn_s else None, turn_s
            )
        except TurnOver:
            self._adapt(job, cut=True)
            job.turn += 1
            return None
        except Exception as err:  # ours, whatever it is; the work stays in the queue's hands
            log.exception("%s: grading failed", job.row["id"])
            reason = f"{type(err).__name__}: {err}"
            result = SubmissionResult(job.row["lesson"], "fault", reason, 0.0, 0.0, "")
        if turn_s and result.status != "refused" and time.monotonic() - start >= turn_s:
            self._adapt(job, cut=True)
            job.turn += 1
            return None
        self._adapt(job, cut=False)
        if result.status == "fault" and job.tries < RETRIES:
            job.tries, job.turn = job.tries + 1, LAST
            return None
        return result

    def _adapt(self, job: Job, *, cut: bool) -> None:
        """Longer first turns where too many are cut off: else a busy machine grades everybody's work in vain."""
        if job.turn > 1:
            return
        with self._ready:
            self._cut.append(cut)
            if sum(self._cut) > MANY:
                self.turn_s = min(2 * self.turn_s, LONGEST_S)
                self._cut.clear()
            elif len(self._cut) >= LOOKED_AT:
                self.turn_s = max(self.turn_s / 2, TURN_S) if sum(self._cut) <= FEW else self.turn_s
                self._cut.clear()
