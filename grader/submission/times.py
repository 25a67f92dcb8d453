"""Time stamps as nbgrader and learning platforms write them, read the same whichever way they come."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..errors import SubmissionError
from .forms import text_of

_STAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[ T]|, ?)(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?([AaPp]\.?[Mm]\.?)(?![A-Za-z]))?"
    r"[ \u00a0]?([+-]\d\d(?::?[0-5]\d(?::?[0-5]\d)?)?|(?:UTC|GMT)[+-]\d{1,2}(?::?[0-5]\d)?|[A-Za-z][A-Za-z0-9_+/-]{0,40})?",
    re.ASCII,
)
_MAIL = re.compile(
    r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(?::\d\d)?(?: (?:[+-]\d{4}|GMT|UTC|UT))?", re.ASCII
)
_NUMBER = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d\d))?(?::?(\d\d))?", re.ASCII)
_HOURS = {
    "PDT": -7,
    "MDT": -6,
    "CDT": -5,
    "EDT": -4,
    "AKST": -9,
    "AKDT": -8,
    "HST": -10,
    "NST": -3.5,
    "NDT": -2.5,
    "ADT": -3,
    "BRT": -3,
    "BRST": -2,
    "ART": -3,
    "CLT": -4,
    "CLST": -3,
    "COT": -5,
    "PET": -5,
    "UYT": -3,
    "WET": 0,
    "WEST": 1,
    "CET": 1,
    "CEST": 2,
    "MEZ": 1,
    "MESZ": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "TRT": 3,
    "WAT": 1,
    "CAT": 2,
    "SAST": 2,
    "EAT": 3,
    "IDT": 3,
    "IRST": 3.5,
    "PKT": 5,
    "NPT": 5.75,
    "WIB": 7,
    "WITA": 8,
    "WIT": 9,
    "CHST": 10,
    "SST": -11,
    "HDT": -9,
    "MEST": 2,
    "ICT": 7,
    "HKT": 8,
    "SGT": 8,
    "MYT": 8,
    "PHT": 8,
    "AWST": 8,
    "JST": 9,
    "KST": 9,
    "ACST": 9.5,
    "ACDT": 10.5,
    "AEST": 10,
    "AEDT": 11,
    "NZST": 12,
    "NZDT": 13,
    "Z": 0,
    "UTC": 0,
    "GMT": 0,
}
_SEVERAL = {  # hours of the first place are taken, for most people live there
    "IST": ("India", 5.5, "Israel or Ireland"),
    "CST": ("Central America", -6, "China or Cuba"),
    "BST": ("Britain", 1, "Bangladesh"),
    "PST": ("Pacific America", -8, "the Philippines"),
    "AST": ("Atlantic America", -4, "Arabia"),
    "GST": ("the Gulf", 4, "South Georgia"),
    "AMT": ("the Amazon", -4, "Armenia"),
}


@dataclass(frozen=True)
class Stamp:
    """A moment in UTC, without zone as the gradebook keeps it, and what is doubtful about it."""

    moment: datetime
    doubt: str = ""


def read_stamp(text: str) -> Stamp | None:
    """The moment that a text names; None if it is empty. Raises ValueError if it is no date."""
    text = text.replace("\ufeff", "").replace("\u2212", "-").strip()
    if not text:
        return None
    match = _STAMP.fullmatch(text)
    if match is None:
        return _as_in_mail(text)
    *whole, fraction, half, zone = match.groups()
    moment = datetime(*(int(part or 0) for part in whole), int((fraction or "0")[:6].ljust(6, "0")))  # type: ignore[arg-type, call-arg]
    if half and 1 <= moment.hour <= 12:  # the clock of twelve hours
        moment = moment.replace(hour=moment.hour % 12 + (12 if half[0] in "Pp" else 0))
    ahead, doubt = offset(zone or "UTC", moment)
    try:
        return Stamp(moment - ahead, doubt)
    except OverflowError as err:
        raise ValueError("a date before the first year") from err


def _as_in_mail(text: str) -> Stamp:
    """The moment of a date as mails have it (RFC 2822, 3.3): "Mon, 02 Feb 2026 14:23:00 +0100"."""
    if _MAIL.fullmatch(text):
        with contextlib.suppress(ValueError, OverflowError):
            moment = parsedate_to_datetime(text)
            return Stamp(moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment)
    raise ValueError(f"{text[:60]!r} is not a date like 2030-01-31 23:59:00 UTC")


def parse_timestamp(content: bytes) -> datetime | None:
    """The time in UTC in a `timestamp.txt`; None if empty. Raises SubmissionError if no date."""
    stamp = stamp_in(content)
    return stamp.moment if stamp else None


def stamp_in(content: bytes) -> Stamp | None:
    """The stamp in a `timestamp.txt`; None if empty. Raises SubmissionError if no date."""
    try:
        return read_stamp(text_of(content).strip("\0"))
    except (ValueError, OverflowError) as err:
        raise SubmissionError(
            "timestamp.txt is not a date like 2030-01-31 23:59:00 UTC; delete or mend it"
        ) from err


def offset(zone: str, moment: datetime) -> tuple[timedelta, str]:
    """How far a zone is ahead of UTC at a local moment, and a doubt about it; nothing for a name nobody knows."""
    if match := _NUMBER.fullmatch(zone):
        sign, hours, minutes, seconds = match.groups()
        ahead = timedelta(hours=int(hours), minutes=int(minutes or 0), seconds=int(seconds or 0))
        if ahead >= timedelta(days=1):
            raise ValueError(f"no zone is {zone} from UTC")
        return (ahead if sign == "+" else -ahead), ""
    if several := _SEVERAL.get(zone.upper()):
        place, hours_ahead, others = several
        return timedelta(
            hours=hours_ahead
        ), f"{zone} was read as that of {place}; it can be that of {others} too"
    if known := _zone(zone):
        here = moment.replace(tzinfo=known)
        summer = (
            zone in ("WET", "CET", "EET") and here.dst()
        )  # in Tunis, Tripoli and Kaliningrad it has the same name
        said = (
            f"{zone} in summer was read as summer time; it can be that of a place without it"
            if summer
            else ""
        )
        return here.utcoffset() or timedelta(), said
    if (hours_known := _HOURS.get(zone.upper())) is not None:
        return timedelta(hours=hours_known), ""
    return timedelta(), f"nobody knows the time zone {zone}; it was read as UTC"


@cache
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def parse_utc(stamp: object) -> datetime | None:
    """What stands in for `nbgrader.utils.parse_utc` where nbgrader reads when something was handed in."""
    if isinstance(stamp, str):
        try:
            read = read_stamp(stamp)
        except ValueError:
            read = None
        if read is not None:
            return read.moment
    from nbgrader.utils import parse_utc as theirs

    moment: datetime | None = theirs(stamp)
    return moment
