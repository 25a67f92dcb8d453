"""How the two processes speak: over a local socket, a header of JSON and a body of bytes each way.

Who connects shows the key that lies beside the socket and that only this account can read.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import socket
import struct
from pathlib import Path
from typing import Any

from ..errors import MachineError

SIZES = struct.Struct("!II")
MOST = 32 * 2**20  # bytes of one message
AWAY = "The grader is starting again. Nothing was lost; try once more in a few seconds."


class Away(MachineError):
    """The other process cannot be reached, or went away before it answered."""


def packed(header: dict[str, Any], body: bytes = b"") -> bytes:
    """One message."""
    text = json.dumps(header).encode()
    return SIZES.pack(len(text), len(body)) + text + body


def receive(connection: socket.socket) -> tuple[dict[str, Any], bytes]:
    """The next message. Raises ConnectionError if it is not whole."""
    head, size = SIZES.unpack(_exactly(connection, SIZES.size))
    if head + size > MOST:
        raise ConnectionError("a message is too long")
    header: dict[str, Any] = json.loads(_exactly(connection, head))
    return header, _exactly(connection, size)


def _exactly(connection: socket.socket, size: int) -> bytes:
    content = bytearray()
    while len(content) < size:
        part = connection.recv(min(size - len(content), 1 << 20))
        if not part:
            raise ConnectionError("the other side is gone")
        content += part
    return bytes(content)


def key_fits(header: dict[str, Any], key: str) -> bool:
    """Whether who sent this message knows the key."""
    return hmac.compare_digest(str(header.pop("key", "")), key)


class Caller:
    """What asks the grader side: `ask` from ordinary code, `ask_soon` and `listen` from the front's event loop."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds the socket and the key."""
        self.path = str(folder / "socket")
        self.key = (folder / "key").read_text(encoding="ascii")

    def _message(self, do: str, values: dict[str, Any], body: bytes) -> bytes:
        return packed({"do": do, "key": self.key, **values}, body)

    def ask(
        self, do: str, body: bytes = b"", timeout_s: float = 60, **values: Any
    ) -> tuple[dict[str, Any], bytes]:
        """The answer to one request. Raises Away if there is none within `timeout_s`."""
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(timeout_s)
                connection.connect(self.path)
                connection.sendall(self._message(do, values, body))
                return receive(connection)
        except (OSError, ValueError) as err:
            raise Away(AWAY) from err

    async def ask_soon(
        self, do: str, body: bytes = b"", timeout_s: float = 60, **values: Any
    ) -> tuple[dict[str, Any], bytes]:
        """As `ask`, for an event loop."""
        try:
            async with asyncio.timeout(timeout_s):
                reader, writer = await asyncio.open_unix_connection(self.path)
                try:
                    writer.write(self._message(do, values, body))
                    await writer.drain()
                    return await _read(reader)
                finally:
                    writer.close()
        except (OSError, EOFError, ValueError, TimeoutError) as err:
            raise Away(AWAY) from err

    async def listen(self, told: Any) -> None:
        """Calls `told` with each thing that happens on the grader side, until that ends; then raises Away."""
        try:
            reader, writer = await asyncio.open_unix_connection(self.path)
            try:
                writer.write(self._message("events", {}, b""))
                while True:
                    header, _ = await _read(reader)
                    told(header)
            finally:
                writer.close()
        except (OSError, EOFError, ValueError) as err:
            raise Away(AWAY) from err


async def _read(reader: asyncio.StreamReader) -> tuple[dict[str, Any], bytes]:
    head, size = SIZES.unpack(await reader.readexactly(SIZES.size))
    if head + size > MOST:
        raise ConnectionError("a message is too long")
    header: dict[str, Any] = json.loads(await reader.readexactly(head))
    return header, await reader.readexactly(size)
