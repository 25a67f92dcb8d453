"""A notebook from a stranger, parsed with limits: of its JSON only the cells' kinds, texts, names and pictures survive."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ..errors import SubmissionError
from .forms import MAX_BYTES, document_of

MAX_CELLS = 1_000  # that are graded; more are chosen from
MOST_CELLS = 10_000  # that are read
MAX_SOURCE = 200_000  # characters in one cell
MAX_ALL_SOURCES = 2_000_000
MAX_PICTURE, MAX_PICTURES = 2 * 2**20, 6 * 2**20  # bytes in base64, of one and of all
PICTURES = ("image/png", "image/jpeg", "image/svg+xml")
SAME = {"image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg"}

# Without a second reading of its blanks: the text is a stranger's, and may be nothing but blanks.
_DATA = re.compile(r"data:(image/[a-z+]{1,20});base64,([A-Za-z0-9+/=\s]{1,8000000}?)(?=[)\"'>\[]|$)")


@dataclass(frozen=True)
class StudentCell:
    """One cell as handed in: only its text, the two names by which we may know it again, and attached pictures.

    `pictures` maps a name, as in `attachment:name`, to a type and its base64.
    """

    kind: Literal["code", "markdown"]
    source: str
    grade_id: str | None = None
    id: str | None = None
    pictures: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Opened:
    """The cells of a notebook, and a sentence for each thing that was done to read them."""

    cells: tuple[StudentCell, ...]
    notes: tuple[str, ...] = ()


def parse(notebook: bytes) -> tuple[StudentCell, ...]:
    """The cells of a notebook in any of its forms, in order; empty ones left out.

    Raises
    ------
    SubmissionError
        If the bytes are no notebook, or one beyond the limits.
    """
    return opened(notebook).cells


def opened(notebook: bytes) -> Opened:
    """`parse`, and what was done to read it: taken out of a ZIP, cut where it was too much. Raises as `parse` does."""
    document, notes = document_of(notebook)
    budget = [MAX_PICTURES]
    cells = [_bounded(cell, notes, budget) for cell in _cells(document)]
    if len(cells) > MOST_CELLS:
        raise SubmissionError(f"the notebook has {len(cells)} cells; at most {MOST_CELLS} can be read")
    if sum(len(cell.source) for cell in cells) > MAX_ALL_SOURCES:
        raise SubmissionError(
            f"the cells hold over {MAX_ALL_SOURCES:,} characters; delete what is not needed"
        )
    if not cells:
        raise SubmissionError("the notebook has no cells; download it again from Jupyter and hand that in")
    return Opened(tuple(cells), tuple(dict.fromkeys(notes)))


def slim(notebook: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The same notebook without outputs and in its plain form, and what was done to it. Raises as `parse` does."""
    read = opened(notebook)
    cells = [
        {
            "cell_type": cell.kind,
            "source": cell.source,
            "metadata": {"nbgrader": {"grade_id": cell.grade_id}} if cell.grade_id is not None else {},
            **({} if cell.id is None else {"id": cell.id}),
            **(
                {"attachments": {n: {mime: data} for n, mime, data in cell.pictures}} if cell.pictures else {}
            ),
        }
        for cell in read.cells
    ]
    return json.dumps(
        {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    ).encode(), read.notes


def digest_of(cells: Iterable[StudentCell]) -> str:
    """A digest of what a student wrote: kinds, texts, names and pictures of the cells; not outputs or other metadata."""
    known = [
        [cell.kind, cell.source, cell.grade_id, cell.id, *([cell.pictures] if cell.pictures else [])]
        for cell in cells
    ]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()


def _cells(document: dict[str, Any]) -> Iterator[StudentCell]:
    version = document.get("nbformat", 4)
    if isinstance(version, (int, float)) and version > 4:
        raise SubmissionError(f"the notebook has format {version}; this course reads 3 and 4")
    cells = document.get("cells")
    if not isinstance(cells, list):
        sheets = document.get("worksheets")
        sheets = [sheet for sheet in sheets if isinstance(sheet, dict)] if isinstance(sheets, list) else []
        found = [sheet.get("cells") for sheet in sheets]
        cells = [cell for part in found if isinstance(part, list) for cell in part]
    for cell in cells:
        if isinstance(cell, dict) and (student := _cell(cell)).source.strip():
            yield student


def _cell(cell: dict[str, Any]) -> StudentCell:
    kind: Literal["code", "markdown"] = "code" if cell.get("cell_type") == "code" else "markdown"
    source = cell.get("source", cell.get("input", ""))  # format 3 says input
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        source = ""
    source = source.replace("\r\n", "\n").replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
    metadata = cell.get("metadata")
    grading = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = grading.get("grade_id") if isinstance(grading, dict) else None
    identity = cell.get("id")
    return StudentCell(
        kind,
        source,
        grade_id if isinstance(grade_id, str) else None,
        identity if isinstance(identity, str) else None,
        tuple(_attached(cell.get("attachments"), source)) if kind == "markdown" else (),
    )


def _attached(attachments: object, source: str) -> Iterator[tuple[str, str, str]]:
    """The pictures that a cell brings along and shows."""
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        for mime, data in bundle.items() if isinstance(bundle, dict) else ():
            data = "".join(map(str, data)) if isinstance(data, list) else data
            if (
                isinstance(mime, str)
                and mime.startswith("image/")
                and isinstance(data, str)
                and f"attachment:{name}" in source
            ):
                yield (
                    name.encode("utf-8", "replace").decode(),
                    SAME.get(mime, mime),
                    data.encode("ascii", "replace").decode(),
                )


def _bounded(cell: StudentCell, notes: list[str], budget: list[int]) -> StudentCell:
    """A cell within the limits: pictures apart from the text, a text cut, code that is too long left out."""
    source, pictures = cell.source, list(cell.pictures)
    if cell.kind == "markdown" and "data:image/" in source:
        source = _DATA.sub(lambda found: _set_apart(found, pictures), source)
    kept = []
    for name, mime, data in pictures:
        if mime not in PICTURES:
            notes.append(
                f"not graded: a picture of type {mime} in a text cell cannot be shown; ask for a PNG"
            )
        elif len(data) <= min(MAX_PICTURE, budget[0]) and _is_base64(mime, data):
            budget[0] -= len(data)
            kept.append((name, mime, data))
        else:
            notes.append("not graded: a picture in a text cell is too large, or none, and was left out")
    if len(source) > MAX_SOURCE:
        if cell.kind == "code":
            notes.append(f"not graded: a code cell of {len(source):,} characters was left out")
            source = "# This cell was too long to be graded."
        else:
            notes.append(f"a text cell of {len(source):,} characters was cut at {MAX_SOURCE:,}")
            source = source[:MAX_SOURCE]
    return StudentCell(cell.kind, source, cell.grade_id, cell.id, tuple(kept))


def _set_apart(found: re.Match[str], pictures: list[tuple[str, str, str]]) -> str:
    name = f"picture-{len(pictures) + 1}"
    pictures.append((name, SAME.get(found[1], found[1]), "".join(found[2].split())))
    return f"attachment:{name}{found[2][len(found[2].rstrip()) :]}"


def _is_base64(mime: str, data: str) -> bool:
    if mime == "image/svg+xml" and data.lstrip().startswith("<"):
        return True
    try:
        return bool(base64.b64decode("".join(data.split()), validate=True))
    except (binascii.Error, ValueError):
        return False


__all__ = ["MAX_BYTES", "MAX_CELLS", "Opened", "StudentCell", "digest_of", "opened", "parse", "slim"]
