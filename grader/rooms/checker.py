"""The checker room: runs our checks against proxies of the student's functions, and passes the verdict on.

Each graded name is a proxy. A call sends plain values to the student room and brings plain values back; an answer
that cannot be had ends the check. Not a line of the student's runs here.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import marshal
import signal
import socket
import traceback
from collections.abc import Iterator
from types import FrameType
from typing import Any

import numpy as np

from . import recognise
from .calls import CallEnded, Calls, NeedsExperiments, proxy, where
from .channel import Channel
from .clock import TurnOver
from .limits import Limits
from .messages import KNOWN, describe, four_digits, said_by_assert, tidy, worded
from .session import RUN_ANYWAY, CodeCell, RoomFault, Session

LARGE = 64 << 20, 16_000_000, 100  # bytes, values, levels: of a submission with all that its cells put out
SEED = 12345  # what a check that does not seed begins with
NO_HARM = ("passed", "unanswered", "not_reached")  # outcomes after which the room is as good as before
SUBMISSIONS = 50  # that one room serves: what we have not thought of does not add up for ever
LONGEST_PARSED = 20_000  # characters of a stranger's cell that are looked at


def run_check(calls: Calls, check: dict[str, Any], position: int, names: dict[str, Any]) -> dict[str, Any]:
    """Runs one check cell; its outcome, and what there is to say about it as fields (see `messages`)."""
    hidden, function = bool(check["hidden"]), str(check["function"])
    calls.begin(function, position, hidden)
    np.random.seed(SEED)
    outcome, said, own = "passed", dict[str, str](), dict(names)
    try:
        with our_time(calls):
            exec(check["code"], own)  # our own check
        if calls.ended:
            outcome, said = calls.ended.outcome, {"what": calls.ended.message}
    except (NeedsExperiments, RoomFault):
        raise
    except CallEnded as end:
        outcome, said = end.outcome, {"what": end.message}
    except Exception as error:
        outcome, said = _verdict(calls, check, error)
    finally:
        own.clear()  # a function that a check defines holds on to them, and so to what a student returned
    said = {field: tidy(four_digits(text)) for field, text in said.items()}
    return {"id": check["id"], "function": function, "outcome": outcome, **said}


@contextlib.contextmanager
def our_time(calls: Calls) -> Iterator[None]:
    """Ends what takes too long on our side: an answer can be such that judging it never ends."""

    limit, left = calls.session.limits.judging_s, calls.session.clock.left

    def end(_signal: int, _frame: FrameType | None) -> None:
        calls.clean = False  # who knows where that was
        if left < limit:  # not by what is left now: the timer may come a tick too early
            raise TurnOver
        raise CallEnded("timed_out", f"Judging what {calls.function} returned did not finish in time.")

    signal.signal(signal.SIGPROF, end)  # which comes when this process has worked for so long itself
    signal.setitimer(signal.ITIMER_PROF, max(min(limit, left), 0.01))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _verdict(calls: Calls, check: dict[str, Any], error: Exception) -> tuple[str, dict[str, str]]:
    """Outcome of a check that raised, and what there is to say."""
    hidden, function = bool(check["hidden"]), str(check["function"])
    if calls.ended:
        return calls.ended.outcome, {"what": calls.ended.message}
    report = getattr(error, "report", None)
    if report is not None:
        if hidden:
            return "raised", {"what": f"In a hidden check, {function} raises an error."}
        raised = f"{function} raised {where(report)}."
        if not isinstance(error, AssertionError):
            return "raised", {"what": raised}
        said = said_by_assert(error, check["source"], check["id"], function, hidden)  # the check explains it
        return "raised", said | {"subject": "", "what": f"{raised} {said['what']}"}
    if isinstance(error, AssertionError):
        said = said_by_assert(error, check["source"], check["id"], function, hidden)
        return "failed", said or {"what": f"A hidden check of {function} failed."}
    if hidden:  # a shape, a type, a length or an exception's name could each spell out what was passed in
        return "failed", {"what": f"The hidden check could not use what {function} returned."}
    kinds = {describe(value) for value in calls.returned}
    returned = f"{function} returned {kinds.pop()}." if len(kinds) == 1 else ""
    text = f"The check could not use what {function} returned ({type(error).__name__}: {error})."
    return "failed", {"what": text, "returned": returned}


def serve(channel: Channel, orders: socket.socket) -> None:
    """The life of a checker room: submissions in, verdicts out, until one might have left something in it."""
    lesson: dict[str, Any] = {}
    for count in range(1, SUBMISSIONS + 1):
        submission = channel.receive()
        if packed := channel.decoder.arrays:  # else it is of the lesson that this room knows
            lesson = marshal.loads(packed)  # of our own
        verdict: dict[str, Any] = {"clean": False}
        try:
            verdict |= grade(lesson | submission, orders)
        except TurnOver:
            verdict["held"] = True
        except RoomFault as fault:
            verdict["fault"] = str(fault)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{last.filename.rpartition('/')[2]}:{last.lineno}"
            verdict["fault"] = f"the checker room failed: {type(error).__name__}: {error} ({place})"
        verdict["clean"] &= count < SUBMISSIONS
        channel.send(verdict)
        if not verdict["clean"]:
            return
        if any(check["outcome"] != "passed" for check in verdict["checks"]):
            gc.collect()  # errors hold on to where they arose


def grade(payload: dict[str, Any], orders: socket.socket) -> dict[str, Any]:
    """Runs a submission and all its checks.

    Once more with the trainings if an answer needs their names; once more with definitions only if what other cells
    did to the room (threads, names cleared away, parts of Python or NumPy replaced) may have kept answers from being had.
    """
    try:
        verdict, spoilt = _grade(payload, orders)
    except NeedsExperiments as need:
        verdict, spoilt = _grade(payload, orders, with_experiments=True)
        verdict["clean"] = False  # it is not known of the first run
        if need.shown:  # a second run must not tell that a hidden check asked for it
            verdict["cells"], visible = need.shown
            verdict["checks"] = [visible.get(check["id"], check) for check in verdict["checks"]]
    if spoilt:
        sober, _ = _grade(payload, orders, sober=True)
        verdict["clean"] &= sober["clean"]
        verdict["crowded"] |= sober["crowded"]
        pairs = zip(verdict["checks"], sober["checks"], strict=True)
        verdict["checks"] = [second if second["outcome"] == "passed" else first for first, second in pairs]
    verdict["checks"] = [check | {"message": worded(check)} for check in verdict["checks"]]
    return verdict


def _grade(
    payload: dict[str, Any], orders: socket.socket, *, with_experiments: bool = False, sober: bool = False
) -> tuple[dict[str, Any], bool]:
    """The verdict, and whether the room was unfit for some calls."""
    limits = Limits(**payload["limits"])
    cells = [
        CodeCell(cell["id"], cell["role"], cell["source"], cell["position"], cell.get("stub", ""))
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
            error = report.get("error")
            if isinstance(error, dict) and str(error.get("name")) in calls.experiment_names:
                raise NeedsExperiments
        checks, learned = _run_checks(payload, calls)
        verdict: dict[str, Any] = {"cells": session.told, "checks": checks}
        verdict |= {"learned": learned, "used": session.used, "clean": calls.clean}
        verdict["crowded"] = session.crowded
        spoilt = session.unfit or calls.given_gone or _harmed(session, checks)
        return verdict, spoilt and not sober
    finally:
        with contextlib.suppress(RoomFault):
            session.close()


def _harmed(session: Session, checks: list[dict[str, Any]]) -> bool:
    """Whether answers failed or were lost where a cell of the student's own did more than define something."""
    own = [cell for cell in session.cells if cell.role in ("added", "experiment")]
    if all(only_defines(cell.source) for cell in own):
        return False
    reports = [session.reports.get(cell.id, {}) for cell in session.cells if cell.role in RUN_ANYWAY]
    lost = any(check["outcome"] in ("died", "timed_out", "out_of_memory") for check in checks)
    return lost or any(report.get("error") or report.get("lost") for report in reports)


def _run_checks(payload: dict[str, Any], calls: Calls) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    names: dict[str, Any] = {"__name__": "__main__", "__builtins__": __builtins__}
    for source in payload["imports"]:
        with contextlib.suppress(Exception):
            exec(source, names)  # of our own cells
    names |= {name: proxy(calls, name) for name in payload["functions"]}
    done = {}
    # A message of a visible check may show what the student's code says, so no hidden check has run by then.
    for check in sorted(payload["checks"], key=lambda check: bool(check["hidden"])):
        try:
            done[check["id"]] = _run_fairly(calls, check, payload["positions"][check["id"]], names)
        except NeedsExperiments as need:
            if check["hidden"]:  # then every visible one is done
                visible = {
                    other["id"]: done[other["id"]] for other in payload["checks"] if not other["hidden"]
                }
                need.shown = calls.session.told, visible
            raise
    results = [done[check["id"]] for check in payload["checks"]]
    _say_what_holds(results, {check["id"] for check in payload["checks"] if check["hidden"]})
    learned: dict[str, Any] = {}
    failing = {result["function"]: result for result in results if result["outcome"] in ("failed", "raised")}
    for function in failing:
        position = max(
            payload["positions"][check["id"]] for check in payload["checks"] if check["function"] == function
        )
        found, vectors = _recognise(calls, function, position, names, payload["exercises"])
        if not found and calls.session.failed:  # its checks may have left something behind
            calls.session.start_afresh()
            found, vectors = _recognise(calls, function, position, names, payload["exercises"])
        learned |= vectors
        for result in results:
            if result["function"] == function and result["outcome"] in ("failed", "raised"):
                # what its own check recognised by the lesson's example is confirmed here, or it is not said
                result |= found or (dict.fromkeys(KNOWN, "") if result.get("misconception") else {})
    return results, learned


def _say_what_holds(results: list[dict[str, Any]], hidden: set[str]) -> None:
    """Adds to a hidden check that failed whether the same function passes the visible one."""
    right = {result["function"] for result in results if result["id"] not in hidden and passed(result)}
    wrong = {result["function"] for result in results if result["id"] not in hidden and not passed(result)}
    for result in results:
        judged = result["id"] in hidden and result["outcome"] in ("failed", "raised")
        if judged and result["function"] in right - wrong and not result.get("also"):
            result["also"] = "It passes the visible check, whose inputs do not show this."


def passed(result: dict[str, Any]) -> bool:
    return bool(result["outcome"] == "passed")


def _recognise(
    calls: Calls, function: str, position: int, names: dict[str, Any], exercises: bytes
) -> tuple[dict[str, str] | None, dict[str, Any]]:
    calls.begin(function, position, True)
    with contextlib.suppress(CallEnded), our_time(calls):
        return recognise.recognise(function, names[function], exercises, CallEnded)
    return None, {}


def _run_fairly(calls: Calls, check: dict[str, Any], position: int, names: dict[str, Any]) -> dict[str, Any]:
    """Runs one check cell; once more, in a room as its cells left it, if other answers' failures may be to blame."""
    session, function = calls.session, str(check["function"])
    result = run_check(calls, check, position, names)
    if result["outcome"] not in NO_HARM and session.failed - {function}:
        session.start_afresh()
        result = run_check(calls, check, position, names)
    if result["outcome"] not in NO_HARM:
        session.failed.add(function)
        if session.fork_answers:
            session.start_afresh()
    return result


def only_defines(source: str) -> bool:
    """Whether a cell does nothing but import, define functions and classes, and name constants."""
    defining = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef
    body = _parse(source).body
    for node in body:
        if isinstance(node, ast.Assign):
            # an attribute or an entry of something else would be changed, not named
            named = all(isinstance(target, ast.Name) for target in node.targets)
            if not named or any(isinstance(part, ast.Call) for part in ast.walk(node)):
                return False
        elif not isinstance(node, defining):
            return False
    return bool(body)


def _parse(source: str) -> ast.Module:
    """The syntax tree of a cell; an empty one if it is too long or no plain Python."""
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        if len(source) <= LONGEST_PARSED:
            return ast.parse(source)
    return ast.Module([], [])
