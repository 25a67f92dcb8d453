"""Landlock: a process gives up the file tree but for the paths it names, and signals and sockets to others."""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable

from .system import MachineGap, check, libc

CREATE, ADD, RESTRICT = 444, 445, 446  # the same on every architecture
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE, IOCTL = 1, 2, 4, 8, 1 << 14, 1 << 15
READ = EXECUTE | READ_FILE | READ_DIR
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL
SIGNALS_KEPT_IN = 6  # the version that can do so
BITS = {1: 13, 2: 14, 3: 15, 4: 15}  # rights that a version knows; 16 from the fifth on


def version() -> int:
    """The kernel's Landlock version; 0 if it has none."""
    return max(int(libc.syscall(CREATE, None, 0, 1)), 0)


def restrict(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Leaves this process the reading of `readable` and everything below `writable`; no_new_privs must be set.

    Raises
    ------
    MachineGap
        If the kernel cannot.
    """
    abi = version()
    if abi == 0:
        raise MachineGap("Landlock: not in this kernel")
    rights = (1 << BITS.get(abi, 16)) - 1
    # struct landlock_ruleset_attr: files; TCP bind and connect (4); abstract sockets and signals (6)
    attributes = struct.pack("=QQQ", rights, 3, 3)[: 24 if abi >= 6 else 16 if abi >= 4 else 8]
    ruleset = check(libc.syscall(CREATE, attributes, len(attributes), 0), "Landlock")
    try:
        for path in readable:
            _allow(ruleset, path, READ)
        for path in writable:
            _allow(ruleset, path, rights)
        check(libc.syscall(RESTRICT, ruleset, 0), "Landlock")
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        known = (1 << BITS.get(version(), 16)) - 1
        rights &= known if os.path.isdir(path) else OF_FILES & known
        rule = struct.pack("=Qi", rights, handle)  # struct landlock_path_beneath_attr, packed
        check(libc.syscall(ADD, ruleset, 1, ctypes.c_char_p(rule), 0), f"Landlock: {path}")
    finally:
        os.close(handle)
