"""The student room: runs a notebook's cells, then answers calls of its functions. Nothing here is trusted.

The room runs cells one by one as it is told, and keeps a shallow copy of its names after each. A call sees the names
as they stood at its place of the notebook. The room answers calls itself, until it is told to end; or, where answers
may go wrong, it stays as the cells have left it and forks for them. A fork goes on until its socket closes.
"""

from __future__ import annotations

import contextlib
import importlib
import marshal
import os
import signal
import socket
import sys
from collections.abc import Iterator
from typing import Any

from .isolation import end_with_parent
from .limits import Limits
from .shell import RoomShell, captured, explain
from .values import (
    BadValue,
    Channel,
    Closed,
    Decoder,
    Encoder,
    Unsupported,
    encode_random,
    random_state,
    set_random_state,
)


def serve(
    channel: Channel, shell: RoomShell, limits: Limits, used: list[str], helpers: dict[str, dict[str, Any]]
) -> None:
    """The life of a room, from the first cell to the last call. `helpers`: the names of ours, by module."""
    channel.send({"used": used})
    places = [dict(shell.user_ns)]
    child, me, process = 0, os.getpid(), os.getpid
    with captured(shell):
        while True:
            message = channel.receive()
            if message["do"] == "run":
                shell.execution_count = message["number"]
                try:
                    outputs, error = shell.run(message["source"], int(limits.output))
                except BaseException as err:  # raised past the shell, by a hook that a cell has set
                    outputs, error = shell.outputs.collected(), explain(err)
                if process() != me:  # one that the cell has made, and that came to the cell's end too
                    os._exit(0)
                channel.send({"to": message["to"], "outputs": outputs, "error": error})
                places.append(dict(shell.user_ns))
                continue
            channel.send({"to": message["to"]})
            if message["do"] == "answer":
                _restore(helpers)
                answer_calls(channel, shell, places)
            else:
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
    """Ends the fork that answered so far and makes the next."""
    if child:
        os.kill(child, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
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
    """The reply to one call, with the bytes of its arrays."""
    if message["call"] not in names:
        return {"missing": True}, b""
    function, given = names[message["call"]], decoder.arrays
    args, kwargs = decoder.decode(message["args"]), decoder.decode(message["kwargs"])
    sent = bytes(given[: decoder.at])
    if message["random"] is not None:
        set_random_state(decoder, message["random"])
    before, encoder = random_state(), Encoder()
    reply: dict[str, Any]
    try:
        with _given(function, names, message["given"]):
            value = function(*args, **kwargs)
        reply = {"value": encoder.encode(value)}
    except Unsupported as err:
        reply, encoder = {"unsupported": str(err)}, Encoder()
    except MemoryError:
        reply, encoder = {"memory": True}, Encoder()
    except BaseException as err:
        reply, encoder = {"raised": explain(err)}, Encoder()
    left = Encoder()
    with contextlib.suppress(Unsupported):
        forms = [left.encode(args), left.encode(kwargs)]
        if left.arrays != sent or marshal.dumps(forms, 2) != marshal.dumps(
            [message["args"], message["kwargs"]], 2
        ):
            reply["left"] = forms
            encoder.parts += left.parts
    if (after := random_state()) != before:
        reply["random"] = encode_random(encoder, after)
    return reply, encoder.arrays


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
