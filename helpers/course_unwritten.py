"""What stops an experiment is told in a sentence, in place of a page: an answer still to be written, an interruption.

say_what_is_open()      from now on, in this notebook; testCases calls it, which every lesson imports
"""

from __future__ import annotations

import sys
import traceback
from types import TracebackType
from typing import Any

INTERRUPTED = "Interrupted: this cell did not finish, and cells below may miss what it makes. Run it again when you can."


def say_what_is_open() -> None:
    """Let a stub's NotImplementedError and an interruption print as one sentence; does nothing where no notebook runs."""
    if "ipykernel" not in sys.modules:
        return
    from IPython import get_ipython

    shell = get_ipython()
    if shell is not None:
        shell.set_custom_exc((NotImplementedError, KeyboardInterrupt), _tell)


def _tell(
    shell: Any, kind: type[BaseException], error: BaseException, trace: TracebackType, tb_offset: Any = None
) -> list[str]:
    """The lines that IPython prints in place of the traceback; the cell still counts as failed."""
    lines = [INTERRUPTED if isinstance(error, KeyboardInterrupt) else open_answer(trace)]
    shell._showtraceback(kind, error, lines)
    return lines


def open_answer(trace: TracebackType | None) -> str:
    """The sentence for a traceback whose innermost frame is a stub."""
    name = traceback.extract_tb(trace)[-1].name
    return (
        f"{name} is not written yet. Write it where the lesson asks for it, delete its line that raises, run that cell, "
        "then run this one again."
    )
