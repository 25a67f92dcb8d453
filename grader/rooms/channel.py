"""Messages between rooms: over a stream socket, with deadlines, bounded before anything is allocated for them.

A frame is the lengths of two parts, four bytes each, then a message as JSON, and the bytes of the arrays in it.
"""

from __future__ import annotations

import json
import select
import socket
import struct
import time
from typing import Any

from .values import INNER, BadValue, Decoder

FRAME = 16 << 20  # bytes of either part of a message
NODES = 1_500_000  # values in one message; a cell may put out as many commas as its outputs have characters
LEVELS = 50  # of nesting in a message
CHUNK = 1 << 16  # bytes to read at once
_to_json = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


class Closed(Exception):
    """The other side is gone."""


class Late(Exception):
    """The other side did not answer in time."""


class Channel:
    """Messages over a stream socket. Deadlines are times of `time.monotonic`; None waits for ever."""

    def __init__(
        self, sock: socket.socket, frame: int = FRAME, nodes: int = NODES, levels: int = LEVELS
    ) -> None:
        self.sock, self.frame, self.nodes, self.levels = sock, frame, nodes, levels
        self.decoder = Decoder()
        self.size = 0  # of the JSON of the last message
        self._here = bytearray()  # read, but not yet asked for

    def send(self, message: Any, deadline: float | None = None, arrays: bytes = b"") -> None:
        """Sends one message; raises Late or Closed."""
        body = _to_json(message).encode()
        rest = memoryview(struct.pack(">II", len(body), len(arrays)) + body + arrays)
        try:
            while rest:
                try:
                    rest = rest[self.sock.send(rest, socket.MSG_DONTWAIT) :]
                except BlockingIOError:
                    self.wait(select.POLLOUT, deadline)
        except OSError as err:
            raise Closed from err

    def receive(self, deadline: float | None = None) -> Any:
        """The next message; `decoder` then decodes its values. Raises Late, Closed or BadValue."""
        body_size, arrays_size = struct.unpack(">II", self._read(8, deadline))
        if body_size > self.frame or arrays_size > self.frame:
            raise BadValue("the message is too long")
        self.size = body_size
        frame = self._read(body_size + arrays_size, deadline)
        self.decoder = Decoder(frame[body_size:])
        return parse(frame[:body_size], self.nodes, self.levels)

    def _read(self, size: int, deadline: float | None) -> bytes:
        while (missing := size - len(self._here)) > 0:
            try:
                flags = 0 if deadline is None else socket.MSG_DONTWAIT
                part = self.sock.recv(max(CHUNK, min(missing, 1 << 20)), flags)
            except BlockingIOError:
                self.wait(select.POLLIN, deadline)
                continue
            except OSError as err:
                raise Closed from err
            if not part:
                raise Closed
            self._here += part
        taken = bytes(self._here[:size])
        del self._here[:size]
        return taken

    def begun(self, deadline: float | None) -> None:
        """Waits until something of the next message is here; raises Late."""
        if not self._here:
            self.wait(select.POLLIN, deadline)

    def wait(self, event: int, deadline: float | None) -> None:
        """Waits until the socket can be read or written (POLLIN, POLLOUT); raises Late."""
        poll = select.poll()
        poll.register(self.sock, event)
        if not poll.poll(None if deadline is None else 1000 * max(deadline - time.monotonic(), 0)):
            raise Late

    def close(self) -> None:
        """Closes the socket."""
        self.sock.close()


def parse(body: bytes | bytearray, nodes: int = NODES, levels: int = LEVELS) -> Any:
    """The message in a frame's JSON; raises BadValue if it is none or has too many values."""
    if body.count(b",") + body.count(b"[") + body.count(b"{") > nodes:
        raise BadValue("too many values")
    try:
        message = json.loads(str(body, "utf-8"))
    except (ValueError, RecursionError) as err:
        raise BadValue("no JSON") from err
    if body.count(b"[") + body.count(b"{") <= levels:
        return message
    level = [message]
    for _ in range(levels):  # whoever reads it next may stand deeper in the stack
        level = [
            item
            for one in level
            for item in (one.values() if type(one) is dict else one)
            if isinstance(item, INNER)
        ]
        if not level:
            return message
    raise BadValue("nested too deeply")
