"""The few calls of the C library that Python does not have."""

from __future__ import annotations

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


class MachineGap(Exception):
    """The machine does not have, or denies, something that isolation is made of."""


def check(result: int, what: str) -> int:
    """`result` unless it is negative; then raises MachineGap with the system's reason."""
    if result < 0:
        raise MachineGap(f"{what}: {os.strerror(ctypes.get_errno())}")
    return result
