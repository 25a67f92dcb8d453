"""The student room: runs a notebook's cells, then answers calls of its functions. Nothing here is trusted.

The room runs cells one by one as it is told, and keeps a shallow copy of its names after each. To answer calls it
forks: the fork has the names as they stood at one place of the notebook, and goes on until its socket closes.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import socket
from collections.abc import Iterator
from typing import Any

from .limits import Limits
from .shell import RoomShell, captured, explain
from .values import BadValue, Channel, Closed, Unsupported, decode, encode, random_state, set_random_state


def serve(channel: Channel, shell: RoomShell, limits: Limits, used: list[str]) -> None:
    """The life of a room, from the first cell to the last call."""
    channel.send({"used": used})
    places = [dict(shell.user_ns)]
    child = 0
    with captured(shell):
        while True:
            message = channel.receive()
            if message["do"] == "run":
                shell.execution_count = message["number"]
                try:
                    outputs, error = shell.run(message["source"], int(limits.output))
                except BaseException as err:  # raised past the shell, by a hook that a cell has set
                    outputs, error = shell.outputs.collected(), explain(err)
                channel.send({"outputs": outputs, "error": error})
                places.append(dict(shell.user_ns))
            else:
                _, handles, _, _ = socket.recv_fds(channel.sock, 1, 1)
                child = _replace(child)
                if child == 0:
                    channel.close()
                    shell.user_ns.clear()
                    shell.user_ns.update(places[message["place"]])
                    answer_calls(Channel(socket.socket(fileno=handles[0])), shell)
                os.close(handles[0])
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass


def _replace(child: int) -> int:
    """Ends the fork that answered so far and makes the next."""
    if child:
        os.kill(child, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(child, 0)
    return os.fork()


def answer_calls(channel: Channel, shell: RoomShell) -> None:
    """Answers calls until the other side closes, then ends the process."""
    try:
        while True:
            message = channel.receive()
            shell.outputs.left = -1  # what a call prints is nobody's business
            channel.send(_answer(message, shell.user_ns))
    except (Closed, BadValue):
        pass
    finally:
        os._exit(0)


def _answer(message: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    if message["call"] not in names:
        return {"missing": True}
    function = names[message["call"]]
    args, kwargs = decode(message["args"]), decode(message["kwargs"])
    if message["random"] is not None:
        set_random_state(message["random"])
    before = random_state()
    reply: dict[str, Any]
    try:
        with _given(function, names, message["given"]):
            value = function(*args, **kwargs)
        reply = {"value": encode(value)}
    except Unsupported as err:
        reply = {"unsupported": str(err)}
    except MemoryError:
        reply = {"memory": True}
    except BaseException as err:
        reply = {"raised": explain(err)}
    after = random_state()
    reply["random"] = None if after == before else after
    with contextlib.suppress(Unsupported):
        left = [encode(args), encode(kwargs)]
        if json.dumps(left) != json.dumps([message["args"], message["kwargs"]]):
            reply["left"] = left
    return reply


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


