"""Files of a download that are no work: said, for one may belong to a written answer, or be all that a student sent."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from ...submission import forms
from .files import File
from .platforms import FOLDERS, Claim
from .settle import Found

# What a student adds to the files of a course, which a folder of theirs may hold in full.
DOCUMENTS = frozenset(
    f".{suffix}"
    for kinds in ("pdf html htm doc docx odt rtf", "png jpg jpeg heic webp gif tif tiff", "rar 7z gz tgz tar")
    for suffix in kinds.split()
)
NAMED = 5  # files of one student
Whose = Callable[[File], Iterable[tuple[str | None, str, Claim]]]


def beside(
    rest: Iterable[File], pieces: Sequence[Found], platform: str, whose: Whose, decided: dict[str, str]
) -> Iterator[Found]:
    """What came of each student beside the work, as one with the fate `beside`; of who sent no work, as a question.

    Parameters
    ----------
    rest : the files that cannot be work.
    pieces : those that can; a script of no lesson has the fate `left`.
    whose : the students of a file.
    decided : what was decided by hand: "-" for what is nothing.
    """
    worked = {piece.student for piece in pieces if piece.fate != "left" and piece.student}
    asked = {piece.ask for piece in pieces if piece.fate == "undecided"}
    loose: dict[str, list[Found]] = defaultdict(list)
    for file in rest:
        if platform == FOLDERS and not is_document(file.name):
            continue
        for student, _, claim in whose(file):
            named_so = student or not claim.key.startswith("file ")  # else the download's own
            if named_so and student != "-" and claim.key not in asked:
                piece = Found(file, platform, claim, file.load, "", student)
                loose[student or claim.key].append(piece)
    for piece in pieces:
        if piece.fate == "left" and not (platform == FOLDERS and piece.student in worked):
            loose[str(piece.student)].append(piece)
    for key, found in sorted(loose.items()):
        if key in worked:
            yield dataclasses.replace(found[0], fate="beside", why=named(f.file.name for f in found))
        else:
            yield from _question(found, decided)
    for piece in pieces:
        if piece.student in worked and (inner := _in_zip(piece)):
            yield dataclasses.replace(piece, fate="beside", lesson=None, why=f"{piece.file.name}: {inner}")


def _question(found: Sequence[Found], decided: dict[str, str]) -> Iterator[Found]:
    """Of a student who sent no work, whether that is all; one script may be some after all."""
    first = found[0]
    if len(found) == 1 and first.fate == "left":
        yield dataclasses.replace(first, fate="undecided")
    elif decided.get(ask := f"file {first.file.name}") != "-":
        more = f"; nor is {named(f.file.name for f in found[1:])}" if len(found) > 1 else ""
        why = f"no notebook, and nothing else came from there{more}"
        yield dataclasses.replace(first, digest="", ask=ask, why=why, fate="undecided")


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
