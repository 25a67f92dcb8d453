"""What stops an experiment is told in a sentence: an answer still to be written, an interruption, a cell not run yet.

say_what_is_open()      from now on, in this notebook; testCases calls it, which every lesson imports
"""

from __future__ import annotations

import sys
import traceback
from types import TracebackType
from typing import Any

ABOVE = "If a cell above makes it, run that one first. After a restart all of them: choose Run, Run All Above Selected Cell."
INTERRUPTED = "Interrupted: this cell did not finish, and cells below may miss what it makes. Run it again when you can."


def say_what_is_open() -> None:
    """Let a stub's NotImplementedError and an interruption print as one sentence, and a name that is missing with one.

    Does nothing where no notebook runs.
    """
    if "ipykernel" not in sys.modules:
        return
    from IPython import get_ipython

    shell = get_ipython()
    if shell is not None:
        shell.set_custom_exc((NotImplementedError, KeyboardInterrupt, NameError), _tell)


def _tell(
    shell: Any, kind: type[BaseException], error: BaseException, trace: TracebackType, tb_offset: Any = None
) -> list[str]:
    """The lines that IPython prints in place of the traceback, or with it; the cell still counts as failed."""
    if isinstance(error, NameError):
        lines = list(shell.InteractiveTB.structured_traceback(kind, error, trace, tb_offset=tb_offset))
        lines += [ABOVE] if _is_of_a_cell(error) else []
    else:
        lines = [INTERRUPTED if isinstance(error, KeyboardInterrupt) else open_answer(trace)]
    shell._showtraceback(kind, error, lines)
    return lines


def _is_of_a_cell(error: NameError) -> bool:
    """Whether a cell itself asked for the name, and no function that it calls."""
    frames = list(traceback.walk_tb(error.__traceback__))
    return bool(frames) and frames[-1][0].f_code.co_name == "<module>"


def open_answer(trace: TracebackType | None) -> str:
    """The sentence for a traceback whose innermost frame is a stub."""
    name = traceback.extract_tb(trace)[-1].name
    return (
        f"{name} is not written yet. Write it where the lesson asks for it, delete its line that raises, run that cell, "
        "then run this one again."
    )
