"""Values on the wire: plain Python and NumPy values as tagged JSON, in frames of bounded size.

Encoding is lenient (NumPy scalars, zero-dimensional arrays and subclasses become plain), decoding is strict: bytes,
nodes, depth and array sizes are bounded before anything is allocated for them. There is no pickle anywhere.

    None, bool, int, float, str   themselves
    complex                       ["c", real, imaginary]
    list, tuple                   ["l", [...]], ["t", [...]]
    dict                          ["d", [[key, value], ...]]
    array                         ["a", dtype, shape, base64 of its bytes in C order]
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import socket
import struct
import time
from typing import Any

import numpy as np

FRAME = 16 << 20  # bytes in one message
NODES = 400_000  # values in one message
DEPTH = 24
ENTRIES = 2000  # of a dict: equal hashes cost their square
BITS = 1024  # of an int
DTYPES = {np.dtype(name).str for name in "? i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 c8 c16".split()}


class BadValue(Exception):
    """What came over the wire is not a value in this form, or too large."""


class Unsupported(Exception):
    """A value that does not travel; the text is the name of its type."""


class Closed(Exception):
    """The other side is gone."""


class Late(Exception):
    """The other side did not answer in time."""


def encode(value: Any, depth: int = DEPTH) -> Any:
    """The JSON form of `value`.

    Raises
    ------
    Unsupported
        If a part of it is of no supported type, or it is too deep.
    """
    if value is None or isinstance(value, bool | np.bool_):
        return None if value is None else bool(value)
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return float(value)
    if isinstance(value, str):
        return "".join(value).encode("utf-8", "replace").decode()
    if isinstance(value, complex | np.complexfloating):
        return ["c", float(value.real), float(value.imag)]
    if isinstance(value, np.ndarray):
        return _encode_array(value)
    if depth == 0:
        raise Unsupported("structure nested too deeply")
    if isinstance(value, dict):
        return ["d", [[_encode_key(key), encode(item, depth - 1)] for key, item in dict(value).items()]]
    if isinstance(value, list | tuple):
        return ["l" if isinstance(value, list) else "t", [encode(item, depth - 1) for item in value]]
    raise Unsupported(type(value).__name__)


def _encode_key(key: Any) -> Any:
    plain = encode(key)
    if isinstance(plain, list):
        raise Unsupported(f"dict with a {type(key).__name__} as a key")
    return plain


def _encode_array(array: np.ndarray[Any, Any]) -> Any:
    plain = np.asarray(array)
    if plain.dtype in (np.longdouble, np.clongdouble):
        plain = plain.astype(np.float64 if plain.dtype == np.longdouble else np.complex128)
    plain = plain.astype(plain.dtype.newbyteorder("="), copy=False)
    if plain.dtype.str not in DTYPES:
        raise Unsupported(f"array of {plain.dtype.name}")
    if plain.ndim == 0:
        return encode(plain.item())
    return ["a", plain.dtype.str, list(plain.shape), base64.b64encode(plain.tobytes()).decode()]


def decode(form: Any, depth: int = DEPTH) -> Any:
    """The value of a JSON form; raises BadValue unless it is exactly what `encode` makes."""
    if form is None or isinstance(form, bool | float | str):
        return form
    if isinstance(form, int):
        if form.bit_length() > BITS:
            raise BadValue("an integer is too large")
        return form
    if not isinstance(form, list) or not form or depth == 0:
        raise BadValue("no such form")
    match form:
        case ["c", float(real), float(imaginary)]:
            return complex(real, imaginary)
        case ["l", list(items)]:
            return [decode(item, depth - 1) for item in items]
        case ["t", list(items)]:
            return tuple([decode(item, depth - 1) for item in items])
        case ["d", list(pairs)] if len(pairs) <= ENTRIES:
            return dict([_decode_pair(pair, depth - 1) for pair in pairs])
        case ["a", str(dtype), list(shape), str(text)]:
            return _decode_array(dtype, shape, text)
    raise BadValue("no such form")


def _decode_pair(pair: Any, depth: int) -> tuple[Any, Any]:
    if not isinstance(pair, list) or len(pair) != 2 or isinstance(pair[0], list | dict):
        raise BadValue("no such key")
    return decode(pair[0]), decode(pair[1], depth)


def _decode_array(dtype: str, shape: list[Any], text: str) -> np.ndarray[Any, Any]:
    if dtype not in DTYPES or not 1 <= len(shape) <= 32:
        raise BadValue("no such array")
    if not all(type(n) is int and 0 <= n < 1 << 31 for n in shape):
        raise BadValue("no such shape")
    size = math.prod(shape) * np.dtype(dtype).itemsize
    if size > FRAME or len(text) != (size + 2) // 3 * 4:
        raise BadValue("shape and bytes differ")
    try:
        return np.frombuffer(base64.b64decode(text, validate=True), dtype).reshape(shape).copy()
    except (ValueError, binascii.Error) as err:
        raise BadValue("no such array") from err


def random_state() -> list[Any]:
    """NumPy's global random state in JSON form."""
    _, keys, position, has_gauss, gauss = np.random.get_state()
    return [encode(keys), int(position), int(has_gauss), float(gauss)]


def set_random_state(form: Any) -> None:
    """Sets NumPy's global random state; raises BadValue if `form` is not one (NumPy itself would read astray)."""
    match form:
        case [list(array), int(position), int(has_gauss), float(gauss)]:
            keys = decode(array)
            plain = isinstance(keys, np.ndarray) and keys.dtype == np.uint32 and keys.shape == (624,)
            if plain and 0 <= position <= 624 and has_gauss in (0, 1):
                np.random.set_state(("MT19937", keys, position, has_gauss, gauss))
                return
    raise BadValue("no such random state")


def pack(message: Any) -> bytes:
    """A frame: four bytes of length, then JSON."""
    body = json.dumps(message, separators=(",", ":")).encode()
    return struct.pack(">I", len(body)) + body


def unpack(body: bytes | bytearray, nodes: int = NODES) -> Any:
    """The message in a frame's body; raises BadValue if it is no JSON or has too many nodes."""
    if body.count(b",") + body.count(b"[") + body.count(b"{") > nodes:
        raise BadValue("too many values")
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as err:
        raise BadValue("no JSON") from err


class Channel:
    """Frames over a stream socket. Deadlines are times of `time.monotonic`; None waits for ever."""

    def __init__(self, sock: socket.socket, frame: int = FRAME, nodes: int = NODES) -> None:
        self.sock, self.frame, self.nodes = sock, frame, nodes

    def send(self, message: Any, deadline: float | None = None) -> None:
        """Sends one message; raises Late or Closed."""
        try:
            self.sock.settimeout(_left(deadline))
            self.sock.sendall(pack(message))
        except TimeoutError as err:
            raise Late from err
        except OSError as err:
            raise Closed from err

    def receive(self, deadline: float | None = None) -> Any:
        """The next message; raises Late, Closed or BadValue."""
        (size,) = struct.unpack(">I", self._read(4, deadline))
        if size > self.frame:
            raise BadValue("the message is too long")
        return unpack(self._read(size, deadline), self.nodes)

    def _read(self, size: int, deadline: float | None) -> bytearray:
        data = bytearray()
        while len(data) < size:
            try:
                self.sock.settimeout(_left(deadline))
                part = self.sock.recv(min(size - len(data), 1 << 20))
            except TimeoutError as err:
                raise Late from err
            except OSError as err:
                raise Closed from err
            if not part:
                raise Closed
            data += part
        return data

    def close(self) -> None:
        """Closes the socket."""
        self.sock.close()


def _left(deadline: float | None) -> float | None:
    return None if deadline is None else max(deadline - time.monotonic(), 0.001)
