"""The cards that checks draw: as HTML where it is shown, as text that says the same everywhere else.

Styles stand in the tags and take a notebook's own colours (JupyterLab, Notebook, VS Code), light or dark, with a light
pair where there are none. What a colour says is always said by a word or a frame too.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
from course_findings import Finding
from course_network import Array

INK = "var(--jp-content-font-color1,var(--vscode-editor-foreground,#1b1b1b))"
SOFT = "var(--jp-content-font-color2,var(--vscode-descriptionForeground,#595959))"
PAPER = "var(--jp-layout-color1,var(--vscode-editor-background,#fff))"
SHADE = "var(--jp-layout-color2,var(--vscode-textCodeBlock-background,#f2f2f2))"
RULE = "var(--jp-border-color2,var(--vscode-panel-border,#d0d0d0))"
MONO = "font-family:var(--jp-code-font-family,var(--vscode-editor-font-family,monospace));font-size:.92em"
TONES = {
    "good": ("#009e73", "✓"),
    "bad": ("#d55e00", "✗"),
    "open": ("#0072b2", "○"),
}  # of the palette of Okabe and Ito
MOST_ROWS, MOST_COLUMNS = 8, 8  # of an array that is shown entry by entry


@dataclass(frozen=True)
class Card:
    """What a check has to say about one function. `verdict` goes on from its name."""

    name: str
    tone: str
    verdict: str
    finding: Finding | None = None
    tried: str = ""
    note: str = ""
    lines: tuple[Any, ...] = ()
    points: str = ""

    def __repr__(self) -> str:
        """The card as text."""
        mark = TONES[self.tone][1]
        said = [f"{mark} {self.name} {self.verdict}" + (f": {self.tried}." if self.tried else ".")]
        if self.finding:
            said += [f"  {part}" for part in _sentences(self.finding)]
        said += [f"  {self.note}"] if self.note else []
        return "\n".join([*said, *([f"  {self.points}"] if self.points else [])])

    def _repr_html_(self) -> str:
        """The card as HTML."""
        colour, mark = TONES[self.tone]
        tried = f": {escape(self.tried)}." if self.tried else "."
        head = (
            f'<div><span aria-hidden="true" style="color:{colour};font-weight:700">{mark}</span> '
            f'<strong style="{MONO};overflow-wrap:anywhere">{escape(self.name)}</strong> '
            f"<strong>{escape(self.verdict)}</strong>{tried}</div>"
        )
        parts = [head, *(_body(self.finding, self.lines) if self.finding else [])]
        if self.note:
            parts.append(_paragraph(f"<strong>Look:</strong> {_marked(self.note)}"))
        if self.points:
            parts.append(
                f'<div style="color:{SOFT};font-size:.9em;margin-top:.35em">{escape(self.points)}</div>'
            )
        return _frame(f"Check of {self.name}", colour, "".join(parts))


@dataclass(frozen=True)
class Row:
    """A line of the table of progress, with the points of the visible and of the hidden check."""

    name: str
    tone: str
    verdict: str
    visible: float
    hidden: float


@dataclass(frozen=True)
class Table:
    """How far a student is with a lesson."""

    lesson: str
    rows: list[Row]

    @property
    def summary(self) -> str:
        """What is done, and what comes when the work is handed in."""
        done = [row for row in self.rows if row.tone == "good"]
        return (
            f"{len(done)} of {len(self.rows)} functions pass their visible checks: "
            f"{sum(row.visible for row in done):g} of {sum(row.visible for row in self.rows):g} points. "
            f"Hidden checks, {sum(row.hidden for row in self.rows):g} points, run when you hand in: "
            "the same requirements, other numbers and sizes."
        )

    def __repr__(self) -> str:
        """The table as text."""
        width = max((len(row.name) for row in self.rows), default=0)
        lines = [
            f"{TONES[row.tone][1]} {row.name:{width}}  {row.visible:g} + {row.hidden:g} points  {row.verdict}"
            for row in self.rows
        ]
        return "\n".join([*lines, self.summary])

    def _repr_html_(self) -> str:
        """The table as HTML."""
        cell = f"text-align:left;padding:.2em .8em .2em 0;background:none;border-bottom:1px solid {RULE}"
        number = cell.replace("left", "right")
        head = "".join(
            f'<th scope="col" style="{number if "points" in title else cell};color:{SOFT};font-weight:400">{title}</th>'
            for title in ("function", "visible check", "points", "hidden points")
        )
        body = "".join(
            f'<tr style="background:none"><th scope="row" style="{cell};{MONO};font-weight:400;overflow-wrap:anywhere">'
            f'{escape(row.name)}</th><td style="{cell}"><span aria-hidden="true" style="color:{TONES[row.tone][0]};'
            f'font-weight:700">{TONES[row.tone][1]}</span> {escape(row.verdict)}</td>'
            f'<td style="{number}">{row.visible:g}</td><td style="{number}">{row.hidden:g}</td></tr>'
            for row in self.rows
        )
        table = (
            f'<table style="border-collapse:collapse;margin:0;font-size:1em"><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table>"
        )
        inside = f'<div style="overflow-x:auto">{table}</div><div style="margin-top:.5em">{escape(self.summary)}</div>'
        return _frame(f"Progress in {self.lesson}", TONES["open"][0], inside)


def _frame(label: str, colour: str, inside: str) -> str:
    return (
        f'<div role="group" aria-label="{escape(label)}" style="box-sizing:border-box;max-width:46em;color:{INK};'
        f"background:{PAPER};border:1px solid {RULE};border-left:.3em solid {colour};border-radius:3px;"
        f'padding:.5em .8em;line-height:1.45;white-space:normal">{inside}</div>'
    )


def _sentences(found: Finding) -> list[str]:
    """What is said besides the hint, then the hint, a line each."""
    said = [_opening(found), found.also]
    said += [f"Python said: {found.said}" + (f" ({found.line})" if found.line else "")] if found.said else []
    said += [f"This looks like: {found.looks_like.rstrip('.')}."] if found.looks_like else []
    said += [f"Hint: {found.hint}"] if found.hint else []
    return [part for part in said if part]


def _body(found: Finding, lines: tuple[Any, ...]) -> list[str]:
    parts = [_paragraph(_marked(_opening(found)))]
    parts += [_side_by_side(found.got, found.expected)]
    if found.line:
        parts.append(_code(found.line))
    if found.said:
        parts.append(_paragraph(f'<span style="color:{SOFT}">Python said:</span> {escape(found.said)}'))
    if found.also:
        parts.append(_paragraph(_marked(found.also)))
    if found.looks_like:
        parts.append(
            _paragraph(f"<strong>It looks like this:</strong> {_marked(found.looks_like.rstrip('.'))}.")
        )
    if found.hint:
        hint = f'<div style="margin:.3em 0 0 1.1em">{_marked(capital(found.hint))}</div>'
        parts.append(_folded("Hint", hint))
    if len(lines) > 1:
        parts.append(_folded("Your lines on the way there", _code("\n".join(map(str, lines)))))
    return parts


def _opening(found: Finding) -> str:
    """The fact as a sentence; the name of an array stays as it is spelt in code."""
    return found.fact if found.place else capital(found.fact)


def capital(sentence: str) -> str:
    """A sentence with a capital letter, unless it begins with a name as it stands in code: `dW3`, `x`."""
    first = sentence.partition(" ")[0].rstrip(",:;")
    is_word = first.isalpha() and first.islower() and (len(first) > 1 or first == "a")
    return sentence[:1].upper() + sentence[1:] if is_word else sentence


def _paragraph(inside: str) -> str:
    return f'<div style="margin-top:.35em;overflow-wrap:anywhere">{inside}</div>'


def _folded(title: str, inside: str) -> str:
    return (
        f'<details style="margin-top:.35em"><summary style="cursor:pointer;color:{INK}">{title}</summary>{inside}'
        "</details>"
    )


def _code(text: str) -> str:
    return (
        f'<pre style="margin:.35em 0 0;padding:.3em .5em;background:{SHADE};color:{INK};{MONO};white-space:pre-wrap;'
        f'overflow-wrap:anywhere;border-radius:3px">{escape(text)}</pre>'
    )


def _marked(text: str) -> str:
    """Text with what stands between backticks as code."""
    parts = escape(text).split("`")
    code = f'<code style="{MONO};background:{SHADE};color:{INK};padding:0 .2em;border-radius:2px">'
    return "".join(part if at % 2 == 0 else f"{code}{part}</code>" for at, part in enumerate(parts))


def _side_by_side(got: Any, expected: Any) -> str:
    """What came and what should have come, next to each other where there is room, else one above the other."""
    one, other = _shown(got), _shown(expected)
    if not one or not other:
        return ""
    if isinstance(got, np.ndarray) and isinstance(expected, np.ndarray):
        differ = _differing(got, expected)
        one, other = _entries(got, differ), _entries(expected, differ)
        titles = [f"{title}, shape {array.shape}" for title, array in (("got", got), ("expected", expected))]
        if got.shape == expected.shape:
            titles = ["got", "expected"]
    else:
        titles = ["got", "expected"]
    boxes = "".join(
        f'<div style="min-width:0;overflow-x:auto"><div style="color:{SOFT};font-size:.9em">{escape(title)}</div>'
        f"{inside}</div>"
        for title, inside in zip(titles, (one, other), strict=True)
    )
    return f'<div style="display:flex;flex-wrap:wrap;gap:.4em 2em;margin-top:.4em">{boxes}</div>'


def _shown(value: Any) -> str:
    if isinstance(value, np.ndarray):
        rows = value.reshape(-1, value.shape[-1]) if value.ndim else value.reshape(1, 1)
        small = (
            value.ndim <= 2 and value.size and rows.shape[0] <= MOST_ROWS and rows.shape[1] <= MOST_COLUMNS
        )
        return "array" if small and value.dtype.kind in "biuf" else ""
    text = f"{value:.4g}" if isinstance(value, float) else str(value)
    return (
        f'<div style="{MONO};overflow-wrap:anywhere">{escape(text)}</div>' if text and len(text) < 200 else ""
    )


def _differing(got: Array, expected: Array) -> Array:
    """Which entries differ: those that are off by more than rounding, or the one that is off most."""
    if got.shape != expected.shape:
        return np.zeros(expected.shape, dtype=bool)
    distance = np.nan_to_num(np.abs(got.astype(float) - expected.astype(float)), nan=np.inf)
    differ = distance > 1e-6 + 1e-4 * np.abs(expected)
    furthest: Array = (distance == distance.max()) & (distance > 0)
    return differ if differ.any() else furthest


def _entries(array: Array, differ: Array) -> str:
    """An array as a table; entries that differ are framed."""
    rows = array.reshape(-1, array.shape[-1]) if array.ndim else array.reshape(1, 1)
    marks = differ.reshape(rows.shape) if differ.size == rows.size else np.zeros(rows.shape, dtype=bool)
    plain = f"text-align:right;padding:.1em .45em;background:none;border:2px solid transparent;{MONO}"
    framed = plain.replace("transparent", TONES["bad"][0]) + ";font-weight:700"
    body = "".join(
        '<tr style="background:none">'
        + "".join(
            f'<td style="{framed if marked else plain}"'
            + (' title="differs"' if marked else "")
            + f">{value:.4g}</td>"
            for value, marked in zip(row, line, strict=True)
        )
        + "</tr>"
        for row, line in zip(rows, marks, strict=True)
    )
    return f'<table style="border-collapse:collapse;margin:.1em 0;border:0;font-size:1em"><tbody>{body}</tbody></table>'
