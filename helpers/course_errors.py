"""Help for what an answer raises: what Python said in plain words, and what to try.

    explained(kind, text, code, names)     (a sentence, a next step), both "" if nothing better can be said
    cause(error)                           what tells one error from another of its type, however the line is written
    names_in(report)                       the names that a grader's room tells of the line that raised
    unread(cell)                           the SyntaxError of a cell that Python cannot read; None if it can

`names` are the local names at the line that raised, as far as they are known.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from course_error_names import Names, Said
from course_error_rules import RULES


def explained(kind: str, text: str, code: str, names: Names) -> Said:
    """What an exception of type `kind` means, and what to try.

    Parameters
    ----------
    kind, text : the exception's type, by name, and what Python said
    code : the line of the answer that raised it
    names : the values of the names at that line, {} if they are not known
    """
    for kinds, pattern, words in RULES:
        if kind in kinds.split() and (match := re.search(pattern, text)):
            said = words(match, code, names)
            if said is not None:
                return said
    return "", ""


def unread(cell: str) -> SyntaxError | None:
    """Why Python cannot read a cell, if it cannot."""
    try:
        ast.parse(cell)
    except SyntaxError as error:
        return error
    return None


def cause(error: BaseException) -> str:
    """The type and what Python said, with shapes in one order: two answers that stumble alike have it in common.

    Of an error that a grader's proxy passes on, the type is the one in its report.
    """
    report = getattr(error, "report", None)
    kind = report.get("type") if isinstance(report, dict) else type(error).__name__
    said = str(error).splitlines()[0] if str(error) else ""
    shapes = sorted(re.findall(r"\([\d, ]*\)", said))
    return " ".join([f"{kind}:", *re.sub(r"\([\d, ]*\)", "()", said).split(), *shapes])


def names_in(report: Mapping[str, Any]) -> Names:
    """The names that were known where a call in a grader's room raised, with arrays of their shapes and dictionaries.

    `report` comes from a stranger's process: what has not the right form is left out.
    """
    scene = report.get("scene")
    if not isinstance(scene, dict):
        return {}
    names: dict[str, Any] = {str(name): None for name in scene.get("names", []) if isinstance(name, str)}
    for name, shape in _items(scene.get("shapes")):
        if (
            isinstance(shape, (list, tuple))
            and len(shape) <= 3
            and all(type(n) is int and n >= 0 for n in shape)
        ):
            names[name] = np.broadcast_to(np.float64(0), tuple(shape))
    for name, keys in _items(scene.get("keys")):
        names[name] = dict.fromkeys(str(key) for key in keys) if isinstance(keys, (list, tuple)) else None
    return names


def _items(value: Any) -> list[tuple[str, Any]]:
    return [(str(key), item) for key, item in value.items()] if isinstance(value, dict) else []
