"""The checker room: runs our checks against proxies of the student's functions, and passes the verdict on.

Each graded name is a proxy. A call sends plain values to the student room and brings plain values back; an answer
that cannot be had ends the check. Not a line of the student's runs here.
"""

from __future__ import annotations

import ast
import base64
import contextlib
import marshal
import signal
import socket
import traceback
from collections.abc import Callable, Iterator
from types import CodeType, FrameType
from typing import Any

import numpy as np

from . import recognise
from .limits import Limits
from .messages import describe, four_digits, said_by_assert, tidy
from .session import RUN_ANYWAY, CodeCell, Patience, RoomFault, RoomLost, Session
from .values import BadValue, Channel, Encoder, encode_random, random_state, set_random_state

FRAME, NODES = 64 << 20, 4_000_000  # of a whole submission, ours
SEED = 12345  # what a check that does not seed begins with
LONGEST_PARSED = 20_000  # characters of a stranger's cell that are looked at
OUR_TIME = 20.0  # seconds that a check may take beside its calls
CALLS_A_CHECK = 3.0  # a check may take this many calls' time in all


class CallEnded(BaseException):
    """A call has no answer, so the check that made it has ended; no check can catch this by mistake."""

    def __init__(self, outcome: str, message: str) -> None:
        super().__init__(message)
        self.outcome, self.message = outcome, message


class NeedsExperiments(Exception):
    """An answer uses a name that only a training cell defines."""


class StudentError(Exception):
    """An exception of a student's own type."""


class Calls:
    """The calls of one submission: what the proxies share."""

    def __init__(self, session: Session, graded: tuple[str, ...]) -> None:
        self.session, self.graded = session, graded
        self.experiment_names: set[str] = set()  # that only cells define which were not run
        self.given_names: set[str] = set()
        self.given_gone = False  # a call missed one of the given names
        self.patience = Patience(session.limits.call_s, session.limits.least_s)
        self.function, self.position, self.hidden = "", 0, False
        self.check_end = 0.0
        self.ended: CallEnded | None = None
        self.returned: list[Any] = []  # the last value that came back
        self.random: Any = None
        self.given: dict[str, str] = {}

    def begin(self, function: str, position: int, hidden: bool) -> None:
        """Called before each check."""
        self.function, self.position, self.hidden = function, position, hidden
        self.check_end = self.patience.until(self.session.end, CALLS_A_CHECK)
        self.ended, self.returned, self.given = None, [], {}

    def call(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """What the student's function returns; raises what it raised, or CallEnded."""
        if self.ended:
            raise self.ended
        try:
            return self._call(name, args, kwargs)
        except CallEnded as end:
            self.ended = end
            raise

    def _call(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        encoder, state = Encoder(), random_state()
        message = {"call": name, "args": encoder.encode(list(args)), "kwargs": encoder.encode(kwargs)}
        deadline = min(self.patience.until(self.session.end), self.check_end)
        try:
            fork = self.session.fork_at("hidden" if self.hidden else "visible")
            message["place"] = self.session.place(self.position)
            known = self.random == (fork, state)
            message |= {"given": self.given, "random": None if known else encode_random(encoder, state)}
            reply = self.session.call(message, deadline, self.patience, encoder.arrays)
            if "value" in reply:
                self.returned = [fork.decoder.decode(reply["value"])]
            if "left" in reply:
                left_args, left_kwargs = (fork.decoder.decode(form) for form in reply["left"])
                _leave(list(args), left_args)
                _leave(kwargs, left_kwargs)
            if "random" in reply:
                set_random_state(fork.decoder, reply["random"])
                state = random_state()
            self.random = (fork, state)
            if "value" in reply:
                return self.returned[0]
        except RoomLost as loss:
            raise CallEnded(loss.outcome, LOST[loss.outcome].format(name=name)) from loss
        except (BadValue, ValueError, TypeError) as err:
            self.session.drop_fork()
            raise CallEnded("failed", f"{name} returned something that is too large or no plain value.") from err
        raise self._refusal(name, reply)

    def _refusal(self, name: str, reply: dict[str, Any]) -> BaseException:
        """The exception for a call that gave no value."""
        if "unsupported" in reply:
            kind = _known_type(str(reply["unsupported"]))
            text = f"{name} returned {kind}; it must return numbers, arrays, or lists, tuples and dicts of them."
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
            text = f"{name} is not defined, because its cell raised {_where(error)}."
            return CallEnded("raised", tidy(text))
        return CallEnded("unanswered", f"{name} is not defined in the notebook.")

    def _raised(self, name: str, raised: dict[str, Any]) -> BaseException:
        kind, missing = str(raised.get("type")), str(raised.get("name") or "")
        if kind == "NameError" and missing in self.experiment_names:
            raise NeedsExperiments
        self.given_gone |= kind == "NameError" and missing in self.given_names
        inner = missing if kind == "NameError" else str(raised.get("function"))
        if kind in ("NameError", "NotImplementedError") and inner in self.graded and inner != self.function:
            return CallEnded("not_reached", f"{self.function} needs {inner}, which has no answer yet.")
        if kind == "NotImplementedError":
            return CallEnded("unanswered", f"{name} has no answer yet.")
        known = getattr(__import__("builtins"), kind, None) if raised.get("builtin") else None
        builtin = isinstance(known, type) and issubclass(known, Exception)
        text = tidy(str(raised.get("text", "")))
        try:
            error = known(text) if builtin and known else StudentError(text)
        except TypeError:
            error = StudentError(text)
        error.report = raised | {"type": kind if builtin else "an exception of its own type"}
        return error


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
        return calls.call(name, args, kwargs)

    @contextlib.contextmanager
    def given(stand_ins: dict[str, str]) -> Iterator[None]:
        before, calls.given = calls.given, dict(stand_ins)
        try:
            yield
        finally:
            calls.given = before

    student_function.__name__ = student_function.__qualname__ = name
    student_function._given_ = given  # type: ignore[attr-defined]
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
    known = ("generator", "function", "map", "filter", "zip", "range", "set", "frozenset", "bytes", "type", "method")
    known += ("dict_keys", "dict_values", "dict_items", "array of object", "module", "ellipsis", "slice", "Figure")
    return f"a value of type {name!r}" if name in known else "a value of another type"


def _where(error: dict[str, Any]) -> str:
    text, line, code = str(error.get("text", "")), error.get("line"), str(error.get("code", ""))
    said = f"{error.get('type')}" + (f": {text}" if text else "")
    if isinstance(line, int):
        said += f" (line {line}" + (f": {code})" if code else ")")
    return said


def run_check(calls: Calls, check: dict[str, Any], code: CodeType, names: dict[str, Any]) -> dict[str, Any]:
    """Runs one check cell; its outcome, and the message for the student."""
    hidden, function = bool(check["hidden"]), str(check["function"])
    calls.begin(function, int(check["position"]), hidden)
    np.random.seed(SEED)
    outcome, message = "passed", ""
    try:
        with our_time(calls):
            exec(code, dict(names))  # our own check
        if calls.ended:
            outcome, message = calls.ended.outcome, calls.ended.message
    except (NeedsExperiments, RoomFault):
        raise
    except CallEnded as end:
        outcome, message = end.outcome, end.message
    except Exception as error:
        outcome, message = _verdict(calls, check, error)
    return {"id": check["id"], "function": function, "outcome": outcome, "message": tidy(four_digits(message))}


@contextlib.contextmanager
def our_time(calls: Calls) -> Iterator[None]:
    """Ends what takes too long on our side: an answer can be such that judging it never ends."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise CallEnded("timed_out", f"Judging what {calls.function} returned did not finish in time.")

    signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, CALLS_A_CHECK * calls.session.limits.call_s + OUR_TIME)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _verdict(calls: Calls, check: dict[str, Any], error: Exception) -> tuple[str, str]:
    """Outcome and message of a check that raised."""
    hidden, function = bool(check["hidden"]), str(check["function"])
    if calls.ended:
        return calls.ended.outcome, calls.ended.message
    report = getattr(error, "report", None)
    if report is not None:
        if hidden:
            return "raised", f"In a hidden check, {function} raised {report['type']}."
        return "raised", f"{function} raised {_where(report)}."
    returned = f" {function} returned {describe(calls.returned[0])}." if calls.returned else ""
    if isinstance(error, AssertionError):
        said = said_by_assert(error, check["source"], check["id"], hidden)
        if hidden:
            return "failed", f"{said or f'A hidden check of {function} failed.'}{returned}"
        return "failed", said
    kind = type(error).__name__
    text = f"The check could not use what {function} returned ({kind}{'' if hidden else f': {error}'})."
    return "failed", text + returned


def serve(channel: Channel, orders: socket.socket) -> None:
    """The life of a checker room: one payload, one verdict."""
    payload = channel.receive()
    try:
        verdict = grade(payload, orders)
    except RoomFault as fault:
        verdict = {"fault": str(fault)}
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{last.filename.rpartition('/')[2]}:{last.lineno}"
        verdict = {"fault": f"the checker room failed: {type(error).__name__}: {error} ({place})"}
    channel.send(verdict)


def grade(payload: dict[str, Any], orders: socket.socket) -> dict[str, Any]:
    """Runs a submission and all its checks.

    Once more with the trainings if an answer needs their names; once more with definitions only if what other cells
    did to the room (threads, names cleared away) kept answers from being had.
    """
    try:
        verdict, spoilt = _grade(payload, orders)
    except NeedsExperiments:
        verdict, spoilt = _grade(payload, orders, with_experiments=True)
    if spoilt:
        sober, _ = _grade(payload, orders, sober=True)
        pairs = zip(verdict["checks"], sober["checks"], strict=True)
        verdict["checks"] = [first if first["outcome"] == "passed" else second for first, second in pairs]
    return verdict


def _grade(
    payload: dict[str, Any], orders: socket.socket, *, with_experiments: bool = False, sober: bool = False
) -> tuple[dict[str, Any], bool]:
    """The verdict, and whether the room was unfit for some calls."""
    limits = Limits(**payload["limits"])
    cells = [
        CodeCell(cell["id"], cell["role"], cell["source"], cell["position"])
        for cell in payload["cells"]
        if (with_experiments or not cell["skip"])
        and (not sober or cell["role"] in RUN_ANYWAY or only_defines(cell["source"]))
    ]
    session = Session(orders, cells, limits)
    try:
        session.run_cells()
        calls = Calls(session, tuple(payload["functions"]))
        calls.experiment_names = set() if with_experiments or sober else set(payload["experiment_names"])
        calls.given_names = set(payload["given_names"])
        for report in session.reports.values():
            if isinstance(error := report.get("error"), dict) and error.get("name") in calls.experiment_names:
                raise NeedsExperiments
        checks, learned = _run_checks(payload, calls)
        verdict = {"cells": session.reports, "checks": checks, "learned": learned, "used": session.used}
        return verdict, not sober and (session.unfit or calls.given_gone)
    finally:
        with contextlib.suppress(RoomFault):
            session.close()


def _run_checks(payload: dict[str, Any], calls: Calls) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    names: dict[str, Any] = {"__name__": "__main__", "__builtins__": __builtins__}
    for source in payload["imports"]:
        with contextlib.suppress(Exception):
            exec(source, names)  # of our own cells
    names |= {name: proxy(calls, name) for name in payload["functions"]}
    done = {}
    # A message of a visible check may show what the student's code says, so no hidden check has run by then.
    for check in sorted(payload["checks"], key=lambda check: bool(check["hidden"])):
        done[check["id"]] = run_check(calls, check, marshal.loads(base64.b64decode(check["code"])), names)
        if done[check["id"]]["outcome"] != "passed":
            calls.session.drop_fork()
    results = [done[check["id"]] for check in payload["checks"]]
    learned: dict[str, Any] = {}
    failing = {result["function"]: result for result in results if result["outcome"] in ("failed", "raised")}
    for function in failing:
        position = max(check["position"] for check in payload["checks"] if check["function"] == function)
        calls.begin(function, position, True)
        found, vectors = None, {}
        with contextlib.suppress(CallEnded), our_time(calls):
            found, vectors = recognise.recognise(function, names[function], payload, CallEnded)
        learned |= vectors
        for result in results:
            if found and result["function"] == function and result["outcome"] in ("failed", "raised"):
                result |= found
    return results, learned


def only_defines(source: str) -> bool:
    """Whether a cell does nothing but import, define functions and classes, and name constants."""
    defining = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef
    body = _parse(source).body
    for node in body:
        constant = isinstance(node, ast.Assign) and not any(isinstance(n, ast.Call) for n in ast.walk(node))
        if not (isinstance(node, defining) or constant):
            return False
    return bool(body)


def _parse(source: str) -> ast.Module:
    """The syntax tree of a cell; an empty one if it is too long or no plain Python."""
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        if len(source) <= LONGEST_PARSED:
            return ast.parse(source)
    return ast.Module([], [])
