"""A Python script as Jupyter, Jupytext, VS Code and Spyder export a notebook, taken apart into cells again.

Told by their marks: `# In[3]:` (Jupyter), `# %%` (Jupytext percent, VS Code, Spyder), else Jupytext's light form and
plain scripts, where a blank line before unindented text ends a cell. Nothing is parsed as Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_DEFINES = re.compile(r"(?m)^[ \t]*(?:async[ \t]+)?def[ \t]+\w+[ \t]*\(")
_JUPYTER = re.compile(r"# In ?\[[ \d*]*\]:?[ \t]*$")
_PERCENT = re.compile(r"# ?%%(?P<about>.*)$")
_GRADE_ID = re.compile(r'"grade_id": ?"([^"]{1,200})"')
_GOES_ON = re.compile(r"(?:elif|else|except|finally|case)\b|[)\]}]")
_LIGHT = re.compile(r"# [+-](?: .*)?$")


def looks_like_one(text: str) -> bool:
    """Whether a text that is no JSON can be a script with an answer in it."""
    start = text.lstrip()[:1]
    return bool(start) and start not in "<{[" and "\0" not in text and _DEFINES.search(text) is not None


def cells_of(text: str) -> Iterator[dict[str, Any]]:
    """The cells of a script, as a notebook of format 4 has them."""
    lines = _without_header(text.replace("\r\n", "\n").split("\n"))
    if any(_JUPYTER.match(line) for line in lines):
        found = _exported(lines)
    elif any(_PERCENT.match(line) for line in lines):
        found = _percent(lines)
    else:
        found = (_text_or_code(part) for part in _light(lines))
    for kind, part, about in found:
        if any(line.strip() for line in part):
            yield _cell(kind, [_uncommented(line) for line in part] if kind == "markdown" else part, about)


def _without_header(lines: list[str]) -> list[str]:
    """The lines behind the notice that Jupytext puts on top, the interpreter's line and the coding's."""
    if lines and lines[0].rstrip() == "# ---":
        end = next((i for i, line in enumerate(lines[1:200], 1) if line.rstrip() == "# ---"), 0)
        lines = lines[end + 1 :]
    return [
        line
        for at, line in enumerate(lines)
        if at > 3 or not (line.startswith("#!") or re.match(r"#.*coding[:=]", line))
    ]


def _marked(lines: list[str], mark: re.Pattern[str]) -> Iterator[tuple[str, list[str]]]:
    """The parts between marks, each with what its mark says of it."""
    about = ""
    part: list[str] = []
    for line in lines:
        if found := mark.match(line):
            yield about, part
            about, part = (found.groupdict().get("about") or ""), []
        else:
            part.append(line)
    yield about, part


def _exported(lines: list[str]) -> Iterator[tuple[str, list[str], str]]:
    """Jupyter's export: text stands behind the code before it, two blank lines away, as nothing but comments."""
    for number, (_, part) in enumerate(_marked(lines, _JUPYTER)):
        blocks = re.split(r"\n{3,}", "\n".join(part).strip("\n"))
        end = len(blocks)
        while end > (1 if number else 0) and _is_text(blocks[end - 1].split("\n")):
            end -= 1
        yield "code", "\n\n\n".join(blocks[:end]).split("\n"), ""
        for block in blocks[end:]:
            yield "markdown", block.split("\n"), ""


def _percent(lines: list[str]) -> Iterator[tuple[str, list[str], str]]:
    for about, part in _marked(lines, _PERCENT):
        if "[raw]" not in about:
            is_text = "[markdown]" in about or "[md]" in about
            in_pycharm = about.strip() in ("md", "markdown")
            yield "markdown" if is_text or in_pycharm else "code", part, about


def _text_or_code(part: list[str]) -> tuple[str, list[str], str]:
    """A part of a plain script; Colab writes its texts as strings of their own."""
    whole = "\n".join(part).strip()
    if re.fullmatch(r'"""(?:(?!""").)*"""', whole, re.DOTALL):
        return "markdown", [f"# {line}" for line in whole[3:-3].split("\n")], ""
    return "markdown" if _is_text(part) else "code", part, ""


def _is_text(part: list[str]) -> bool:
    return all(line.startswith("#") or not line.strip() for line in part)


def _light(lines: list[str]) -> Iterator[list[str]]:
    """Parts that a blank line ends, unless what follows belongs to the same statement or an open string."""
    part: list[str] = []
    quote, explicit = "", False
    for at, line in enumerate(lines):
        if not quote and _LIGHT.match(line):
            yield part
            part, explicit = [], line.startswith("# +")
            continue
        fresh = line[:1].strip() and not _GOES_ON.match(line) and at and not lines[at - 1].strip()
        if fresh and not quote and not explicit:
            yield part
            part = []
        part.append(line)
        quote = _open_quote(line, quote)
    yield part


def _open_quote(line: str, quote: str) -> str:
    """The triple quote that is open behind a line."""
    for found in re.findall('"""|' + "'''", line):
        quote = found if not quote else "" if quote == found else quote
    return quote


def _uncommented(line: str) -> str:
    return re.sub(r"^# ?", "", line)


def _cell(kind: str, lines: list[str], about: str) -> dict[str, Any]:
    grade_id = _GRADE_ID.search(about)
    metadata = {"nbgrader": {"grade_id": grade_id[1]}} if grade_id else {}
    return {"cell_type": kind, "metadata": metadata, "source": "\n".join(lines).strip("\n")}
