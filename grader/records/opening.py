"""A gradebook that is there already, opened so that a wrong address is one sentence."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import MachineError


@contextlib.contextmanager
def opened(url: str) -> Iterator[Any]:
    """nbgrader's `Gradebook` at `url`, which must exist. Raises MachineError if it cannot be opened or read."""
    from nbgrader.api import Gradebook
    from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

    file = Path(url.removeprefix("sqlite:///").partition("?")[0])
    if url.startswith("sqlite:///") and not file.is_file():
        raise MachineError(f"there is no gradebook at {file}; grade first, or name another with --db")
    try:
        if not _holds_a_gradebook(url):
            raise MachineError(
                f"there is no gradebook in {_safe(url)}; grade first, or name another with --db"
            )
        gradebook = Gradebook(url)
    except (SQLAlchemyError, ImportError, OSError, ValueError) as err:
        said = str(getattr(err, "orig", err)).strip().splitlines()[:1]
        what = (
            "no address of a database"
            if isinstance(err, ArgumentError)
            else (said or [type(err).__name__])[0]
        )
        raise MachineError(f"the gradebook at {_safe(url)} cannot be opened ({what}); see --db") from err
    try:
        yield gradebook
    except DBAPIError as err:
        raise MachineError(f"the gradebook at {_safe(url)} cannot be read ({err.orig}); see --db") from err
    finally:
        gradebook.close()


def _holds_a_gradebook(url: str) -> bool:
    """Whether nbgrader's tables are there; its own `Gradebook` would make them where they are not."""
    from sqlalchemy import create_engine, inspect

    engine = create_engine(url)
    try:
        return bool(inspect(engine).has_table("assignment"))
    finally:
        engine.dispose()


def _safe(url: str) -> str:
    """The address without a password."""
    head, at, tail = url.rpartition("@")
    return f"{head.partition('://')[0]}://…@{tail}" if at else url
