"""The time that a student room has had. It is not the clock's: others may have had the processor meanwhile.

Processor time counts, that of all that a room has started; and the clock's where nothing in the room wants the
processor, for a room may sleep for ever too. So a neighbour that keeps the machine busy costs nobody an answer.
"""

from __future__ import annotations

import time

SLOWEST = 4.0  # times its own time that anything may take by the clock
PARTS = 5.0  # of a turn: one of them is for a single cell or call; honest ones take a hundredth
SHARED = 0.9  # of the clock's time: who had less than this shared the processor with others


class TurnOver(BaseException):
    """A short turn was not enough for a submission; no check can catch this by mistake."""


class Patience:
    """How long one may wait: `most` seconds, half as long after every time-out, never less than `least`."""

    def __init__(self, most: float, least: float) -> None:
        self.seconds, self.least = most, least

    def shorten(self) -> None:
        """Called after a time-out."""
        self.seconds = max(self.seconds / 2, self.least)


class RoomClock:
    """Seconds that the rooms of one submission have had, one after the other; a turn of `turn_s` if that is not 0."""

    def __init__(self, turn_s: float = 0.0) -> None:
        self.turn_s = turn_s
        self.waited = 0.0  # by the clock, for anything that a room was to do
        self._gone = self._now = 0.0  # processor time of rooms that have ended, and of the one that lives
        self._idle = self._unseen = 0.0  # in which nothing wanted the processor; not looked at yet
        self._began = 0.0  # when, in this clock's time, what the room does now was asked of it
        self._judge = time.process_time()

    def begin(self) -> None:
        """Called where the room is asked for something: one cell or call may take a part of a turn only."""
        self._began = self.spent

    @property
    def spent(self) -> float:
        """Seconds that count so far."""
        return self._gone + self._now + self._idle + self._unseen

    def until(self, seconds: float, end: float) -> float:
        """The deadline, in this clock's time, of something that starts now and takes `seconds`; at most `end`."""
        return min(self.spent + seconds, end)

    def last(self, deadline: float) -> float:
        """Until when, by `time.monotonic`, one waits for a deadline of this clock's."""
        return time.monotonic() + SLOWEST * max(deadline - self.spent, 0.0)

    def unseen(self, seconds: float) -> None:
        """Counts a wait so short that nobody looked what the room did."""
        self.waited += seconds
        self._unseen += seconds

    def seen(self, seconds: float, cpu: float, runs: bool) -> None:
        """Counts a wait after which the room had used `cpu` seconds in all.

        `runs`: it wants the processor, or is done. Then too a part of the clock's time counts, so that nothing may
        take more than SLOWEST times its time.
        """
        self.waited += seconds
        used = max(cpu - self._now, 0.0)
        self._idle += max((seconds + self._unseen) / (SLOWEST if runs else 1.0) - used, 0.0)
        self._now, self._unseen = self._now + used, 0.0

    def ended(self, cpu: float) -> None:
        """Counts a room that is no more."""
        self._gone += max(cpu, self._now)
        self._now = self._unseen = 0.0

    @property
    def crowded(self) -> bool:
        """Whether others have had a part in how long things took: seconds that count were not all the room's own."""
        own = self._gone + self._now
        return self.spent < SHARED * self.waited and own < SHARED * self.spent

    @property
    def left(self) -> float:
        """Seconds of the turn that are left, the judge's own work counted; without end if there is no turn."""
        return self.turn_s - self.spent - (time.process_time() - self._judge) if self.turn_s else float("inf")

    @property
    def left_now(self) -> float:
        """Seconds that are left to what the room does now."""
        return (
            min(self.left, self.turn_s / PARTS - (self.spent - self._began)) if self.turn_s else float("inf")
        )

    def check(self) -> None:
        """Raises TurnOver if the turn, or what one cell or call may take of it, is over."""
        if self.left_now <= 0:
            raise TurnOver
