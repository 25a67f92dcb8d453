"""What travels between the rooms, and what is refused before anything is allocated for it."""

import itertools
import json
import socket
import struct
import time
import tracemalloc

import numpy as np
import pytest

from grader.rooms import values
from grader.rooms.channel import FRAME, NODES, Channel, Closed, Late, parse
from grader.rooms.values import (
    ALL_ENTRIES,
    BITS,
    ENTRIES,
    BadValue,
    Decoder,
    Encoder,
    Unsupported,
    encode_random,
    random_state,
    set_random_state,
)


def travel(value):
    """A value as it comes out on the other side."""
    encoder = Encoder()
    form = encoder.encode(value)
    return Decoder(encoder.arrays).decode(json.loads(json.dumps(form)))


@pytest.mark.parametrize(
    "value",
    [None, True, 3, -(2**70), 0.1, float("inf"), "é\n", "\U0001f600", 1 + 2j, [], [1, [2.5, "x"]], (1, (2,)), {}],
)  # fmt: skip
def test_plain_values_travel_with_their_types(value):
    back = travel(value)
    assert back == value and type(back) is type(value)


def test_dictionaries_keep_order_and_kinds_of_keys():
    value = {"b": 1, 2: (3, [4.0]), None: {"a": True}, 1.5: "x"}
    assert list(travel(value).items()) == list(value.items())


@pytest.mark.parametrize(
    "dtype", ["bool", "int8", "uint64", "float16", "float32", "float64", "complex128", ">f8"]
)
def test_arrays_travel_with_dtype_shape_and_values(dtype):
    array = np.arange(12).reshape(3, 4).astype(dtype)[:, ::2]
    back = travel({"W1": array, "b1": np.zeros((0, 3))})
    assert back["W1"].dtype == array.dtype.newbyteorder("=") and np.array_equal(back["W1"], array)
    assert back["b1"].shape == (0, 3) and back["W1"].flags.writeable


def test_nan_travels():
    back = travel([float("nan"), np.array([np.nan, 1.0])])
    assert np.isnan(back[0]) and np.isnan(back[1][0])


def test_numpy_scalars_and_small_subclasses_become_plain():
    class Number(float):
        pass

    class Pairs(dict):
        pass

    value = [
        np.float64(2.5),
        np.int8(3),
        np.bool_(True),
        np.array(4.0),
        Number(1.5),
        Pairs(a=1),
        np.str_("x"),
    ]
    back = travel(value)
    assert back == [2.5, 3, True, 4.0, 1.5, {"a": 1}, "x"]
    assert [type(item) for item in back] == [float, int, bool, float, float, dict, str]


def test_array_subclasses_become_plain_arrays():
    class Mine(np.ndarray):
        pass

    back = travel([np.ma.masked_array([1.0, 2.0], [0, 1]), np.ones(2).view(Mine)])
    assert [type(item) for item in back] == [np.ndarray, np.ndarray]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ((n for n in [1]), "generator"),
        ({1, 2}, "set"),
        (len, "builtin_function_or_method"),
        (np.array([None]), "array of object"),
        (np.array(["a"]), "array of str"),
        ({(1, 2): 3}, "dict with a tuple as a key"),
        (b"x", "bytes"),
    ],
)
def test_what_does_not_travel_is_named(value, name):
    with pytest.raises(Unsupported, match=name):
        Encoder().encode(value)


def test_what_is_nested_in_itself_does_not_travel():
    value = []
    value.append(value)
    with pytest.raises(Unsupported, match="nested too deeply"):
        Encoder().encode(value)


@pytest.mark.parametrize(
    "form",
    [
        {}, {"a": 1}, [], ["x"], [["l"]], ["l", {}], ["t", []], ["d", 1], ["d", ["l"], 1], ["d", {}, 1], ["d", 1, []],
        ["c", 1, 2], ["c", 1.0], 2 ** (BITS + 1), ["a"], ["a", "<f8", 1], ["a", "<f8"], ["a", "|O", 1], ["a", "V8", 1],
        ["a", "<f8", -1], ["a", "<f8", True], ["a", "<f8", "1"], ["a", "<f8", [1]], ["a", "<f8", *[0] * 40],
        ["a", "<f8", 2**31], ["a", ["<f8"], 1], ["d", *range(2 * ENTRIES + 2)], ["p", "cos"],
    ],
)  # fmt: skip
def test_every_other_form_is_refused(form):
    with pytest.raises(BadValue):
        Decoder(b"1234567").decode(form)


def test_depth_is_bounded():
    form = ["l"]
    for _ in range(100):
        form = ["l", form]
    with pytest.raises(BadValue):
        Decoder().decode(form)


def test_equal_hashes_cannot_hold_the_checker_up():
    step = 2**61 - 1  # of Python's hash of integers
    started = time.perf_counter()
    Decoder().decode(["d", *[part for n in range(ENTRIES) for part in (n * step, 1)]])
    assert time.perf_counter() - started < 5


def test_nor_can_many_dicts_with_equal_hashes():
    one = ["d", *[part for n in range(ENTRIES) for part in (n, 1)]]
    most = ALL_ENTRIES // ENTRIES
    assert len(Decoder().decode(["l", *[one] * most])) == most
    with pytest.raises(BadValue, match="entries"):
        Decoder().decode(["l", *[one] * (most + 1)])


def test_nothing_is_allocated_for_an_array_whose_bytes_are_not_there():
    tracemalloc.start()
    try:
        with pytest.raises(BadValue):
            Decoder(b"").decode(["a", "<f8", 2**30])
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()


def test_text_with_too_many_values_is_not_parsed():
    with pytest.raises(BadValue, match="too many"):
        parse(b"[" + b"0," * (NODES + 1) + b"0]")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"9" * 10_000])
def test_what_is_no_json_is_refused(body):
    with pytest.raises(BadValue):
        parse(body)


@pytest.mark.parametrize("known", [True, False])
def test_numpy_random_state_travels_both_ways_wherever_numpy_keeps_it(known, monkeypatch):
    assert values.layout_is_known()
    monkeypatch.setattr(values, "layout_is_known", lambda: known)
    np.random.seed(3)
    np.random.randn(5)
    encoder = Encoder()
    form = json.loads(json.dumps(encode_random(encoder, random_state())))
    expected = np.random.randn(4)
    set_random_state(Decoder(encoder.arrays), form)
    assert np.array_equal(np.random.randn(4), expected)


def test_random_state_is_set_exactly_whatever_was_drawn_before():
    """The spare normal number of an odd count is in no generator's memory, so both sides of it are tried."""
    for seed, (here, there, seen) in enumerate(itertools.product(range(4), range(4), (True, False))):
        np.random.seed(seed)
        np.random.rand(613 + seed)
        np.random.randn(here)
        encoder, expected = Encoder(), np.random.get_state()
        form = encode_random(encoder, random_state())
        np.random.seed(seed + 1)
        np.random.randn(there)
        if seen:
            random_state()
        set_random_state(Decoder(encoder.arrays), form)
        told, (_, keys, *rest) = random_state(), np.random.get_state()
        assert np.array_equal(keys, expected[1]) and tuple(rest) == expected[2:]
        assert told == (expected[1].tobytes(), *expected[2:])


@pytest.mark.parametrize("place", [-1, 625, 2**40])
def test_random_state_beyond_its_array_is_refused(place):
    encoder = Encoder()
    form = encode_random(encoder, random_state())
    form[1] = place
    with pytest.raises(BadValue):
        set_random_state(Decoder(encoder.arrays), form)


@pytest.fixture
def pair():
    """A channel, and the stranger's end of it."""
    mine, theirs = socket.socketpair()
    with mine, theirs:
        yield Channel(mine), theirs


def test_messages_go_there_and_back(pair):
    channel, theirs = pair
    channel.send({"a": [1, None, "é"]}, time.monotonic() + 5, b"12345")
    other = Channel(theirs)
    assert (
        other.receive(time.monotonic() + 5) == {"a": [1, None, "é"]}
        and bytes(other.decoder.arrays) == b"12345"
    )


def test_who_says_nothing_or_half_is_late(pair):
    channel, theirs = pair
    theirs.sendall(struct.pack(">II", 100, 0) + b"[1,")
    with pytest.raises(Late):
        channel.receive(time.monotonic() + 0.1)


def test_who_does_not_listen_is_late(pair):
    channel, _ = pair
    with pytest.raises(Late):
        channel.send("x" * 10_000_000, time.monotonic() + 0.1)


def test_who_hangs_up_is_gone(pair):
    channel, theirs = pair
    theirs.sendall(b"\0\0\0")
    theirs.close()
    with pytest.raises(Closed):
        channel.receive(time.monotonic() + 5)
    with pytest.raises(Closed):
        channel.send(1, time.monotonic() + 5)


@pytest.mark.parametrize("sizes", [(FRAME + 1, 0), (2**32 - 1, 0), (2, FRAME + 1)])
def test_lengths_are_judged_before_they_are_believed(pair, sizes):
    channel, theirs = pair
    theirs.sendall(struct.pack(">II", *sizes) + b"{}")
    with pytest.raises(BadValue):
        channel.receive(time.monotonic() + 5)
