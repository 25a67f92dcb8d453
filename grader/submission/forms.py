"""The forms in which a notebook arrives: as it is, in a ZIP, as a text of itself, as a Python script.

A form is told by the bytes, never by the file's name. Everything is bounded before it is unpacked.
"""

from __future__ import annotations

import codecs
import contextlib
import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from ..errors import SubmissionError
from . import scripts

MAX_BYTES = 32 * 2**20
MAX_TOKENS = 2_000_000  # brackets and commas: bounds what parsing can allocate to about 200 MB
MAX_ENTRIES = 1_000  # of a ZIP
MAX_UNPACKED = 4 * MAX_BYTES
ZIP = b"PK\x03\x04"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TOO_LARGE = "the notebook is too large; clear its outputs, save and hand it in again"
_NO_JSON = "the file is not a notebook: it cannot be read as JSON; save it from Jupyter again"
_FOREIGN = {
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip archive",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"<": "a web page",
}


def document_of(content: bytes) -> tuple[dict[str, Any], list[str]]:
    """The notebook that is in a file's bytes, as JSON of format 3 or 4, and what was done to read it.

    Raises
    ------
    SubmissionError
        If there is none in it, several, or one beyond the limits.
    """
    notes: list[str] = []
    if content.startswith(ZIP):
        name, content = _only(content)
        notes.append(f"the notebook was taken out of the ZIP file ({name})")
    if len(content) > MAX_BYTES or sum(content.count(token) for token in b"[{,") > MAX_TOKENS:
        raise SubmissionError(_TOO_LARGE)
    text = text_of(content)
    document = _json(text, notes)
    if document is None:
        if not scripts.looks_like_one(text):
            raise SubmissionError(_NO_JSON if not (kind := _kind(content)) else _says(kind))
        notes.append("a Python script was handed in; its cells were read from that")
        document = {"cells": list(scripts.cells_of(text)), "nbformat": 4}
    if isinstance(document, str):  # a notebook saved as a JSON string
        notes.append("the notebook was a text within JSON and was unpacked")
        document = _json(document, notes)
    if not isinstance(document, dict):
        raise SubmissionError(
            "the file is not a notebook: it is JSON, but no notebook; save it from Jupyter again"
        )
    return document, notes


def is_notebook(content: bytes) -> bool:
    """Whether bytes look like a notebook, or like one in a JSON string, whatever their file is called."""
    text = text_of(content).lstrip("\ufeff \r\n\t")
    return text.startswith(("{", '"{')) and "cell_type" in text


def text_of(content: bytes) -> str:
    """The text of a file, by its mark, else as JSON prescribes, else as old editors write it."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    with contextlib.suppress(UnicodeDecodeError):
        return content.decode(json.detect_encoding(content))
    return content.decode("cp1252", "replace")


def members(content: bytes, depth: int = 1) -> Iterator[tuple[str, bytes]]:
    """The notebooks and scripts in a ZIP file's bytes, by their names in it; scripts only where no notebook is.

    Raises
    ------
    SubmissionError
        If it cannot be read, needs a password, or would unpack to more than there may be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if _is_work(entry)]
            if len(archive.infolist()) > MAX_ENTRIES or sum(e.file_size for e in entries) > MAX_UNPACKED:
                raise SubmissionError("the ZIP file unpacks to too much; hand in the notebook alone")
            books = [entry for entry in entries if entry.filename.lower().endswith(".ipynb")]
            for entry in books or entries:
                with archive.open(entry) as file:  # what the entry says of its size may be a lie
                    yield entry.filename, file.read(MAX_BYTES + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        RuntimeError,
        NotImplementedError,
        OSError,
    ) as err:
        raise SubmissionError(f"the ZIP file cannot be read ({err}); hand in the notebook as it is") from err


def _is_work(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry can be somebody's work: no folder, no shadow of macOS, no checkpoint."""
    parts = entry.filename.split("/")
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts[:-1])
    return not hidden and not parts[-1].startswith(".") and parts[-1].lower().endswith((".ipynb", ".py"))


def _only(content: bytes) -> tuple[str, bytes]:
    found = list(members(content))
    if not found:
        raise SubmissionError("no notebook is in the ZIP file; hand in the .ipynb")
    if len(found) > 1:
        names = ", ".join(name.rpartition("/")[2] for name, _ in found[:5])
        raise SubmissionError(f"several notebooks are in the ZIP file ({names}); hand in the one that counts")
    return found[0]


def _json(text: str, notes: list[str]) -> Any:
    """The JSON value that a text begins with, if nothing that matters follows it; None if it is no JSON."""
    start = len(text) - len(text.lstrip())
    decoder = json.JSONDecoder(parse_int=_integer, parse_constant=lambda _: None)
    try:
        document, end = decoder.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    rest = text[end:].strip("\0 \t\r\n\x1a")
    if document is None or rest and re.search(r"[{\[<>=]", rest):
        return None if document is not None else {}  # two notebooks in one file, or two halves
    if rest or "\0" in text[end:] or "\x1a" in text[end:]:
        notes.append("bytes behind the end of the notebook were left out")
    return document


def _integer(digits: str) -> int:
    return int(digits) if len(digits) < 20 else 0


def _kind(content: bytes) -> str | None:
    return next((kind for mark, kind in _FOREIGN.items() if content.lstrip().startswith(mark)), None)


def _says(kind: str) -> str:
    return f"the file is not a notebook but {kind}; save it from Jupyter and hand in the .ipynb"
