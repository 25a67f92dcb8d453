"""What a line of a student's knew when it raised: names, the shapes of its arrays, and the keys of dictionaries.

It serves the messages of visible checks ("did you mean `keep_prob`?") and is a stranger's text like all that a student
room sends: who reads it checks its form (the course's `course_errors.names_in`).
"""

from __future__ import annotations

import re
import traceback
from typing import Any

NAMES, LONGEST, ITEMS = 200, 60, 20
WORD = re.compile(r"(?<![.\w])[A-Za-z_]\w*")


def scene(error: BaseException, cells: str, code: str) -> dict[str, Any]:
    """The names at the innermost line of a cell, whose files begin with `cells`; {} if the error arose in none."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    own = [frame for frame in frames if frame.f_code.co_filename.startswith(cells)]
    if not own:
        return {}
    frame = own[-1]
    local = dict(frame.f_locals)
    known = [*frame.f_code.co_varnames, *local, *(name for name in frame.f_globals if name[:1] != "_")]
    names = [name for name in dict.fromkeys(known) if type(name) is str and len(name) <= LONGEST]
    found: dict[str, Any] = {"names": names[:NAMES], "shapes": {}, "keys": {}}
    for name in WORD.findall(code)[:ITEMS]:
        value = local.get(name)
        shape = getattr(value, "shape", None)
        if type(shape) is tuple and len(shape) <= 3 and all(type(n) is int for n in shape):
            found["shapes"][name] = list(shape)
        if type(value) is dict:
            keys = [key for key in value if type(key) is str and len(key) <= LONGEST]
            found["keys"][name] = keys[:ITEMS]
    return found
