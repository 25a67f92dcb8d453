"""How deeply markup is nested, found without parsing it: what parses it may take the square of that, or end over it."""

from __future__ import annotations

import re

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_SHORT = frozenset(
    re.findall(r"\w+", "br hr img input meta link col wbr area base source track embed p li td th tr dt dd")
)


def nesting(markup: str) -> int:
    """How many elements are open at once, at most. Those that HTML closes by itself, or has no end of, are not counted."""
    depth = deepest = 0
    for end, tag in _TAG.findall(markup):
        if tag.lower() not in _SHORT:
            depth = max(depth - 1, 0) if end else depth + 1
            deepest = max(deepest, depth)
    return deepest
