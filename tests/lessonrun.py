"""A lesson run once, and its text searched, for the tests of what it claims."""

from __future__ import annotations

import contextlib
import functools
import io
from typing import Any

import pytest
from matplotlib.figure import Figure

from tests import bank, colours

# the roles of cells that a reader runs; checks are tested elsewhere
RUN = ("given", "answer", "free", "experiment")


@functools.cache
def run(lesson: str, *, after_each: bool = False) -> dict[str, Any]:
    """The lesson's names after all its cells but the checks have run, with what was printed under "printed".

    The marks of each figure (see tests/colours.py) stand under "drawn figures".
    With `after_each` the names as they stood after each cell, too, under "after 0", "after 1", ...
    """
    notebook: dict[str, Any] = {"__name__": "__main__"}
    printed, figures, save = io.StringIO(), [], Figure.savefig

    def saved(figure: Figure, *arguments: Any, **options: Any) -> None:
        figures.append(colours.marks(figure))
        save(figure, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(printed):
        patch.setenv("COURSE_QUIET", "1")
        patch.setattr(Figure, "savefig", saved)
        for number, cell in enumerate(bank.cells(lesson)):
            if cell.role in RUN:
                exec(compile(cell.source, "<lesson>", "exec"), notebook)
                if after_each:
                    names = {k: v for k, v in notebook.items() if not k.startswith("after ")}
                    notebook[f"after {number}"] = names
    notebook |= {"printed": printed.getvalue(), "drawn figures": figures}
    return notebook


@functools.cache
def text_of(lesson: str) -> str:
    """All that the lesson says, in Markdown."""
    return "\n".join(cell.source for cell in bank.cells(lesson) if cell.kind == "markdown")


def says(lesson: str, *phrases: str) -> bool:
    """Whether the text states each phrase, whatever its line breaks, emphasis and formulas' marks; asserts it."""
    text = _plain(text_of(lesson))
    missing = [phrase for phrase in phrases if _plain(phrase) not in text]
    assert missing == []
    return True


def _plain(text: str) -> str:
    return " ".join(text.translate({ord(mark): None for mark in "$*"}).split())
