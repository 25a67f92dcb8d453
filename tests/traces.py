"""What hostile code has left behind: in a course's files, in its gradebook, in a graded notebook, in a page."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from tests import fates
from tests.verdicts import GRADES


def digests(course: Path) -> dict[str, str]:
    """Every file of the course that grading has no business to change, with a digest."""
    find = ["find", ".", "-xdev", "-maxdepth", "8", "(", "-path", "./grades", "-o", "-path", "./.venv", "-o"]
    find += ["-name", "__pycache__", "-o", "-name", ".nbgrader.log", ")", "-prune", "-o", "-type", "f"]
    find += ["-size", "-200M", "-exec", "sha256sum", "{}", "+"]
    lines = subprocess.run(
        find, cwd=course, capture_output=True, text=True, errors="replace"
    ).stdout.splitlines()
    return {line[66:]: line[:64] for line in lines}


def below(folder: Path) -> list[str]:
    """What lies in a folder, without following links, five levels deep."""
    find = [
        "find",
        ".",
        "-xdev",
        "-mindepth",
        "1",
        "-maxdepth",
        "5",
        "-not",
        "-type",
        "d",
        "-printf",
        "%P\\n",
    ]
    if not folder.is_dir():
        return []
    return subprocess.run(
        find, cwd=folder, capture_output=True, text=True, errors="replace"
    ).stdout.splitlines()


def tells(folder: Path, *secrets: str) -> bool:
    """Whether a graded notebook repeats a secret."""
    if not folder.is_dir():
        return False
    words = [word for secret in secrets for word in ("-e", secret)]
    return subprocess.run(["grep", "-rqF", *words, str(folder)]).returncode == 0


def scores(gradebook: Path) -> dict[str, float | None] | None:
    """Automatic points by student, None where there are none; None for a gradebook that cannot be read."""
    found: dict[str, float | None] = {}
    try:
        with closing(sqlite3.connect(f"file:{gradebook}?mode=ro", uri=True)) as database:
            for student, _, points, *_ in database.execute(GRADES):
                found.setdefault(student, None)
                if points is not None:
                    found[student] = (found[student] or 0.0) + points
    except sqlite3.Error:
        return None
    return found


def acts(folder: Path) -> dict[str, list[str]]:
    """What each page in `folder` does by itself in a real browser, beyond what an honest one of its kind does."""
    from playwright.sync_api import sync_playwright

    from tests.browser import ARGUMENTS, served, visit

    found = {}
    with sync_playwright() as playwright, served(folder) as address:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for page in sorted(folder.glob("*.html")):
            with visit(browser, f"{address}/{page.name}", wait_ms=600) as seen:
                found[page.stem] = fates.acts(seen, f"{address}/{page.name}")
    return found
