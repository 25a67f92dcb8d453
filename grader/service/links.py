"""Personal links: who a student is where there is no hub. Signed, with an end, and revocable.

A link names a student, the serial number of that student's links, and when it ends; a signature with the service's
secret stands behind. The front checks signature and end, the grader side the serial number.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from ..errors import CourseError
from ..files import write_file
from ..lms.sheets import read_sheet

DAY_S = 86_400.0
LONGEST = 600  # characters of a token


@dataclass(frozen=True)
class Person:
    """Who asks: a student's (or an instructor's) name, and the serial number of the link, None from a hub."""

    name: str
    serial: int | None = None


def secret_of(folder: Path) -> bytes:
    """The secret that signs links and cookies; made when there is none."""
    path = folder / "secret"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_file(path, secrets.token_hex(32).encode(), mode=0o600)
    return path.read_bytes()


def token(secret: bytes, person: Person, until: float) -> str:
    """What a personal link ends with."""
    said = base64.urlsafe_b64encode(json.dumps([person.name, person.serial, int(until)]).encode())
    return f"{said.decode().rstrip('=')}.{_signature(secret, said)}"


def read(secret: bytes, text: str, now: float | None = None) -> Person | None:
    """Whose link that is; None if it was not made here, or has ended."""
    said, _, signature = text.partition(".")
    if len(text) > LONGEST or not text.isascii():
        return None
    padded = said.encode() + b"=" * (-len(said) % 4)
    if not hmac.compare_digest(_signature(secret, padded), signature):
        return None
    try:
        name, serial, until = json.loads(base64.urlsafe_b64decode(padded))
    except (ValueError, binascii.Error):
        return None
    return Person(name, serial) if (time.time() if now is None else now) < until else None


def _signature(secret: bytes, said: bytes) -> str:
    digest = hmac.digest(secret, b"personal link\0" + said, hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def roster_of(path: Path) -> list[tuple[str, bool, dict[str, str]]]:
    """Each row's student, whether that is one of the staff (column `role`), and the row.

    Raises
    ------
    CourseError
        If there is no such file, or it has no column `id`.
    """
    try:
        rows = list(read_sheet(path, ()).rows)
    except CourseError as err:
        raise CourseError(f"{path} cannot be read as a roster: {err}") from err
    if not rows or "id" not in rows[0]:
        raise CourseError(
            f"{path} has no column `id`; a roster has id, first_name, last_name, email and maybe role"
        )
    return [
        ((row["id"] or "").strip(), (row.get("role") or "").strip().lower() in ("staff", "instructor"), row)
        for row in rows
    ]
