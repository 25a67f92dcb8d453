"""Proxies of the student's functions: a call sends plain values to the student room and brings plain values back."""

from __future__ import annotations

import builtins
import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from .clock import Patience
from .messages import tidy
from .session import RoomLost, Session
from .values import BadValue, Decoder, Encoder, encode_random, random_state, set_random_state

Arguments = tuple[tuple[Any, ...], dict[str, Any]]  # of one call, by position and by name
CALLS_A_CHECK = 3.0  # a check may take this many calls' time in all


class CallEnded(BaseException):
    """A call has no answer, so the check that made it has ended; no check can catch this by mistake."""

    def __init__(self, outcome: str, message: str) -> None:
        super().__init__(message)
        self.outcome, self.message = outcome, message


class NeedsExperiments(Exception):
    """An answer uses a name that only a training cell defines.

    `shown` is what the student may read of this run, where a hidden check asked: cells and visible checks by id.
    """

    shown: tuple[dict[str, Any], dict[str, Any]] | None = None


class StudentError(Exception):
    """An exception of a student's own type."""


class Calls:
    """The calls of one submission: what the proxies share."""

    def __init__(self, session: Session, graded: tuple[str, ...]) -> None:
        self.session, self.graded = session, graded
        self.experiment_names: set[str] = set()  # that only cells define which were not run
        self.given_names: set[str] = set()
        self.clean = True  # nothing of the student's is in anything that outlives a check
        self.given_gone = False  # a call missed one of the given names
        self.patience = Patience(session.limits.call_s, session.limits.least_s)
        self.function, self.position, self.hidden = "", 0, False
        self.check_end = 0.0
        self.ended: CallEnded | None = None
        self.returned: list[Any] = []  # what the last call, or the last several, brought back
        self.random: Any = None
        self.given: dict[str, str] = {}

    def begin(self, function: str, position: int, hidden: bool) -> None:
        """Called before each check."""
        self.function, self.position, self.hidden = function, position, hidden
        self.check_end = self._until(CALLS_A_CHECK)
        self.ended, self.returned, self.given = None, [], {}

    def _until(self, more: float) -> float:
        return self.session.clock.until(more * self.patience.seconds, self.session.end)

    def call(self, name: str, *several: Arguments) -> list[Any]:
        """What the student's function returns for each; raises what it raised, or CallEnded."""
        if self.ended:
            raise self.ended
        try:
            return self._call(name, several)
        except CallEnded as end:
            self.ended = end
            raise

    def _call(self, name: str, several: tuple[Arguments, ...]) -> list[Any]:
        encoder, state = Encoder(), random_state()
        forms = [[encoder.encode(list(args)), encoder.encode(kwargs)] for args, kwargs in several]
        message: dict[str, Any] = {"call": name, "several": forms}
        more = min(len(several), CALLS_A_CHECK)
        deadline = min(self._until(more), self.check_end)
        try:
            answers = self.session.answering()
            message["place"] = self.session.place(self.position)
            known = self.random == (answers, state)
            message |= {"given": self.given, "random": None if known else encode_random(encoder, state)}
            reply = self.session.call(message, deadline, self.patience, encoder.arrays)
            self.returned, last = self._take(reply.get("replies"), several, answers.decoder)
            if "random" in reply:
                set_random_state(answers.decoder, reply["random"])
                state = random_state()
            self.random = (answers, state)
            if last is None:
                return self.returned
        except RoomLost as loss:
            raise CallEnded(loss.outcome, LOST[loss.outcome].format(name=name)) from loss
        except (BadValue, ValueError, TypeError) as err:
            self.session.start_afresh()
            raise CallEnded("failed", NO_VALUE.format(name=name)) from err
        raise self._refusal(name, last)

    def _take(
        self, replies: Any, several: tuple[Arguments, ...], decoder: Decoder
    ) -> tuple[list[Any], dict[str, Any] | None]:
        """The values that came back, and the reply that has none, which is the last."""
        values: list[Any] = []
        if not isinstance(replies, list):
            raise BadValue("no replies")
        for reply, (args, kwargs) in zip(replies, several, strict=False):
            if not isinstance(reply, dict):
                raise BadValue("no reply")
            if "value" in reply:
                values.append(decoder.decode(reply["value"]))
            if "left" in reply:
                self.clean = False
                left_args, left_kwargs = (decoder.decode(form) for form in reply["left"])
                _leave(list(args), left_args)
                _leave(kwargs, left_kwargs)
            if "value" not in reply:
                return values, reply
        if len(values) < len(several):
            raise BadValue("not all replies")
        return values, None

    def _refusal(self, name: str, reply: dict[str, Any]) -> BaseException:
        """The exception for a call that gave no value."""
        if "unsupported" in reply and self.hidden:  # the type's name is the student's to choose
            return CallEnded("failed", NO_VALUE.format(name=name))
        if "unsupported" in reply:
            kind = _known_type(str(reply["unsupported"]))
            text = (
                f"{name} returned {kind}; it must return numbers, arrays, or lists, tuples and dicts of them."
            )
            return CallEnded("failed", text)
        if "memory" in reply:
            return CallEnded("out_of_memory", LOST["out_of_memory"].format(name=name))
        if "missing" in reply:
            return self._missing(name)
        raised = reply.get("raised")
        if not isinstance(raised, dict):
            return CallEnded("died", LOST["died"].format(name=name))
        return self._raised(name, raised)

    def _missing(self, name: str) -> CallEnded:
        report = self.session.reports.get(name, {})
        if report.get("lost") in LOST:
            return CallEnded(report["lost"], f"{name} is not defined: its cell {CELL_LOST[report['lost']]}.")
        if error := report.get("error"):
            text = f"{name} is not defined, because its cell raised {where(error)}."
            return CallEnded("raised", tidy(text))
        return CallEnded("unanswered", f"{name} is not defined in the notebook.")

    def _raised(self, name: str, raised: dict[str, Any]) -> BaseException:
        kind, missing = str(raised.get("type")), str(raised.get("name") or "")
        if kind == "NameError" and missing in self.experiment_names:
            raise NeedsExperiments
        self.given_gone |= kind == "NameError" and missing in self.given_names
        inner = missing if kind == "NameError" else str(raised.get("function"))
        if kind in ("NameError", "NotImplementedError") and inner in self.graded and inner != self.function:
            needed = "another function" if self.hidden else inner  # an answer could name any
            return CallEnded("not_reached", f"{self.function} needs {needed}, which has no answer yet.")
        if kind == "NotImplementedError":
            return CallEnded("unanswered", f"{name} has no answer yet.")
        known = getattr(builtins, kind, None) if raised.get("builtin") else None
        builtin = isinstance(known, type) and issubclass(known, Exception)
        text = tidy(str(raised.get("text", "")))
        error: Exception = StudentError(text)
        if builtin and known is not None:
            with contextlib.suppress(TypeError):  # a few want more than a text
                error = known(text)
        vars(error)["report"] = raised | {"known": kind if builtin else "an exception of its own type"}
        return error


KNOWN_TYPES = {
    *(
        "bytes",
        "dict_items",
        "dict_keys",
        "dict_values",
        "filter",
        "frozenset",
        "function",
        "generator",
        "map",
    ),
    *("method", "module", "range", "set", "slice", "type", "zip", "array of object", "Figure"),
}
NO_VALUE = "{name} returned something that is too large or no plain value."
LOST = {
    "timed_out": "{name} did not finish in time. Is there a loop that never ends?",
    "died": "{name} ended the Python process.",
    "out_of_memory": "{name} used more memory than there is for it.",
}
CELL_LOST = {
    "timed_out": "did not finish in time",
    "died": "ended the Python process",
    "out_of_memory": "used too much memory",
    "not_run": "was not run",
}


def proxy(calls: Calls, name: str) -> Callable[..., Any]:
    """A stand-in for the student's function `name`."""

    def student_function(*args: Any, **kwargs: Any) -> Any:
        return calls.call(name, (args, kwargs))[0]

    def answers(arguments: Iterable[tuple[Any, ...]]) -> list[Any]:
        return calls.call(name, *((args, {}) for args in arguments))

    @contextlib.contextmanager
    def given(stand_ins: dict[str, str]) -> Iterator[None]:
        before, calls.given = calls.given, dict(stand_ins)
        try:
            yield
        finally:
            calls.given = before

    student_function.__name__ = student_function.__qualname__ = name
    student_function._given_ = given  # type: ignore[attr-defined]
    student_function._answers_ = answers  # type: ignore[attr-defined]
    return student_function


def _leave(mine: Any, left: Any) -> Any:
    """Leaves an argument as the call left it: containers and arrays of ours change in place."""
    if isinstance(mine, np.ndarray) and isinstance(left, np.ndarray) and mine.dtype == left.dtype:
        if mine.shape != left.shape:
            mine.resize(left.shape, refcheck=False)
        mine[...] = left
    elif isinstance(mine, list) and isinstance(left, list):
        mine[:] = [_leave(*pair) for pair in zip(mine, left, strict=False)] + left[len(mine) :]
        del mine[len(left) :]
    elif isinstance(mine, tuple) and isinstance(left, tuple) and len(mine) == len(left):
        return tuple([_leave(*pair) for pair in zip(mine, left, strict=True)])
    elif isinstance(mine, dict) and isinstance(left, dict):
        merged = {key: _leave(mine[key], item) if key in mine else item for key, item in left.items()}
        mine.clear()
        mine.update(merged)
    else:
        return left
    return mine


def _known_type(name: str) -> str:
    """A type's name if it is one of Python's or NumPy's, for a student could write anything into one."""
    return f"a value of type {name!r}" if name in KNOWN_TYPES else "a value of another type"


def where(error: dict[str, Any]) -> str:
    text, line, code = str(error.get("text", "")), error.get("line"), str(error.get("code", ""))
    said = f"{error.get('type')}" + (f": {text}" if text else "")
    if isinstance(line, int):
        said += f" (line {line}" + (f": {code})" if code else ")")
    return said
