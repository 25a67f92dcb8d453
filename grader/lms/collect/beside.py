"""Files of a download that are no work: said, for one may belong to a written answer, or be all that a student sent."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from ...submission import forms
from .files import NO_FILE, File
from .platforms import FOLDERS, Claim
from .settle import Found
from .whose import NOBODY, Owners, file_key

# What a student adds to the files of a course, which a folder of theirs may hold in full.
DOCUMENTS = frozenset(
    f".{suffix}"
    for kinds in ("pdf html htm doc docx odt rtf", "png jpg jpeg heic webp gif tif tiff", "rar 7z gz tgz tar")
    for suffix in kinds.split()
)
_OF_THE_PLATFORM = re.compile(r"timestamp\.txt|.*_attempt_\d{4}(?:-\d\d){5}\.txt", re.IGNORECASE)
NAMED = 5  # files of one student


def content_key(student: str, file: File, digest: str) -> str:
    """Under which a decision on what a student's file is, is remembered: its content, if it has any."""
    return f"{student} {digest or f'file {file.name}'}"


def beside(
    rest: Iterable[File], pieces: Sequence[Found], owners: Owners, decided: dict[str, str]
) -> Iterator[Found]:
    """What came of each student beside the work, as one with the fate `beside`; of who sent no work, as a question.

    Parameters
    ----------
    rest : the files that cannot be work.
    pieces : those that can; a script of no lesson has the fate `left`.
    decided : what was decided by hand: "-" for what is nothing.
    """
    worked = {piece.student for piece in pieces if piece.fate != "left" and piece.student}
    asked = {piece.claim.key for piece in pieces if piece.fate == "undecided" and piece.claim.account}
    loose: dict[str, list[Found]] = defaultdict(list)
    for file in rest:
        for piece in _loose(file, owners):
            if piece.claim.key not in asked:
                loose[piece.student or (piece.claim.key if owners.platform == FOLDERS else piece.ask)].append(
                    piece
                )
    for piece in pieces:
        if piece.fate == "left" and not (owners.platform == FOLDERS and piece.student in worked):
            loose[str(piece.student)].append(piece)
    for key, found in sorted(loose.items()):
        if key in worked:
            yield dataclasses.replace(found[0], fate="beside", why=named(f.file.name for f in found))
        elif question := _question(key, found):
            whose = owners.people.decided(Claim(question.ask))
            if decided.get(question.ask) != NOBODY and not whose:
                yield question
    for piece in pieces:
        if piece.student in worked and (inner := _in_zip(piece)):
            yield dataclasses.replace(piece, fate="beside", lesson=None, why=f"{piece.file.name}: {inner}")


def _loose(file: File, owners: Owners) -> Iterator[Found]:
    """A file that is no work, with those whose it is; nothing of the download's own, and of nobody's mail without a file."""
    if (
        owners.platform == FOLDERS
        and not is_document(file.name)
        or _OF_THE_PLATFORM.fullmatch(file.parts[-1])
    ):
        return
    digest = _digest(file)
    for student, _, claim in owners.of(file, digest):
        known = student or not claim.key.startswith("file ") and file.parts[-1] != NO_FILE
        if known and student != NOBODY:
            ask = claim.key if claim.account else file_key(file, digest)
            yield Found(file, owners.platform, claim, file.load, digest, student, ask=ask)


def _digest(file: File) -> str:
    try:
        content = b"" if file.trouble else file.load()
    except OSError:
        content = b""
    return hashlib.sha256(content).hexdigest()[:16] if content else ""


def _question(key: str, found: Sequence[Found]) -> Found:
    """Of who sent no work, whether these files are all; one script may be some after all."""
    first = found[0]
    if len(found) == 1 and first.fate == "left":
        return dataclasses.replace(first, fate="undecided")
    more = f"; nor is {named(f.file.name for f in found[1:])}" if len(found) > 1 else ""
    why = f"no notebook, and nothing else came from there{more}"
    whole = hashlib.sha256("".join(f.digest + f.file.name for f in found).encode()).hexdigest()[:16]
    ask = f"{key} {whole}" if first.student or first.claim.key == key else first.ask
    return dataclasses.replace(first, digest="", why=why, ask=ask, fate="undecided")


def _in_zip(piece: Found) -> str:
    """The documents in a student's ZIP file, named; "" if it is none."""
    try:
        content = piece.file.load()
        if not content.startswith(forms.ZIP):
            return ""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()[: forms.MAX_ENTRIES]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ""
    return named(name for name in names if is_document(name) and not name.startswith("__MACOSX"))


def is_document(name: str) -> bool:
    """Whether a name is that of a text, a picture or an archive."""
    return PurePosixPath(name.lower()).suffix in DOCUMENTS


def named(names: Iterable[str]) -> str:
    """Some names in a line, and how many more there are."""
    every = [name.rpartition("/")[2] for name in names]
    return ", ".join(every[:NAMED]) + (f" and {len(every) - NAMED} more" if len(every) > NAMED else "")
