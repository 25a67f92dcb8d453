"""What this copy of the course is: digests that tell when a result still holds and whether two machines agree."""

from __future__ import annotations

import functools
import hashlib
import platform
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from .course import SETTINGS, Course

ENGINE = Path(__file__).resolve().parent


def digest(paths: Iterable[Path], root: Path) -> str:
    """SHA-256 over names and contents of files, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted(paths):
        content = path.read_bytes()
        total.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def environment() -> str:
    """The Python and NumPy that compute a student's numbers."""
    return f"python {'.'.join(platform.python_version_tuple()[:2])}, numpy {np.__version__}"


@functools.cache
def course_version(course: Course) -> str:
    """Digest of all that a grade depends on: lessons, helpers, data, the grader's code, Python and NumPy."""
    root = course.root
    files = [root / SETTINGS, *(root / "data").glob("*.npz"), *(root / "helpers").glob("*.json")]
    files += [make(name) for name in course.lessons for make in (course.solution, course.release)]
    files += [path for folder in ("helpers", "data") for path in (root / folder).rglob("*.py")]
    files += (root / "solutions").glob("*/exercises/*.py")
    code = digest((path for path in files if path.is_file()), root) + digest(ENGINE.rglob("*.py"), ENGINE)
    return hashlib.sha256(f"{code}\0{environment()}".encode()).hexdigest()
