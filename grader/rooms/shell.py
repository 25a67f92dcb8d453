"""The IPython shell of a student room: cells as in a notebook, outputs as nbformat stores them, no kernel."""

from __future__ import annotations
import __future__

import ast
import contextlib
import io
import keyword
import pdb
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from typing import Any

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.history import HistoryManager
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from . import tolerance
from .raised import CELL, explain

MIMES = ("text/plain", "text/html", "text/markdown", "text/latex", "image/png", "image/jpeg", "image/svg+xml")
# A text under a name, such as a prediction: a lesson has dozens, and for each IPython takes its long way around.
NOTE = re.compile(r'([A-Za-z_]\w*) = "([^"\\\n]*)" *(?:#[^\n]*)?\s*')
LINES_LEFT_OUT = 40  # of a cell, for they are of another machine


class Outputs:
    """What a cell has put out so far, bounded in characters."""

    def __init__(self, limit: int) -> None:
        self.limit, self.left = limit, limit
        self.items: list[dict[str, Any]] = []
        self.clear_at_next = False

    def _take(self, size: int) -> bool:
        if self.clear_at_next:
            self.items, self.clear_at_next = [], False
        fits = size <= self.left
        if not fits and self.left >= 0:
            self.items.append(_stream("stderr", "[The rest of the output is left out: it is too long.]\n"))
        self.left = self.left - size if fits else -1
        return fits

    def write(self, name: str, text: str) -> None:
        """Adds text to a stream, joined to what went before on the same one."""
        if self.left <= 0:
            return
        if len(text) > self.left:
            text = text[: self.left]
        if not self._take(len(text) or 1):
            return
        last = self.items[-1] if self.items else {}
        if last.get("name") == name:
            last["text"].append(text)
        else:
            self.items.append({"output_type": "stream", "name": name, "text": [text]})
        if self.left <= 0:
            self._take(1)

    def show(self, kind: str, data: dict[str, Any], metadata: dict[str, Any], **more: Any) -> None:
        """Adds a rich output, of the types that a page can show."""
        plain = {mime: data[mime] for mime in MIMES if isinstance(data.get(mime), str)}
        alt = {m: v for m, v in (metadata or {}).items() if m in MIMES and isinstance(v, dict)}
        if plain and self._take(sum(map(len, plain.values()))):
            self.items.append({"output_type": kind, "data": plain, "metadata": alt, **more})

    def clear(self, wait: bool) -> None:
        """Forgets what was put out, at once or with the next output."""
        self.clear_at_next = wait
        if not wait:
            self.items = []

    def collected(self) -> list[dict[str, Any]]:
        """The outputs, streams joined."""
        for item in self.items:
            if item["output_type"] == "stream":
                item["text"] = "".join(item["text"])
        return self.items


def _stream(name: str, text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": [text]}


class Writer(io.TextIOBase):
    """A text stream into the shell's outputs."""

    def __init__(self, shell: RoomShell, name: str) -> None:
        self.shell, self.stream = shell, name

    def write(self, text: str) -> int:
        """Adds `text` to the outputs of the cell that runs."""
        self.shell.outputs.write(self.stream, text)
        return len(text)

    def writable(self) -> bool:
        """True."""
        return True


class _Compiler(CachingCompiler):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, ast.Module] = {}
        self._parsed: tuple[str, ast.AST] | None = None

    def understand(self, source: str) -> ast.Module | None:
        """The tree of a cell that is Python as it stands. It is kept, for the shell asks for it next."""
        if tree := self.known.get(source):
            self._parsed = source, tree
            return tree
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            try:
                tree = super().ast_parse(source)
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                return None
        self._parsed = None if said else (source, tree)  # else they are said when it is parsed again
        return tree if tree.body else None

    def learn(self, source: str) -> None:
        """Keeps the tree of a cell that will come often."""
        tree = self.understand(source)
        if tree and self._parsed:
            self.known[source] = tree

    def ast_parse(self, source: str, *args: Any, **kwargs: Any) -> ast.AST:
        parsed, self._parsed = self._parsed, None
        return parsed[1] if parsed and parsed[0] == source else super().ast_parse(source, *args, **kwargs)

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        return f"{CELL}{number}>"


class _Publisher(DisplayPublisher):  # type: ignore[misc]
    def publish(
        self, data: dict[str, Any], metadata: dict[str, Any] | None = None, *args: Any, **kwargs: Any
    ) -> None:
        self.shell.outputs.show("display_data", data, metadata or {})

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear(wait)


class _History(HistoryManager):  # type: ignore[misc]
    # plain attributes: as traits, each would be validated and announced for each cell
    _i = _ii = _iii = _i00 = ""


class _Hook(DisplayHook):  # type: ignore[misc]
    def start_displayhook(self) -> None:
        pass

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        count = self.shell.execution_count
        self.shell.outputs.show("execute_result", format_dict, md_dict or {}, execution_count=count)

    def finish_displayhook(self) -> None:
        pass


class RoomShell(InteractiveShell):  # type: ignore[misc]
    """A shell that keeps what cells put out and raises nothing."""

    compiler_class = Type(_Compiler)

    def __init__(self, **kwargs: Any) -> None:
        self.outputs = Outputs(0)
        self.missing: set[str] = set()  # names that another machine would have
        super().__init__(displayhook_class=_Hook, display_pub_class=_Publisher, **kwargs)
        self.compile.flags |= __future__.annotations.compiler_flag  # `-> torch.Tensor` is never looked up

    def init_history(self) -> None:
        """Keeps what was put in and out for `In` and `Out`."""
        self.history_manager = _History(shell=self, parent=self)

    def enable_gui(self, gui: str | None = None) -> None:
        """Nothing: figures are shown inline."""

    def system_piped(self, cmd: str) -> None:
        """Runs a command of the system (`!cmd`), without the terminal that IPython would want for it."""
        done = subprocess.run(
            self.var_expand(cmd, depth=1),
            shell=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        self.outputs.write("stdout", done.stdout.decode("utf-8", "replace"))
        self.user_ns["_exit_code"] = done.returncode

    system = system_piped

    def transform_cell(self, raw_cell: str) -> str:
        """IPython's own, spared where a cell is Python already: the search for magics takes longer than most cells.

        A cell that begins with a blank, or like the prompt `In [1]:`, is Python too, but IPython takes that off. So is
        an expression alone on its line, such as `ls`, but IPython may know it as a command.
        """
        if not raw_cell.startswith((" ", "\t", "\n", "\f", "In [")):
            cell = ended(raw_cell)
            tree = self.compile.understand(cell)
            if tree and ("\n" in raw_cell.strip() or not isinstance(tree.body[0], ast.Expr)):
                return cell
        return str(super().transform_cell(raw_cell))

    def should_run_async(self, raw_cell: str, **kwargs: Any) -> bool:
        """Whether a cell awaits something; compiling it to know is spared where it has no such word."""
        return "await" in raw_cell and bool(super().should_run_async(raw_cell, **kwargs))

    def showtraceback(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: `run` reports the exception."""

    showsyntaxerror = showindentationerror = showtraceback

    def run(self, source: str, limit: int) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
        """Runs a cell, without lines for another machine; its outputs, and what is to be known of an exception."""
        self.outputs = Outputs(limit)
        if (note := NOTE.fullmatch(source)) and not keyword.iskeyword(note[1]):
            self.user_ns[note[1]] = note[2]
            return [], None
        count = int(self.execution_count)  # type: ignore[has-type]
        source = tolerance.unwatched(source)
        error = self._run(source)
        if isinstance(error, SyntaxError) and (put_right := tolerance.blanks_put_right(source)):
            source = put_right
            error = self._run(source)
        rest: str | None = source
        for _ in range(LINES_LEFT_OUT):
            if error is None or isinstance(error, SyntaxError) or not rest:
                break
            rest = tolerance.rest_after(self.transform_cell(rest), error, CELL, self.missing)
            if rest is None:
                break
            said = explain(error, source)
            self.outputs.write("stderr", f"[Left out: line {said['line']}, {said['type']}: {said['text']}]\n")
            self.execution_count = count
            error = self._run(rest) if rest else None
        return self.outputs.collected(), None if error is None else explain(error, source)

    def _run(self, source: str) -> BaseException | None:
        result = self.run_cell(source, store_history=True)
        error: BaseException | None = result.error_before_exec or result.error_in_exec
        return error


def ended(cell: str) -> str:
    """A cell with a line's end at its end, as IPython wants it."""
    return cell if cell.endswith("\n") else cell + "\n"


def make_shell() -> RoomShell:
    """The one shell of this process, warm: figures inline, no history file, no thread."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.autocall = 0
    sys.breakpointhook = pdb.set_trace = lambda *_, **__: None  # nobody sits at the debugger
    shell: RoomShell = RoomShell.instance(config=config)
    with captured(shell):
        shell.run("%matplotlib inline\n1 + 1", 1000)
        shell.reset(new_session=True)
    return shell


@contextlib.contextmanager
def captured(shell: RoomShell) -> Iterator[None]:
    """Sends what is printed into the shell's outputs."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = Writer(shell, "stdout"), Writer(shell, "stderr")
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
