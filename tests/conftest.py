"""What was skipped is said at the end, and on CI nothing that CI can provide may be skipped.

Markers: browser (a real Chromium), database (a PostgreSQL server), sandbox (user namespaces and friends), classic (the
classic course's data.mat). With CI=true a skipped test with one of them fails.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from tests.browser import chromium  # noqa: F401  (a fixture: one browser a worker, whichever files ask for it)

os.environ["COURSE_QUIET"] = "1"  # no progress bars in tests
os.environ.setdefault("MPLBACKEND", "agg")

NEEDS = ("browser", "database", "sandbox", "classic")


def pytest_configure(config: pytest.Config) -> None:
    for name in NEEDS:
        config.addinivalue_line(
            "markers", f"{name}: needs something that not every machine has; see conftest.py"
        )
    config.addinivalue_line("markers", "xdist_group(name): tests that share a costly fixture")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by their parameter: a ZIP file holds the hour, and each worker must find the same tests."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    needed = [name for name in NEEDS if item.get_closest_marker(name)]
    if report.skipped and needed and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but CI must provide {', '.join(needed)}: {report.longrepr[2]}"
    return report


def pytest_terminal_summary(terminalreporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    for reason, count in reasons.items():
        terminalreporter.write_line(f"skipped {count}: {reason}")


@pytest.fixture(scope="session")
def course():
    """The solutions and the six classic trainings, each trained at most once."""
    from tests.course import Course

    return Course()


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A course of small lessons, whose rooms end with the module."""
    from grader.sandbox.sandbox import SANDBOXES
    from tests.roomcase import HELPERS

    path = tmp_path_factory.mktemp("rooms-course")
    (path / "helpers").mkdir()
    (path / "helpers" / "toolbox.py").write_text(HELPERS)
    for folder in (path, *path.parents):  # a room of root's runs as a stranger
        if folder.stat().st_uid == os.getuid():
            folder.chmod(folder.stat().st_mode | 0o055)
    yield path
    SANDBOXES.close()


@pytest.fixture(scope="module")
def pair(root):
    """A lesson of two functions, the second of which calls the first."""
    from tests.roomcase import write_pair

    return write_pair(root)
