"""How checks call a graded function: through an `Answer`, one call or many at once, with stand-ins for helpers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any


class Answer:
    """A graded function as its check calls it.

    `seen` is what the check has its known mistakes recognised by (`testCases.why`); `raised` is what the function
    raised, so that it can be told from what the check itself stumbles over.
    """

    def __init__(self, name: str, function: Callable[..., Any]) -> None:
        self.name, self.function = name, function
        self.seen: Any = None
        self.nothing = False  # whether a call returned None
        self.raised: Exception | None = None

    def __call__(self, *arguments: Any) -> Any:
        """What the function returns."""
        with self._noted():
            value = self.function(*arguments)
        self.nothing |= value is None
        return value

    def to_each(self, arguments: Iterable[tuple[Any, ...]]) -> list[Any]:
        """What the function returns for each tuple of arguments."""
        with self._noted():
            values = answers(self.function, arguments)
        self.nothing |= any(value is None for value in values)
        return values

    def given(self, **stand_ins: Callable[..., Any]) -> contextlib.AbstractContextManager[None]:
        """See `given`."""
        return given(self.function, **stand_ins)

    @contextlib.contextmanager
    def _noted(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self.raised = error
            raise


def _dotted(name: str, stand_in: Callable[..., Any]) -> str:
    path = f"{stand_in.__module__}.{stand_in.__name__}"
    if "<" in path + stand_in.__qualname__ or path.startswith("__main__."):
        raise ValueError(
            f"given: the stand-in for {name} is {path}, expected a top-level function of a helper"
        )
    return path


def answers(function: Callable[..., Any], arguments: Iterable[tuple[Any, ...]]) -> list[Any]:
    """What `function` returns for each tuple of arguments, as a list.

    A grader's proxy asks for all of them in one message, so no argument should stand in two of the tuples if the
    function may change it.
    """
    at_once = getattr(function, "_answers_", None)
    return at_once(arguments) if at_once else [function(*one) for one in arguments]


@contextlib.contextmanager
def given(function: Callable[..., Any], **stand_ins: Callable[..., Any]) -> Iterator[None]:
    """While inside, `function` finds each stand-in under the name given, in place of the helper of that name.

    In a notebook the names are replaced where `function` looks them up, and any function may stand in. For a
    grader's proxy only the dotted name of the stand-in travels, so in a check it must be a top-level function of a
    helper module.

    Raises
    ------
    ValueError
        If `function` is a proxy and a stand-in is not such a function.
    TypeError
        If `function` is not written in Python.
    """
    if hasattr(function, "_given_"):
        with function._given_({name: _dotted(name, stand_in) for name, stand_in in stand_ins.items()}):
            yield
        return
    # the function itself, what a partial holds, or the method of a callable object
    parts: list[Any] = [function, *(getattr(function, name, None) for name in ("func", "__call__"))]
    names = next((part.__globals__ for part in parts if hasattr(part, "__globals__")), None)
    if names is None:
        raise TypeError(f"given: expected a Python function, got {type(function).__name__}")
    before = {name: names[name] for name in stand_ins if name in names}
    names.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            names.pop(name, None)
        names.update(before)
