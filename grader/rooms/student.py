"""The student room: runs a notebook's cells, then answers calls of its functions. Nothing here is trusted.

The room runs the cells that it is told of, reports on each, and keeps a shallow copy of its names after each. A call
sees the names as they stood at its place of the notebook. The room answers calls itself, until it is told to end; or,
where answers may go wrong, it stays as the cells have left it and forks for them. A fork goes on until its socket
closes.
"""

from __future__ import annotations

import contextlib
import importlib
import marshal
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from typing import Any

from .channel import Channel, Closed
from .isolation import end_with_parent
from .limits import Limits
from .raised import explain
from .shell import RoomShell, captured
from .values import (
    BadValue,
    Decoder,
    Encoder,
    LenientEncoder,
    Unsupported,
    encode_random,
    random_state,
    set_random_state,
)

ANSWERED = {"output_type": "stream", "name": "stdout", "text": "The answer stands in another cell.\n"}


def serve(
    channel: Channel,
    shell: RoomShell,
    limits: Limits,
    used: list[str],
    helpers: dict[str, dict[str, Any]],
    ours: frozenset[int],
) -> None:
    """The life of a room, from the first cell to the last call.

    `helpers` are the names of ours, by module, and `ours` the identities of what they name: told before the room was
    forked, for whoever looks at an object copies the page that it is on.
    """
    channel.send({"used": used})
    places = [dict(shell.user_ns)]
    child = 0
    with captured(shell):
        while True:
            message = channel.receive()
            if message["do"] == "run":
                for reply in run_cells(shell, message["cells"], message["seconds"], int(limits.output), ours):
                    channel.send(reply | {"to": message["to"]})
                    if "too_late" not in reply:
                        places.append(dict(shell.user_ns))
                    child = _reap(child)
            elif message["do"] == "answer":
                _restore(helpers)
                channel.send({"to": message["to"]})
                answer_calls(channel, shell, places)  # to the room's end
            else:
                channel.send({"to": message["to"]})
                _, handles, _, _ = socket.recv_fds(channel.sock, 1, 1)
                child = _replace(child)
                if child == 0:
                    end_with_parent()
                    channel.close()
                    _restore(helpers)
                    fork = Channel(socket.socket(fileno=handles[0]))
                    fork.send({"to": "fork"})
                    answer_calls(fork, shell, places)
                os.close(handles[0])
                child = _reap(child)


def run_cells(
    shell: RoomShell, cells: list[Any], seconds: float, limit: int, ours: frozenset[int]
) -> Iterator[dict[str, Any]]:
    """Runs cells, each a number, a source, and whether it runs even after `seconds`; yields what came of each.

    The fourth is the function of a stub, which does not run over an answer that is bound already.
    """
    me, process, now, end = os.getpid(), os.getpid, time.monotonic, time.monotonic() + seconds
    for number, source, anyway, stub in cells:
        if not anyway and now() >= end:
            yield {"too_late": True}
            continue
        if stub and _is_bound(shell.user_ns.get(stub), ours):
            yield {"outputs": [ANSWERED], "error": None}
            continue
        shell.execution_count = number
        try:
            outputs, error = shell.run(source, limit)
        except BaseException as err:  # raised past the shell, by a hook that a cell has set
            outputs, error = shell.outputs.collected(), explain(err)
        if process() != me:  # one that the cell has made, and that came to the cell's end too
            os._exit(0)
        yield {"outputs": outputs, "error": error}


def _is_bound(value: Any, ours: frozenset[int]) -> bool:
    """Whether a name holds a function of the student's, not one of our helpers of the same name."""
    return callable(value) and id(value) not in ours


def _reap(child: int) -> int:
    """Takes leave of processes that have ended; 0 if `child` is one of them."""
    with contextlib.suppress(ChildProcessError):
        while pid := os.waitpid(-1, os.WNOHANG)[0]:
            child = 0 if pid == child else child
    return child


def _restore(helpers: dict[str, dict[str, Any]]) -> None:
    """Calls see our helpers as we wrote them, whatever a cell has put into them."""
    for name, names in helpers.items():
        if module := sys.modules.get(name):
            vars(module).update(names)


def _replace(child: int) -> int:
    """Ends the fork that answered so far and makes the next.

    What calls have started would share the next one's time, so it ends too, where a room knows of it: as the first
    process of a namespace.
    """
    with contextlib.suppress(ChildProcessError, ProcessLookupError):
        if os.getpid() == 1:
            os.kill(-1, signal.SIGKILL)
            while True:
                os.waitpid(-1, 0)
        elif child:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    return os.fork()


def answer_calls(channel: Channel, shell: RoomShell, places: list[dict[str, Any]]) -> None:
    """Answers calls, each with the names of its place, until the other side closes; then ends the process."""
    place, me, process = -1, os.getpid(), os.getpid
    try:
        while True:
            message = channel.receive()
            shell.outputs.left = -1  # what a call prints is nobody's business
            if place != message["place"]:
                place = message["place"]
                shell.user_ns.clear()
                shell.user_ns.update(places[place])
            reply, arrays = _answer(message, channel.decoder, shell.user_ns)
            if process() != me:  # one that the call has made
                break
            channel.send(reply | {"to": message["to"]}, arrays=arrays)
    except (Closed, BadValue):
        pass
    finally:
        os._exit(0)


def _answer(message: dict[str, Any], decoder: Decoder, names: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The reply to one call, or to several of one function up to the first that gives no value, and its arrays."""
    if message["call"] not in names:
        return {"replies": [{"missing": True}]}, b""
    function, calls = names[message["call"]], []
    for forms in message["several"]:
        start = decoder.at
        args, kwargs = map(decoder.decode, forms)
        calls.append((args, kwargs, forms, bytes(decoder.arrays[start : decoder.at])))
    if message["random"] is not None:
        set_random_state(decoder, message["random"])
    before, parts = random_state(), Encoder()
    replies: list[dict[str, Any]] = []
    with _given(function, names, message["given"]):
        for args, kwargs, forms, sent in calls:
            reply, encoder = _answer_one(function, args, kwargs)
            left = _left(args, kwargs, forms, sent)
            if left is not None:
                reply["left"] = left[0]
                encoder.parts += left[1]
            replies.append(reply)
            parts.parts += encoder.parts
            if "value" not in reply:
                break
    answer: dict[str, Any] = {"replies": replies}
    if (after := random_state()) != before:
        answer["random"] = encode_random(parts, after)
    return answer, parts.arrays


def _answer_one(function: Any, args: Any, kwargs: Any) -> tuple[dict[str, Any], Encoder]:
    encoder = Encoder()
    try:
        return {"value": encoder.encode(function(*args, **kwargs))}, encoder
    except Unsupported as err:
        return {"unsupported": str(err)}, Encoder()
    except MemoryError:
        return {"memory": True}, Encoder()
    except BaseException as err:
        return {"raised": explain(err)}, Encoder()


def _left(args: Any, kwargs: Any, forms: list[Any], sent: bytes) -> tuple[list[Any], list[bytes]] | None:
    """What a call has made of its arguments, as forms and their arrays; None if they are as they were."""
    encoder = LenientEncoder()  # what does not travel is no argument of ours
    now = [encoder.encode(args), encoder.encode(kwargs)]
    if encoder.arrays != sent or marshal.dumps(now, 2) != marshal.dumps(forms, 2):
        return now, encoder.parts
    return None


@contextlib.contextmanager
def _given(function: Any, names: dict[str, Any], stand_ins: dict[str, str]) -> Iterator[None]:
    """Puts helpers in the place of names that the function uses."""
    space = getattr(function, "__globals__", names)
    missing = object()
    before = {name: space.get(name, missing) for name in stand_ins}
    for name, dotted in stand_ins.items():
        module, _, attribute = dotted.rpartition(".")
        space[name] = getattr(importlib.import_module(module), attribute)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is missing:
                space.pop(name, None)
            else:
                space[name] = value
