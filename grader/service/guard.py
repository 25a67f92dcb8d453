"""How much one person, and all together, may ask of the front; all in memory, for a while only."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Hashable

from ..errors import SubmissionError

KEPT = 20_000  # people or addresses that are remembered


class Rate:
    """At most `burst` at once, and one more each `every_s` seconds."""

    def __init__(self, burst: int, every_s: float) -> None:
        self.burst, self.every_s = burst, every_s
        self._seen: dict[Hashable, tuple[float, float]] = {}

    def take(self, who: Hashable, now: float | None = None) -> float:
        """0 if `who` may go on, else the seconds until then."""
        now = time.monotonic() if now is None else now
        left, last = self._seen.pop(who, (float(self.burst), now))
        left = min(left + (now - last) / self.every_s, self.burst)
        wait = 0.0 if left >= 1 else (1 - left) * self.every_s
        self._seen[who] = (left if wait else left - 1, now)
        while len(self._seen) > KEPT:
            del self._seen[next(iter(self._seen))]  # who was seen longest ago
        return wait

    def give_back(self, who: Hashable) -> None:
        """What was taken last was for nothing, and not the asker's fault."""
        if who in self._seen:
            left, last = self._seen[who]
            self._seen[who] = (min(left + 1, self.burst), last)


class Guard:
    """Hand-ins under way: `each` for one person, `most` in all; and how many come in a minute."""

    def __init__(self, each: int = 2, most: int = 64, burst: int = 10, every_s: float = 6.0) -> None:
        self.each, self.most = each, most
        self.rate = Rate(burst, every_s)
        self.under_way: Counter[Hashable] = Counter()

    def enter(self, who: Hashable) -> None:
        """Raises SubmissionError if that is too much; else `leave` has to follow."""
        if self.under_way[who] >= self.each:
            raise SubmissionError("Another file of yours is just being sent. Wait until it is through.")
        if self.under_way.total() >= self.most:
            raise SubmissionError(
                "Very many hand in just now. Try again in a few seconds; no attempt was used."
            )
        if wait := self.rate.take(who):
            raise SubmissionError(f"That was often. Try again in {wait:.0f} seconds; no attempt was used.")
        self.under_way[who] += 1

    def leave(self, who: Hashable) -> None:
        """What entered is through."""
        self.under_way[who] -= 1
        if self.under_way[who] <= 0:
            del self.under_way[who]
