"""Values in messages: plain Python and NumPy values as tagged JSON, the bytes of their arrays behind it.

Encoding is lenient (NumPy scalars, zero-dimensional arrays and subclasses become plain), decoding is strict: bytes,
values, depth and array sizes are bounded before anything is allocated for them. There is no pickle anywhere.

    None, bool, int, float, str   themselves
    complex                       ["c", real, imaginary]
    list, tuple                   ["l", ...], ["t", ...]
    dict                          ["d", key, value, key, value, ...]
    array                         ["a", dtype, rows, columns, ...]; its bytes, in C order, follow those of the array before
"""

from __future__ import annotations

import ctypes
import functools
import math
import struct
from typing import Any

import numpy as np

DEPTH = 24
# entries of one dict, for equal hashes cost their square, and of all in a message
ENTRIES, ALL_ENTRIES = 2000, 200_000
BITS = 1024  # of an int
KEYS = 624  # of the Mersenne Twister
MEMORY = 4 * (KEYS + 1)  # bytes of its state
LONGEST_AXIS = 1 << 31
RandomState = tuple[bytes, int, int, float]
_last_seen: tuple[bytes, RandomState] = b"", (b"", 0, 0, 0.0)
PLAIN = frozenset((type(None), bool, int, float))
# types as constants, for to write `bool | np.bool_` is to make a new one each time
BOOLEANS, INTEGERS, FLOATS = (bool, np.bool_), (int, np.integer), (float, np.floating)
COMPLEX, SEQUENCES = (complex, np.complexfloating), (list, tuple)
SIMPLE, INNER = frozenset((type(None), bool, float, str)), (dict, list)
# booleans, integers, floats, complex numbers, and how many bytes each takes
DTYPES = {np.dtype(code).str: np.dtype(code).itemsize for code in "?bhilBHILefdFD"}


class BadValue(Exception):
    """What came over the wire is not a value in this form, or too large."""


class Unsupported(Exception):
    """A value that does not travel; the text is the name of its type."""


class Encoder:
    """Encodes the values of one message; `arrays` is the bytes that go with it."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    @property
    def arrays(self) -> bytes:
        """The bytes of all arrays so far."""
        return b"".join(self.parts)

    def encode(self, value: Any, depth: int = DEPTH) -> Any:
        """The JSON form of `value`.

        Raises
        ------
        Unsupported
            If a part of it is of no supported type, or it is nested too deeply.
        """
        kind = type(value)
        if kind in PLAIN or (kind is str and value.isascii()):
            return value
        if isinstance(value, np.ndarray):
            return self._array(value)
        if isinstance(value, BOOLEANS):
            return bool(value)
        if isinstance(value, INTEGERS):
            return int(value)
        if isinstance(value, FLOATS):
            return float(value)
        if isinstance(value, str):
            return "".join(value).encode("utf-8", "replace").decode()
        if isinstance(value, COMPLEX):
            return ["c", float(value.real), float(value.imag)]
        if depth == 0:
            raise Unsupported("structure nested too deeply")
        if isinstance(value, dict):
            form: list[Any] = ["d"]
            for key, item in dict(value).items():
                form += self._key(key), self.encode(item, depth - 1)
            return form
        if isinstance(value, SEQUENCES):
            tag = "l" if isinstance(value, list) else "t"
            return [tag, *[self.encode(item, depth - 1) for item in value]]
        raise Unsupported(type(value).__name__)

    def _key(self, key: Any) -> Any:
        plain = self.encode(key)
        if isinstance(plain, list):
            raise Unsupported(f"dict with a {type(key).__name__} as a key")
        return plain

    def _array(self, array: np.ndarray[Any, Any]) -> Any:
        plain = np.asarray(array)
        code = plain.dtype.str
        if code not in DTYPES:
            if plain.dtype in (np.longdouble, np.clongdouble):
                plain = plain.astype(np.float64 if plain.dtype == np.longdouble else np.complex128)
            plain = plain.astype(plain.dtype.newbyteorder("="), copy=False)
            code = plain.dtype.str
        if code not in DTYPES:
            raise Unsupported(f"array of {plain.dtype.name}")
        if plain.ndim == 0:
            return self.encode(plain.item())
        self.parts.append(plain.tobytes())
        return ["a", code, *plain.shape]


class LenientEncoder(Encoder):
    """Encodes what does not travel as a text that says so."""

    def encode(self, value: Any, depth: int = DEPTH) -> Any:
        """The JSON form of `value`, whatever it holds."""
        before = len(self.parts)
        try:
            return super().encode(value, depth)
        except Unsupported as gap:
            del self.parts[before:]
            return f"<{gap}>"


class Decoder:
    """Decodes the values of one message, in the order in which they were encoded."""

    def __init__(self, arrays: bytes | bytearray = b"") -> None:
        self.arrays, self.at, self.entries = memoryview(arrays), 0, 0

    def decode(self, form: Any, depth: int = DEPTH) -> Any:
        """The value of a JSON form; raises BadValue unless it is exactly what `Encoder` makes."""
        kind = type(form)
        if kind in SIMPLE:
            return form
        if kind is int:
            if form.bit_length() > BITS:
                raise BadValue("an integer is too large")
            return form
        if kind is not list or not form or depth == 0:
            raise BadValue("no such form")
        tag, *content = form
        if tag == "a":
            return self._array(*content)
        if tag in ("l", "t"):
            values = [self.decode(item, depth - 1) for item in content]
            return values if tag == "l" else tuple(values)
        if tag == "d" and len(content) % 2 == 0 and len(content) <= 2 * ENTRIES:
            self.entries += len(content) // 2
            if self.entries > ALL_ENTRIES:
                raise BadValue("too many entries")
            return {
                self._key(key): self.decode(item, depth - 1)
                for key, item in zip(content[::2], content[1::2], strict=True)
            }
        if tag == "c" and list(map(type, content)) == [float, float]:
            return complex(*content)
        raise BadValue("no such form")

    def _key(self, form: Any) -> Any:
        if isinstance(form, INNER):
            raise BadValue("no such key")
        return self.decode(form)

    def _array(self, dtype: Any = None, *shape: Any) -> np.ndarray[Any, Any]:
        if type(dtype) is not str or dtype not in DTYPES or not 1 <= len(shape) <= 32:
            raise BadValue("no such array")
        for n in shape:
            if type(n) is not int or not 0 <= n < LONGEST_AXIS:
                raise BadValue("no such shape")
        start, self.at = self.at, self.at + math.prod(shape) * DTYPES[dtype]
        if self.at > len(self.arrays):
            raise BadValue("shape and bytes differ")
        try:
            return np.ndarray(shape, dtype, self.arrays, start).copy()
        except ValueError as err:
            raise BadValue("no such array") from err


def random_state() -> RandomState:
    """NumPy's global random state in plain parts: the keys, the position among them, and a spare normal number.

    NumPy takes longer to say it than most calls take, so its memory is looked at first: as long as keys and position
    are the same and there was no spare number to take, nobody has drawn.
    """
    global _last_seen
    address = _address()
    memory = ctypes.string_at(address, MEMORY) if address else b""
    if not memory or memory != _last_seen[0] or _last_seen[1][2]:
        _, keys, position, has_gauss, gauss = np.random.get_state()
        _last_seen = memory, (np.asarray(keys).tobytes(), int(position), int(has_gauss), float(gauss))
    return _last_seen[1]


def _address() -> int | None:
    """Where the global generator keeps its state: the keys as uint32, then the position as int32."""
    generator = np.random.get_bit_generator()  # type: ignore[attr-defined]
    if not isinstance(generator, np.random.MT19937) or not layout_is_known():
        return None
    address: int = generator.ctypes.state_address
    return address


@functools.cache
def layout_is_known() -> bool:
    """Whether this NumPy keeps a generator's state as `_address` says: tried on generators of our own, both ways.

    Where it does not, states travel through NumPy's own functions, which takes longer and is as right.
    """
    one, other = np.random.MT19937(1), np.random.MT19937(2)
    np.random.RandomState(one).rand(3)
    state = one.state["state"]
    memory = np.asarray(state["key"], np.uint32).tobytes() + struct.pack("=i", state["pos"])
    if ctypes.string_at(one.ctypes.state_address, MEMORY) != memory:
        return False
    ctypes.memmove(other.ctypes.state_address, memory, MEMORY)
    return bool(other.random_raw() == one.random_raw())


def encode_random(encoder: Encoder, state: RandomState) -> list[Any]:
    """The JSON form of a random state."""
    return [encoder.encode(np.frombuffer(state[0], np.uint32)), *state[1:]]


def set_random_state(decoder: Decoder, form: Any) -> None:
    """Sets NumPy's global random state; raises BadValue if `form` is not one (NumPy itself would read astray)."""
    match form:
        case [list(array), int(position), int(has_gauss), float(gauss)]:
            keys = decoder.decode(array)
            plain = isinstance(keys, np.ndarray) and keys.dtype == np.uint32 and keys.shape == (KEYS,)
            if plain and 0 <= position <= KEYS and has_gauss in (0, 1):
                _set(keys, (keys.tobytes(), position, has_gauss, gauss))
                return
    raise BadValue("no such random state")


def _set(keys: np.ndarray[Any, Any], state: RandomState) -> None:
    """Sets the state; in memory, where there is no spare number to set or to forget."""
    global _last_seen
    address, now = _address(), random_state()
    if address is None or now[2] or state[2]:
        np.random.set_state(("MT19937", keys, *state[1:]))
    else:
        memory = state[0] + struct.pack("=i", state[1])
        ctypes.memmove(address, memory, MEMORY)
        _last_seen = memory, state
