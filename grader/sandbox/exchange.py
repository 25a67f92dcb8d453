"""Whether nbgrader's exchange is set up so that no account can take the place of the course's folder in it."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any


def settings(root: Path) -> tuple[Path, str] | None:
    """The exchange and the course's name in it, as nbgrader_config.py has them; None if it names no exchange."""
    if not (root / "nbgrader_config.py").is_file():
        return None
    from traitlets.config import PyFileConfigLoader

    config: Any = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    exchange, course = (
        config.get("Exchange", {}).get("root"),
        config.get("CourseDirectory", {}).get("course_id"),
    )
    return (Path(exchange), str(course)) if exchange and course else None


def faults(exchange: Path, course: str) -> list[str]:
    """What another account could do to the course's folder, each with what to do about it; [] if nothing, or no exchange.

    The folder itself may be written to by all, since nbgrader wants it so, but then it must be sticky, and the course's
    folder must be there before anybody else makes it.
    """
    if not exchange.is_dir():
        return []
    found, about, own = [], exchange.stat(), exchange / course
    if about.st_mode & stat.S_IWOTH and not about.st_mode & stat.S_ISVTX:
        found.append(f"any account may rename what is in {exchange}: sudo chmod 1777 {exchange}")
    if about.st_uid not in (0, os.getuid()):
        found.append(f"{exchange} belongs to another account: sudo chown root {exchange}")
    if not own.exists():
        make = f"sudo install -d -o {os.environ.get('USER') or os.getuid()} -m 755 {own}"
        return [*found, f"any account may make {own}, so make it first: {make}"]
    if own.is_symlink() or own.stat().st_uid not in (0, os.getuid()):
        found.append(f"{own} is not of this account; look what is in it, then remove it and make it again")
    elif own.stat().st_mode & stat.S_IWOTH:
        found.append(f"any account may write to {own}: chmod 755 {own}")
    return found
