"""What one cell is made of: its words or lines, the names that it binds, and those that it needs from elsewhere."""

from __future__ import annotations

import builtins
import re
import symtable

LINE_MAGIC = re.compile(r"^\s*[%!].*$", re.MULTILINE)


def code_lines(source: str) -> int:
    """How many lines of `source` are neither blank nor comment."""
    return sum(bool(line.strip()) and not line.strip().startswith("#") for line in source.splitlines())


def words(source: str) -> int:
    """How many words a text cell has; a formula is one, a tag or table bar none."""
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$", "formula", source, flags=re.DOTALL)
    text = re.sub(r"</?\w+[^>]*>", " ", text)
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def names(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names that a code cell binds, and those it needs from elsewhere (builtins aside).

    Raises
    ------
    SyntaxError
        If the cell is not Python.
    """
    top = symtable.symtable(plain(source), "cell", "exec")
    binds = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported()}
    needs = {s.get_name() for s in top.get_symbols() if s.is_referenced()}
    tables = list(top.get_children())
    while tables:
        table = tables.pop()
        tables.extend(table.get_children())
        for symbol in table.get_symbols():
            if symbol.is_global():
                (binds if symbol.is_assigned() else needs).add(symbol.get_name())
    return frozenset(binds), frozenset(needs - binds - set(dir(builtins)) - {"get_ipython", "display"})


def plain(source: str) -> str:
    """The cell without IPython's magic lines."""
    return LINE_MAGIC.sub("pass", source)
