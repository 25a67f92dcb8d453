"""The one way in which a file is written: whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable
from pathlib import Path

from .errors import CourseError, MachineError

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def write_file(
    path: Path, content: bytes | Iterable[bytes], mode: int = 0o644, *, flushed: bool = False
) -> None:
    """Writes a file that is there whole or not at all; `flushed`, it outlives the machine's going down.

    Raises MachineError if the disk will not have it.
    """
    part = path.with_name(f".{path.name}.part")  # always the same: a killed run's is overwritten
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with open(descriptor, "wb") as file:
            file.writelines((content,) if isinstance(content, bytes) else content)
            if flushed:
                file.flush()
                os.fsync(file.fileno())
        os.replace(part, path)
        if flushed:
            _flush(path.parent)
    except OSError as err:
        with contextlib.suppress(OSError):  # a folder that may not be written to gives nothing back either
            part.unlink(missing_ok=True)
        todo = "make room and run again" if err.errno in FULL else "name another place, or mend that"
        raise MachineError(f"{path} cannot be written ({err.strerror}); {todo}") from err


def plain_target(path: Path) -> Path:
    """The file that a person names to be written; where it is a link, what the link stands for.

    Raises
    ------
    CourseError
        If it is a folder, a device, or no name.
    """
    target = path.resolve()
    if target.is_dir() or not path.name:
        raise CourseError(f"{path} is a folder; name the file to write")
    if target.exists() and not target.is_file():
        raise CourseError(f"{path} is no plain file; name another to write")
    return target


def _flush(folder: Path) -> None:
    """Has the disk keep the names in a folder."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_changed(path: Path, text: str) -> bool:
    """Writes a text unless the file holds it already; whether it was written."""
    content = text.encode()
    if path.is_file() and path.read_bytes() == content:
        return False
    write_file(path, content)
    return True


def read_text(path: Path) -> str:
    """The text of a file of the course. Raises CourseError that names the line if it is not in UTF-8."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as err:
        line = content.count(b"\n", 0, err.start) + 1
        raise CourseError(f"{path}:{line}: not in UTF-8; save the file in that encoding") from err
