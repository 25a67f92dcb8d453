"""A notebook in the shape of a published write-up, run cell by cell against the helpers, and where its figures land."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import course_plots
import pytest
from matplotlib import pyplot
from matplotlib.collections import PathCollection

from tests import bank


@dataclass(frozen=True)
class Panel:
    """What stands in a figure that was shown: title, limits, and how many groups of points it holds."""

    title: str
    x: tuple[float, float]
    y: tuple[float, float]
    groups: int
    labels: tuple[str, str]


@dataclass
class Notebook:
    """The names of a notebook somebody looks at; `shown` lists the figures, of one panel each, of the cell run last."""

    names: dict[str, Any]
    shown: list[Panel] = field(default_factory=list)

    def run(self, source: str) -> list[Panel]:
        """Run a cell; the figures that it shows. What it leaves open comes out at its end, as in a notebook."""
        self.shown.clear()
        exec(compile(source, "<write-up>", "exec"), self.names)
        while pyplot.get_fignums():
            self.show(pyplot.gcf())
        return list(self.shown)

    def show(self, figure: Any, alt: str = "") -> None:
        [axes] = figure.axes
        points = [drawn for drawn in axes.collections if isinstance(drawn, PathCollection)]
        places = axes.get_xlim(), axes.get_ylim(), len(points), (axes.get_xlabel(), axes.get_ylabel())
        self.shown.append(Panel(axes.get_title(), *places))
        pyplot.close(figure)


@contextmanager
def opened(lesson: str, set_up: str) -> Iterator[Notebook]:
    """A notebook that has run the cell `set_up` of imports and then holds the lesson's reference answers."""
    pyplot.close("all")
    notebook = Notebook({"__name__": "__main__"})
    with pytest.MonkeyPatch.context() as patch, pyplot.rc_context():
        for name in ("COURSE_QUIET", "NBGRADER_EXECUTION", "NBGRADER_VALIDATING"):
            patch.delenv(name, raising=False)
        patch.setitem(sys.modules, "ipykernel", object())
        patch.setattr(course_plots, "show", notebook.show)
        patch.setattr(pyplot, "show", lambda: notebook.show(pyplot.gcf()))
        notebook.run(set_up)
        for cell in bank.cells(lesson):
            if cell.role == "answer":
                exec(cell.source, notebook.names)
        yield notebook
    pyplot.close("all")


def costs_in(printed: str) -> list[float]:
    """The costs of the lines "Cost after iteration i: J"."""
    return [float(line.split(": ")[1]) for line in printed.splitlines() if line.startswith("Cost after")]
