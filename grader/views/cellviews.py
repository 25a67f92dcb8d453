"""A student's executed notebook as the cells of a feedback page: what each is, what may be shown of it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from ..course import HIDDEN, Lesson, role_of
from . import inert, pages
from .stories import VERDICTS, CheckStory, FunctionStory

MOST_OUTPUTS = 50  # of one cell
MOST_ATTACHED = 4_000_000  # characters of a text with its pictures


@dataclass(frozen=True)
class CellView:
    """One cell of the student's notebook as the page shows it."""

    kind: str  # text, code, answer, check or written
    anchor: str
    source: str
    label: str = ""
    function: str = ""
    tone: str = ""
    shape: str = ""
    word: str = ""
    outputs: tuple[Markup, ...] = ()


@dataclass
class Anchors:
    """Where in the page a function's exercise text and answer stand."""

    text: dict[str, str] = field(default_factory=dict)
    answer: dict[str, str] = field(default_factory=dict)
    cell: dict[str, str] = field(default_factory=dict)


def cells_of(notebook: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The cells of a notebook, or none where there is no notebook."""
    return [cell for cell in (notebook or {}).get("cells", []) if isinstance(cell, dict)]


def _grade_id(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def anchors_of(raw: list[dict[str, Any]]) -> Anchors:
    """Cells go by their number, for an id in a notebook may be anything.

    A function's text is the nearest cell before its answer that has a heading or names it; else the cell before.
    """
    anchors, texts = Anchors(), list[tuple[str, str]]()
    for index, cell in enumerate(raw):
        anchor, role, grade_id = f"cell-{index + 1}", role_of(cell), _grade_id(cell)
        anchors.cell[grade_id] = anchor
        if role == "text":
            texts.append((anchor, inert.joined(cell.get("source", ""))))
        elif role == "answer":
            named = re.compile(rf"^#|\b{re.escape(grade_id)}\b|\*\*Exercise", re.MULTILINE)
            near = [where for where, text in texts if named.search(text)] or [where for where, _ in texts]
            anchors.answer[grade_id] = anchor
            anchors.text[grade_id] = near[-1] if near else anchor
            texts = []
    return anchors


def views(lesson: Lesson, raw: list[dict[str, Any]], told: tuple[FunctionStory, ...]) -> Iterator[CellView]:
    """The cells in order. Of a hidden check nothing is shown but its outcome."""
    verdicts = {story.name: story.verdict for story in told}
    checks = {check.id: check for story in told for check in story.checks}
    ours = {cell.release.strip() for cell in lesson.cells}
    found = {inert.joined(cell.get("source", "")).strip() for cell in raw}
    same = ours <= found | {
        cell.release.strip() for cell in lesson.cells if cell.role != "text"
    }  # graded as it is now
    for index, cell in enumerate(raw):
        anchor, role, grade_id = f"cell-{index + 1}", role_of(cell), _grade_id(cell)
        source = inert.joined(cell.get("source", ""))
        own = same and source.strip() not in ours
        if role == "check":
            if grade_id in checks:
                yield _check(anchor, source, checks[grade_id], grade_id)
        elif role == "answer" and grade_id in verdicts:
            tone = verdicts[grade_id]
            shape = VERDICTS[tone][1]
            yield CellView(
                "answer", anchor, source, "Your answer", grade_id, tone, shape, outputs=outputs_of(cell)
            )
        elif role == "written":
            yield CellView("written", anchor, attached(cell, source), "Your written answer")
        elif role == "text":
            yield CellView("text", anchor, attached(cell, source), "Your own text" if own else "")
        else:
            label = "Your own code" if own and role == "free" else ""
            yield CellView("code", anchor, source, label, outputs=outputs_of(cell))


def _check(anchor: str, source: str, check: CheckStory, grade_id: str) -> CellView:
    tone = "good" if check.outcome == "passed" else "quiet" if check.shape == "dash" else "bad"
    hidden = check.hidden or grade_id.endswith(HIDDEN)
    label, shown = ("Hidden check", "") if hidden else ("Visible check", source)
    return CellView("check", anchor, shown, label, check.function, tone, check.shape, check.word)


def outputs_of(cell: dict[str, Any]) -> tuple[Markup, ...]:
    """What a code cell printed and drew, made inert."""
    alt = cell["metadata"].get("alt")
    name = inert.plain(alt, 500) if isinstance(alt, str) else "A figure that this cell drew"
    kept = [raw for raw in cell.get("outputs", ())[:MOST_OUTPUTS] if isinstance(raw, dict)]
    return tuple(pages.output(raw, name) for raw in _joined(kept))


def _joined(outputs: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Outputs with what was printed in several pieces in one."""
    for printed, group in itertools.groupby(outputs, lambda raw: raw.get("output_type") == "stream"):
        if printed:
            yield {
                "output_type": "stream",
                "text": "".join(inert.joined(raw.get("text", "")) for raw in group),
            }
        else:
            yield from group


def attached(cell: dict[str, Any], source: str) -> str:
    """Markdown with the pictures attached to its cell put in as data."""
    for name, bundle in (cell.get("attachments") or {}).items():
        for mime, data in bundle.items() if isinstance(bundle, dict) else ():
            if len(source) < MOST_ATTACHED and (uri := inert.picture(mime, data)):
                source = source.replace(f"attachment:{name}", uri, 1)
    return source
