"""Whose the files of a download are: by what was decided of them, else by what the platform's names claim."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .files import File, squashed
from .notices import Notices
from .people import People
from .platforms import CANVAS, FOLDERS, MOODLE_NAME, READERS, Claim

Whose = Iterator[tuple[str | None, str, Claim]]
NOBODY = "-"  # as a decision: of nobody, so left out


def file_key(file: File, digest: str) -> str:
    """Under which a decision on one file is remembered: another file of its name is another question."""
    return f"file {file.name} {digest}"


@dataclass
class Bearers:
    """The keys under which each student was found, by platform: who has two of them has a namesake, or is one.

    `before` are those of earlier downloads, where a name alone told the student.
    """

    before: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    _found: dict[tuple[str, str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, platform: str, series: str, student: str, key: str) -> None:
        """One more."""
        self._found[platform, series, student].add(key)

    def shared(self, platform: str, series: str, student: str, key: str) -> bool:
        """Whether another key of this platform leads to the student too."""
        known = self.before.get(platform, {}).get(student, key) if lasting(platform) else key
        return len(self._found[platform, series, student] | {key, known}) > 1


def lasting(platform: str) -> bool:
    """Whether a platform's numbers are a person's for good, not for one assignment."""
    return platform != MOODLE_NAME


class Owners:
    """Whose the files of one download are."""

    def __init__(
        self,
        platform: str,
        work: Sequence[File],
        notices: Notices,
        people: People,
        bearers: Bearers,
        number: int,
    ) -> None:
        """`bearers` are those of all downloads, of which this has the `number`."""
        self.platform, self.notices, self.people, self._bearers = platform, notices, people, bearers
        around = [file.parts[:-1] for file in work]
        self.slugs = people.slugs(around) if platform == FOLDERS else ()
        self.depth = people.depth(around, self.slugs) if platform == FOLDERS else 0
        claims = [claim for file in work for claim in READERS[platform](file, notices)]
        self.telling, self._number = people.telling(claims), number
        for claim in claims if platform != FOLDERS else ():
            if student := people.find(claim, self.telling)[0]:
                bearers.add(platform, self._series(claim), student, claim.key)

    def of(self, file: File, digest: str) -> Whose:
        """The students of a file; of one that cannot be told, None and why; with the claim that says so.

        A file of nobody by a decision is "-"'s, until the roster tells whose it is.
        """
        claims = READERS[self.platform](file, self.notices)
        itself = Claim(file_key(file, digest), account=False)
        if whose := self.people.decided(itself):
            yield from ((who, "", claims[0] if claims else itself) for who in whose)
        elif self.platform == FOLDERS:
            yield self.people.of_folders(claims or [itself], self.slugs, self.depth)
        elif not claims:
            yield None, f"the name has not the form of {self.platform}", itself
        else:
            for claim in claims:
                yield from self._by(claim)

    def _by(self, claim: Claim) -> Whose:
        student, why = self._found(claim)
        whose = self.people.decided(claim) if claim.account else ()
        if whose and (whose != (NOBODY,) or student is None):
            yield from ((who, "", claim) for who in whose)
        elif student and self.platform == CANVAS and self._is_a_team(claim, student):
            doubt = f"{claim.names[0]}: the number is that of {student}, the name is not; if it is a team's, add a row for "
            doubt += f"the student {claim.key} to decisions.csv, with the ids of all under decision"
            yield student, "", dataclasses.replace(claim, doubt=doubt)
        else:
            yield student, why, claim

    def _found(self, claim: Claim) -> tuple[str | None, str]:
        student, why = self.people.find(claim, self.telling)
        if student is None:
            return None, why
        if self._bearers.shared(self.platform, self._series(claim), student, claim.key) and self.by_name(
            claim
        ):
            return None, f"several bear the name of {student}"
        return student, ""

    def by_name(self, claim: Claim) -> bool:
        """Whether nothing but a name tells the student."""
        return self.people.find(dataclasses.replace(claim, names=()), self.telling)[0] is None

    def _is_a_team(self, claim: Claim, student: str) -> bool:
        """Whether a name has no part of the student's own."""
        person = self.people.by_id[student]
        names = [squashed(name) for name in (person.first_name, person.last_name) if squashed(name)]
        return bool(names and claim.names) and not any(name in squashed(claim.names[0]) for name in names)

    def _series(self, claim: Claim) -> str:
        return "" if lasting(self.platform) else f"{self._number} {claim.series}"
