"""Which of the files in a submission's folder is the work: told by what stands in them, and said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..course import Lesson
from ..errors import SubmissionError
from .belonging import Belonging, belonging_of
from .forms import ZIP, members
from .intake import Handed
from .notebook import slim

LARGE = 2 * 2**20  # bytes above which outputs are taken off before a notebook goes through the rooms

File = tuple[str, bytes]


def settle(lesson: Lesson, handed: Handed) -> Handed:
    """What was handed in with the one notebook that counts, and notes on the others.

    The one under the expected name counts, unless it holds no answer and one beside it does. Without one of that
    name the one with the most answers counts.

    Raises
    ------
    SubmissionError
        If no file is of the lesson, or two with different answers could be meant.
    """
    expected = f"{lesson.name}.ipynb"
    if not handed.beside and not handed.notebook.startswith(ZIP):
        return _slimmed(handed)
    files = list(_unpacked([(expected, handed.notebook)] if handed.notebook else [], handed.beside))
    worth = [(name, content, _worth(lesson, content)) for name, content in files]
    best = _best(worth, expected)
    if best is None:
        raise SubmissionError(_nothing(lesson, files))
    notes = [
        f"not graded: {name}, which lies beside it" for name, content, _ in worth if (name, content) != best
    ]
    if best[0] != expected:
        notes.insert(0, f"the file is called {best[0]}")
    return _slimmed(replace(handed, notebook=best[1], beside=(), notes=(*handed.notes, *notes)))


def _unpacked(first: Sequence[File], beside: Sequence[File]) -> list[File]:
    found = []
    for name, content in (*first, *beside):
        if not content.startswith(ZIP):
            found.append((name, content))
            continue
        try:
            found += [(f"{name}/{inner}", data) for inner, data in members(content)]
        except SubmissionError:
            found.append((name, content))
    return found


def _worth(lesson: Lesson, content: bytes) -> Belonging | None:
    try:
        here = belonging_of(lesson, content)
    except SubmissionError:
        return None
    return here if here.is_of else None


def _best(worth: Sequence[tuple[str, bytes, Belonging | None]], expected: str) -> File | None:
    """The file that counts; None if none is of the lesson. Raises SubmissionError if several could."""
    ours = [(name, content, here) for name, content, here in worth if here]
    own = [item for item in ours if item[0] == expected]
    if own and (own[0][2].answered or not any(here.answered for _, _, here in ours)):
        return own[0][:2]
    most = max((here.answered for _, _, here in ours), default=0)
    best = {content: name for name, content, here in reversed(ours) if here.answered == most}
    if len(best) > 1:
        names = ", ".join(sorted(best.values()))
        raise SubmissionError(f"several notebooks could be meant ({names}); hand in the one that counts")
    return next(((name, content) for content, name in best.items()), None)


def _nothing(lesson: Lesson, files: Sequence[File]) -> str:
    if len(files) == 1:
        try:
            belonging_of(lesson, files[0][1])
        except SubmissionError as err:
            return f"{files[0][0]}: {err}"
    if not files:
        return "no notebook is in the ZIP file; hand in the .ipynb"
    names = ", ".join(name for name, _ in files[:4])
    return f"nothing in {names} belongs to the lesson {lesson.name}; hand in the right notebook"


def _slimmed(handed: Handed) -> Handed:
    if len(handed.notebook) <= LARGE:
        return handed
    less, notes = slim(handed.notebook)
    size = (len(handed.notebook) - len(less)) / 2**20
    told = f"outputs and other ballast of {size:.0f} MiB were left out"
    return replace(handed, notebook=less, notes=(*handed.notes, told, *notes))
