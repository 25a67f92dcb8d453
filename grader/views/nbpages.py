"""nbgrader's own pages, made inert: what `nbgrader generate_feedback` writes and what formgrader shows.

`configure(c)` in nbgrader_config.py puts both in place: generate_feedback writes our page, and formgrader keeps its
own, with every cell of the student's made harmless and a content security policy that lets only its own scripts run.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
import secrets
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbconvert.preprocessors import Preprocessor

from ..course import HIDDEN, Lesson, find_course
from ..errors import GraderError
from ..records.grades import Grades
from ..results import CheckResult, Outcome, SubmissionResult
from . import byhand, cellviews, drawing, feedback, inert
from .pages import TEMPLATES

_GRADING = (
    "grade",
    "solution",
    "locked",
    "task",
    "points",
    "score",
    "comment",
    "schema_version",
    "cell_type",
)
_IDENTITY = re.compile(r"[A-Za-z0-9_.\-]{1,100}\Z")
_NAMES = ("assignment_id", "notebook_id", "student", "last_name", "first_name", "notebook_path")


def configure(c: Any) -> None:
    """Puts our pages in nbgrader's place; nbgrader_config.py calls this with its configuration."""
    import nbgrader.server_extensions.formgrader as formgrader

    theirs = str(Path(formgrader.__file__).parent / "templates")
    c.GenerateFeedback.exporter_class = "grader.views.nbpages.FeedbackExporter"
    c.GenerateFeedback.preprocessors = []
    c.FeedbackExporter.optimistic_validation = False  # nbconvert trips over it where no preprocessor runs
    c.HTMLExporter.template_name = "formgrade_inert"
    c.HTMLExporter.extra_template_basedirs = [str(TEMPLATES), theirs]
    c.HTMLExporter.extra_template_paths = [theirs]
    c.HTMLExporter.preprocessors = ["grader.views.nbpages.Inert"]
    c.HTMLExporter.optimistic_validation = True  # what is invalid is put right by Inert, then validated once
    c.HTMLExporter.filters = {
        "markdown2html": "grader.views.drawing.markdown",
        "highlight_code": "grader.views.nbpages.highlighted",
        "policy": "grader.views.nbpages.policy",
    }


def policy(nonce: str) -> str:
    """Formgrader's content security policy: the server's scripts, inline ones with this page's nonce, no other.

    Formgrader's two onclick attributes are allowed by their hashes.
    """
    clicks = (hashlib.sha256(f"toggle_name({on});".encode()).digest() for on in ("true", "false"))
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in clicks)
    return (
        "default-src 'none'; connect-src 'self'; font-src 'self'; img-src data:; style-src 'self' 'unsafe-inline'; "
        f"script-src 'self' 'nonce-{nonce}' 'unsafe-hashes' {hashes}; base-uri 'none'; form-action 'none'"
    )


def highlighted(source: str, **_: Any) -> str:
    """A cell's source as nbconvert's templates expect it; called by them."""
    return f'<div class="highlight hl-ipython3"><pre><span></span>{drawing.code(source)}</pre></div>'


class Inert(Preprocessor):  # type: ignore[misc]  # nbconvert ships no types
    """Makes a notebook harmless before nbconvert's templates, which escape little, turn it into HTML."""

    enabled = True

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Called by the exporter; also gives the template the page's nonce and escapes what it prints as it is."""
        drawing.begin_page()
        nb.metadata = type(nb.metadata)(language_info={"name": "python"})
        rubrics = self._rubrics(resources)
        shown = []
        for index, cell in enumerate(nb.cells):
            clean = type(cell)(inert_cell(cell, index))
            grade_id = clean.metadata.get("nbgrader", {}).get("grade_id", "")
            if rubric := rubrics.pop(grade_id, ""):  # once, however often the cell stands in the notebook
                shown.append(type(cell)(_rubric(rubric, index)))
            shown.append(clean)
        nb.cells = shown
        resources["nonce"] = secrets.token_urlsafe(16)
        for name in _NAMES:
            if isinstance(resources.get(name), str):
                resources[name] = html.escape(inert.plain(resources[name], 300))
        return nb, resources

    def _rubrics(self, resources: Any) -> dict[str, str]:
        """What the solution says of each written answer, for the one who grades it; {} where no lesson is known."""
        root = self.config.CourseDirectory.get("root")
        try:
            lesson = find_course(Path(root) if root else None).lesson(str(resources.get("assignment_id", "")))
        except GraderError:
            return {}
        return {cell.id: cell.unmarked for cell in lesson.cells if cell.role == "written"}


def _rubric(text: str, index: int) -> dict[str, Any]:
    """A cell of the page, not of the notebook, that holds how a written answer is to be graded."""
    title = "**Rubric, from the solution; no student sees it.**"
    return {
        "id": f"rubric-{index + 1}",
        "cell_type": "markdown",
        "metadata": _nodes({}),
        "source": f"{title}\n\n{text}",
    }


def inert_cell(cell: dict[str, Any], index: int) -> dict[str, Any]:
    """A cell with its own source, safe outputs, and of its metadata only nbgrader's and the figure's text."""
    given = _dictionary(cell.get("metadata"))
    grading = _dictionary(given.get("nbgrader"))
    metadata: dict[str, Any] = {}
    if _IDENTITY.match(str(grading.get("grade_id", ""))):
        metadata["nbgrader"] = {name: grading[name] for name in _GRADING if name in grading}
        metadata["nbgrader"] |= {
            "grade_id": str(grading["grade_id"]),
            "points": float(grading.get("points") or 0),
        }
    if isinstance(given.get("alt"), str):
        metadata["alt"] = inert.plain(given["alt"], 500)
    source = inert.joined(cell.get("source", ""))
    clean = {"id": f"cell-{index + 1}", "metadata": _nodes(metadata)}
    if cell.get("cell_type") == "markdown":
        return clean | {"cell_type": "markdown", "source": cellviews.attached(cell, source)}
    outputs = [drawing.output(raw) for raw in cell.get("outputs", ())[:50] if isinstance(raw, dict)]
    shown = [_nodes(output) for output in outputs if output]
    return clean | {
        "cell_type": "code",
        "source": inert.plain(source),
        "execution_count": None,
        "outputs": shown,
    }


def _dictionary(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _nodes(value: Any) -> Any:
    from nbformat import from_dict

    return from_dict(value)


class FeedbackExporter(Exporter):  # type: ignore[misc]  # nbconvert ships no types
    """Lets `nbgrader generate_feedback` write the page that `grader feedback` writes."""

    file_extension = ".html"
    output_mimetype = "text/html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[str, Any]:
        """Called with an autograded notebook; nbgrader's resources say whose it is."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        whose = resources["nbgrader"]
        root = self.config.CourseDirectory.get("root")
        lesson = find_course(Path(root) if root else None).lesson(whose["assignment"])
        grades = Grades(Path(resources["metadata"]["path"]).resolve().parents[2])
        result = grades.standing(whose["student"], lesson.name)
        if result is None:
            result = result_of(lesson, nb).for_student(whose["student"])
        hands = byhand.read(whose["db_url"], lesson.name, whose["student"])
        return feedback.page(lesson, result, hands.get(whose["student"], byhand.ByHand()), nb), resources


def result_of(lesson: Lesson, notebook: dict[str, Any]) -> SubmissionResult:
    """The verdict that an autograded notebook carries itself, for one that `nbgrader autograde` made."""
    cells = {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell for cell in notebook["cells"]}
    checks = tuple(
        _verdict(check.id, check.function or "", check.points, cells.get(check.id)) for check in lesson.checks
    )
    score, full = sum(check.points for check in checks), sum(check.max_points for check in checks)
    return SubmissionResult(lesson.name, "graded", None, score, full, "", (), checks)


def _verdict(identity: str, function: str, points: float, cell: dict[str, Any] | None) -> CheckResult:
    errors = [output for output in (cell or {}).get("outputs", ()) if output.get("output_type") == "error"]
    if cell is not None and not errors:
        return CheckResult(identity, function, points, points, "passed")
    name = str(errors[0].get("ename", "")) if errors else ""
    outcome: Outcome = "unanswered" if name == "NotImplementedError" else "failed"
    message = "" if identity.endswith(HIDDEN) or not errors else str(errors[0].get("evalue", ""))
    return CheckResult(identity, function, 0.0, points, outcome, message)
