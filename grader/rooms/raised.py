"""What is to be known of an exception that a cell or a call raised."""

from __future__ import annotations

import contextlib
import traceback
from typing import Any

from . import tolerance
from .scene import scene

CELL = "<cell "  # how the file name of a cell's code begins
TEXT = 2000  # characters of an exception's text


def explain(error: BaseException, source: str = "") -> dict[str, Any]:
    """What is to be known of an exception: type, text, and where in which cell it arose."""
    known = {"type": type(error).__name__, "builtin": type(error).__module__ == "builtins"}
    try:
        text = str(error)
    except BaseException:
        text = ""
    where = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(CELL)]
    report: dict[str, Any] = {**known, "text": text[:TEXT], "line": None, "code": "", "function": ""}
    if where:
        report |= {"line": where[-1].lineno, "code": (where[-1].line or "")[:200], "function": where[-1].name}
    elif isinstance(error, SyntaxError):
        code = (error.text or "").strip()[:200]
        text = str(error.msg) + tolerance.newer_python(str(error.msg), code)
        report |= {"text": text, "line": error.lineno, "code": code}
    if isinstance(error, NameError):
        report["name"] = str(error.name or "")
    if isinstance(error, LookupError | NameError | ValueError):
        with contextlib.suppress(Exception):  # a stranger's objects may do anything
            report["scene"] = scene(error, CELL, report["code"])
    steps = [f"line {frame.lineno}, in {frame.name}: {frame.line or ''}"[:300] for frame in where[-12:]]
    report["trace"] = [*steps, f"{report['type']}: {report['text']}"]
    return report
