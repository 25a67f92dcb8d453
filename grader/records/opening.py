"""Databases, opened so that a wrong address is one sentence."""

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
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

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
        raise MachineError(
            f"the gradebook at {_safe(url)} cannot be opened ({_said(err)}); see --db"
        ) from err
    try:
        yield gradebook
    except DBAPIError as err:
        raise MachineError(f"the gradebook at {_safe(url)} cannot be read ({err.orig}); see --db") from err
    finally:
        gradebook.close()


def named(url: str | None, otherwise: str) -> str:
    """The gradebook that was named, or the one that is usual. Raises MachineError if one was named that is not there."""
    if url:
        with opened(url):
            pass
    return url or otherwise


def answers(url: str) -> None:
    """Tries to connect. Raises MachineError if there is no database at `url`, or none that lets us in."""
    from sqlalchemy import create_engine
    from sqlalchemy.exc import SQLAlchemyError

    try:
        engine = create_engine(url)
        engine.connect().close()
        engine.dispose()
    except (SQLAlchemyError, ImportError, OSError, ValueError) as err:
        raise MachineError(f"the database at {_safe(url)} does not answer ({_said(err)}); see --db") from err


def _said(error: Exception) -> str:
    """What was said, in a line."""
    from sqlalchemy.exc import ArgumentError

    if isinstance(error, ArgumentError):
        return "no address of a database"
    said = str(getattr(error, "orig", error)).strip().splitlines()[:1]
    return (said or [type(error).__name__])[0]


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
