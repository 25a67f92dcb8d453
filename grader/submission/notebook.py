"""A notebook from a stranger, parsed with limits: of its JSON only the cells' kinds, texts and names survive."""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ..errors import SubmissionError

MAX_BYTES = 10 * 2**20
MAX_TOKENS = 1_000_000  # brackets and commas: bounds what parsing can allocate to about 100 MB
MAX_CELLS = 1_000
MAX_SOURCE = 200_000  # characters in one cell
MAX_ALL_SOURCES = 2_000_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class StudentCell:
    """One cell as handed in: only its text and the two names by which we may know it again."""

    kind: Literal["code", "markdown"]
    source: str
    grade_id: str | None = None
    id: str | None = None


def parse(notebook: bytes) -> tuple[StudentCell, ...]:
    """The cells of a notebook of format 3 or 4, in order; empty ones left out.

    Raises
    ------
    SubmissionError
        If the bytes are no notebook, or one beyond the limits.
    """
    document = _json(notebook)
    cells = list(_cells(document))
    if len(cells) > MAX_CELLS:
        raise SubmissionError(f"the notebook has {len(cells)} cells; at most {MAX_CELLS} can be graded")
    sizes = [len(cell.source) for cell in cells]
    if max(sizes, default=0) > MAX_SOURCE:
        raise SubmissionError(f"a cell holds more than {MAX_SOURCE:,} characters; take the data out of it")
    if sum(sizes) > MAX_ALL_SOURCES:
        raise SubmissionError(
            f"the cells hold over {MAX_ALL_SOURCES:,} characters; delete what is not needed"
        )
    if not cells:
        raise SubmissionError("the notebook has no cells; download it again from Jupyter and hand that in")
    return tuple(cells)


def digest_of(cells: Iterable[StudentCell]) -> str:
    """A digest of what a student wrote: kinds, texts and names of the cells; not outputs or other metadata."""
    return hashlib.sha256(
        json.dumps([[cell.kind, cell.source, cell.grade_id, cell.id] for cell in cells]).encode()
    ).hexdigest()


def _json(notebook: bytes) -> dict[str, Any]:
    if len(notebook) > MAX_BYTES or sum(notebook.count(token) for token in b"[{,") > MAX_TOKENS:
        raise SubmissionError("the notebook is too large; clear its outputs, save and hand it in again")
    try:
        document = json.loads(_text(notebook), parse_int=_integer, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as err:
        raise SubmissionError(
            "the file is not a notebook: it cannot be read as JSON; save it from Jupyter again"
        ) from err
    if not isinstance(document, dict):
        raise SubmissionError(
            "the file is not a notebook: it is JSON, but no notebook; save it from Jupyter again"
        )
    return document


def _integer(digits: str) -> int:
    return int(digits) if len(digits) < 20 else 0


def _text(content: bytes) -> str:
    """The text of a JSON file, by its mark, else as JSON prescribes, else as old editors write it."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding)
    with contextlib.suppress(UnicodeDecodeError):
        return content.decode(json.detect_encoding(content))
    return content.decode("cp1252", "replace")


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
    )
