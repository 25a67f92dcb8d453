"""What this copy of the course is: digests that tell when a result still holds and whether two machines agree."""

from __future__ import annotations

import functools
import hashlib
import platform
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from .course import LESSONS, ROOT


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
def course_version(root: Path = ROOT) -> str:
    """Digest of all that a grade depends on: lessons, helpers, data, the grader's code, Python and NumPy."""
    files = [root / "solutions" / name / f"{name}.ipynb" for name in LESSONS]
    files += [root / "notebooks" / name / f"{name}.ipynb" for name in LESSONS]
    files += [path for folder in ("helpers", "data", "grader") for path in (root / folder).rglob("*.py")]
    files += (root / "data").glob("*.npz")
    files += (root / "helpers").glob("*.json")
    code = digest((path for path in files if path.is_file()), root)
    return hashlib.sha256(f"{code}\0{environment()}".encode()).hexdigest()
