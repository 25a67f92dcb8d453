"""The checker room against answers that would fool, stop or pump it; and what students are told."""

# ruff: noqa: E501 (a submission a line)
from __future__ import annotations

import json
import os
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from grader.rooms.limits import Limits
from grader.rooms.messages import describe, four_digits, tidy
from grader.rooms.session import Session
from tests.here import load_lesson
from tests.roomcase import (
    PATIENT,
    QUICK,
    answer,
    check_of,
    given,
    graded,
    hidden,
    outcomes,
    until,
    visible,
    write,
)

pytestmark = [pytest.mark.sandbox, pytest.mark.xdist_group("checker")]
INPUT, MARK = 987654, "zebra-" + "2718"


@pytest.fixture(scope="module")
def lesson(root):
    """f must return an array of one; g is never wrong."""
    return write(
        root,
        "checked",
        given("import numpy as np"),
        answer("f", "def f(x):\n    return np.array([x / 2])"),
        visible(
            "f",
            "import numpy as np\ngot = f(3)\nassert np.shape(got) == (1,), f'shape {np.shape(got)}'\n"
            "assert np.allclose(got, 1.5), f'f(3) is {got[0]}, expected 1.5'",
        ),
        hidden(
            "f",
            f"import numpy as np\ngot = f({INPUT})\n"
            f"assert np.shape(got) == (1,), f'f: {{got}} of shape {{got.shape}} for {INPUT} {MARK}'[:-{len(MARK)}]\n"
            f"for name in ('f', 'again'):\n"
            f"    assert np.allclose(got, {INPUT / 2}), f'{{name}}: {{got}} is not half of {{{INPUT}}}.'",
        ),
        answer("g", "def g():\n    return 1"),
        visible("g", "assert g() == 1"),
    )


WRONG = {
    "a subclass that agrees with all": "class A(np.ndarray):\n    def __array__(self, *a, **k): return np.array([1.5])\n"
    "    def __eq__(self, other): return True\ndef f(x):\n    return np.array([7.0]).view(A)",
    "a number that agrees with all": "class A(float):\n    def __eq__(self, o): return True\n    __hash__ = None\n"
    "    def __sub__(self, o): return 0.0\n    __rsub__ = __abs__ = __sub__\ndef f(x):\n    return np.array([A(7)])",
    "an object with its own array": "class A:\n    shape = (1,)\n    def __array__(self, *a, **k): return np.array([1.5])\n"
    "def f(x):\n    return A()",
    "a shape that lies": "class A(list):\n    shape = (1,)\n    def __len__(self): return 1\ndef f(x):\n    return A([1, 2])",
    "comparison patched": "np.allclose = np.isclose = np.testing.assert_allclose = lambda *a, **k: True\ndef f(x): return np.ones(1)",
    "builtins patched": "import builtins\nbuiltins.AssertionError = Warning\nbuiltins.abs = lambda x: 0\ndef f(x): return np.ones(1)",
    "numpy patched in C": "np.ndarray.__eq__\nnp.shape = lambda x: (1,)\ndef f(x): return np.ones(3)",
    "not a number": "def f(x): return np.array([np.nan])",
    "not a number that is all": "def f(x): return float('nan')",
    "a generator": "def f(x):\n    yield 1.5",
    "endless items": "import itertools\ndef f(x): return itertools.repeat(1.5)",
    "a function": "def f(x): return lambda: 1.5",
    "nesting without end": "def f(x):\n    r = []\n    r.append(r)\n    return r",
    "a deep list": "def f(x):\n    r = []\n    for _ in range(900): r = [r]\n    return r",
    "a list of a million lists": "def f(x): return [[] for _ in range(1_000_000)]",
    "an array of a gigabyte": "def f(x): return np.zeros(1 << 27)",
    "a huge integer": "def f(x): return 10 ** 4000",
    "an integer of a million digits": "def f(x): return 1 << 10_000_000",
    "equal hashes": "def f(x): return {n * (2**61 - 1): 1 for n in range(3_000)}",
    "objects in an array": "def f(x): return np.array([object()])",
    "lone surrogates": "def f(x): return '\\ud800' * 10",
    "SystemExit": "def f(x): raise SystemExit",
    "a base exception": "class E(BaseException): pass\ndef f(x): raise E",
    "an exception without a text": "class E(Exception):\n    def __str__(self): raise E\ndef f(x): raise E",
    "an assertion that passes for ours": "def f(x): raise AssertionError('passed')",
    "a message that passes for one of ours": "import sys\ndef f(x):\n    room = sys.modules['rooms.student']\n"
    "    room.Encoder.encode = lambda *a: ['a', '<f8', [10**9]]\n    return 1",
    "a random state that reads astray": "import sys\ndef f(x):\n    room = sys.modules['rooms.student']\n"
    "    room.encode_random = lambda e, s: [['a', '<u4', [2]], 10**6, 0, 0.0]\n    np.random.seed(9)\n    return 1",
    "arguments of another kind": "import sys\ndef f(x):\n    room = sys.modules['rooms.student']\n"
    "    room.marshal.dumps = lambda v, *k: str(id(v))\n    return 1",
    "fewer answers than calls": "import sys\ndef f(x):\n    room = sys.modules['rooms.student']\n"
    "    send = room.Channel.send\n    def less(self, message, *a, **k):\n        send(self, message | {'replies': []}, *a, **k)\n"
    "    room.Channel.send = less\n    return 1.5",
    "no list of answers": "import sys\ndef f(x):\n    room = sys.modules['rooms.student']\n"
    "    send = room.Channel.send\n    def less(self, message, *a, **k):\n        send(self, message | {'replies': {'value': 1.5}}, *a, **k)\n"
    "    room.Channel.send = less\n    return 1.5",
    "garbage on the wire": "import os\ndef f(x):\n    for n in range(3, 200):\n        try: os.write(n, b'\\xff' * 5000)\n"
    "        except OSError: pass\n    return 1.5",
    "a flood on the wire": "import os\ndef f(x):\n    while True:\n        for n in range(3, 200):\n"
    "            try: os.write(n, b'\\0\\0\\0\\0' * 5000)\n            except OSError: pass",
    "a frame that promises more": "import os\ndef f(x):\n    for n in range(3, 200):\n        try: os.write(n, b'\\0\\xff\\xff\\xff\\0\\0\\0\\0{')\n"
    "        except OSError: pass\n    import time\n    time.sleep(99)",
    "a frame of a verdict": "import os, json, struct\nverdict = json.dumps({'to': 'fork', 'replies': [{'value': ['l', [1.5]]}], 'checks': []}).encode()\n"
    "def f(x):\n    for n in range(3, 200):\n        try: os.write(n, struct.pack('>II', len(verdict), 0) + verdict)\n"
    "        except OSError: pass\n    return 1",
}  # fmt: skip


ENDLESS = ("endless items", "a flood on the wire", "a frame that promises more")


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_answer_stays_wrong_and_costs_only_itself(lesson, name):
    result = graded(lesson, None, QUICK if name in ENDLESS else PATIENT, f=WRONG[name])
    assert outcomes(result)[2] == "passed", result.checks
    assert "passed" not in outcomes(result)[:2]


def test_an_object_that_is_no_value_is_named(lesson):
    result = graded(lesson, f="def f(x):\n    yield 1.5")
    assert check_of(result, "f_visible").message.startswith(
        "f returned a value of type 'generator'; it must return"
    )


def test_a_check_that_catches_everything_does_not_pass_what_never_answered(root):
    careless = "try:\n    f(1)\nexcept Exception:\n    pass"
    lesson = write(root, "careless", answer("f", "def f(x):\n    return 1"), visible("f", careless))
    assert outcomes(graded(lesson)) == ["passed"]
    for body, outcome in (("raise NotImplementedError", "unanswered"), ("import os; os._exit(0)", "died")):
        assert outcomes(graded(lesson, f=f"def f(x):\n    {body}")) == [outcome]


def test_judging_an_odd_answer_ends_too(root):
    endless = "got = f()\nwhile got != 1:\n    pass"
    lesson = write(root, "endless", answer("f", "def f():\n    return 1"), visible("f", endless))
    limits = Limits(call_s=5, judging_s=-13)
    result = graded(lesson, None, limits, f="def f():\n    return 2")
    assert outcomes(result) == ["timed_out"] and "Judging" in result.checks[0].message


def test_a_visible_check_says_where_and_what_it_raised(lesson):
    result = graded(lesson, f="def f(x):\n    a = np.zeros(2)\n    return a @ np.zeros(3)")
    message = check_of(result, "f_visible").message
    assert "ValueError: matmul" in message and "line 3: return a @ np.zeros(3)" in message


def test_a_visible_check_shows_values_with_four_digits(lesson):
    result = graded(lesson, f="def f(x):\n    return np.array([x / 7.0])")
    assert check_of(result, "f_visible").message == "f(3) is 0.4286, expected 1.5"


TELLING = {
    "its value": ("def f(x):\n    return np.array([x * 3.0])", "failed"),
    "an exception's text": ("def f(x):\n    raise ValueError(f'got {x}') if x > 5 else 0", "raised"),
    "an exception's name": (
        "def f(x):\n    raise type(f'Got{x}', (Exception,), {})(x) if x > 5 else ZeroDivisionError",
        "raised",
    ),
    "a type's name": ("def f(x):\n    return type(f'Got{x}', (), {})()", "failed"),
    "a dictionary's keys": ("def f(x):\n    return {f'got {x}': x}", "failed"),
    "text": ("def f(x):\n    return f'got {x}'", "failed"),
    "what it printed": (
        "import sys\ndef f(x):\n    print(x, file=sys.stderr)\n    sys.exit(str(x))",
        "raised",
    ),
}


@pytest.mark.parametrize("name", TELLING)
def test_feedback_on_a_hidden_check_tells_neither_inputs_nor_values(lesson, name):
    source, outcome = TELLING[name]
    result = graded(lesson, f=source)
    check = check_of(result, "f_hidden")
    assert check.outcome == outcome
    for secret in (str(INPUT), str(INPUT * 3), "Got", "got ", "2.963e+06", MARK):
        assert secret not in check.message + str(check.hint), check.message


def test_feedback_on_a_hidden_check_tells_the_words_of_its_assert_and_nothing_of_the_value(lesson):
    result = graded(lesson, f="def f(x):\n    return np.array([x * 3.0])")
    assert check_of(result, "f_hidden").message == "f: … is not half of …."


def test_a_known_mistake_is_named_with_its_hint_and_costs_only_its_function():
    lesson = load_lesson("initialization")
    cells = {
        cell["id"]: "".join(cell["source"])
        for cell in lesson.solution["cells"]
        if cell["cell_type"] == "code"
    }
    ours = next(source for name, source in cells.items() if "def initialize_parameters_he" in source)
    assert "sqrt" in ours
    wrong = {"initialize_parameters_he": ours.replace("np.sqrt", "")}
    by_grade_id = {cell.id: cell for cell in lesson.cells}
    assert "initialize_parameters_he" in by_grade_id
    result = graded_real(lesson, wrong)
    lost = {check.function for check in result.checks if check.points < check.max_points}
    named = {check.misconception for check in result.checks if check.outcome == "failed"}
    assert lost == {"initialize_parameters_he"} and len(named) == 1 and None not in named
    assert all(check.hint for check in result.checks if check.outcome == "failed")


def graded_real(lesson, answers):
    """The verdict on a real lesson's solution with some answers replaced, by grade id."""
    import copy
    import json

    from grader.grading.grade import grade

    notebook = copy.deepcopy(lesson.solution)
    for cell in notebook["cells"]:
        identity = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = answers.get(identity, cell["source"])
    return grade(lesson, json.dumps(notebook).encode(), limits=PATIENT)


def holds(pid: int, text: bytes) -> bool:
    """Whether a process has a text in its memory."""
    ranges = [line.split() for line in Path(f"/proc/{pid}/maps").read_text().splitlines()]
    with open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for span, rights, *rest in ranges:
            if "w" in rights and "vvar" not in rest[-1]:
                low, high = (int(number, 16) for number in span.split("-"))
                memory.seek(low)
                try:
                    if text in memory.read(high - low):
                        return True
                except OSError:
                    continue
    return False


@pytest.mark.skipif(os.getuid() != 0, reason="only root may look into the rooms' memory")
def test_a_student_room_never_holds_a_check_not_even_when_it_is_made_anew(lesson):
    marker = "lemur-" + "3141"
    wait = f"import ctypes, time\nword = {marker!r}\nctypes.CDLL(None).prctl(15, b'the-room', 0, 0, 0)\ntime.sleep(4)"
    added = {"setup": "import os\nos._exit(0)", "f_visible": wait}
    with ThreadPoolExecutor(1) as pool:
        verdict = pool.submit(graded, lesson, added, Limits(cell_s=20))
        found: list[int] = []

        def looked() -> bool:
            for path in Path("/proc").glob("[0-9]*/comm"):
                try:
                    if path.read_text() == "the-room\n":
                        found.append(int(path.parent.name))
                except OSError:
                    continue
            return bool(found)

        assert until(looked)
        assert holds(found[0], marker.encode()) and not holds(found[0], MARK.encode())
        assert verdict.result().score == 3


def test_numbers_in_messages_have_four_digits():
    text = "W1[0, 3] is -1.23456789e-05, not 2.0 of 12345; v1.2.3 has 0.30000000000000004"
    assert four_digits(text) == "W1[0, 3] is -1.235e-05, not 2 of 12345; v1.2.3 has 0.3"


def test_messages_are_plain_and_not_too_long():
    assert tidy("a\x1b[31m\x00b\u202e\n c") == "a [31m b \n c" and len(tidy("x" * 10_000)) < 2100


def test_a_value_is_described_without_its_contents():
    assert describe({"W1": 3}) == "a dict with 1 entries" and "7" not in describe([7])
    assert describe(np.zeros((3, 5))) == "an array of shape (3, 5) and dtype float64"
    assert describe(np.zeros((0, 2_000_000, 1))) == "an array of shape (…) with 3 axes and dtype float64"
    assert describe([0] * 20_011) == "a list of more than 100"


def test_an_order_waits_for_its_own_answer_whatever_an_earlier_one_left_behind():
    ours, template = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, template:
        template.send(json.dumps({"memory": 1, "number": -1}).encode())
        session = Session(ours, [], Limits())
        answering = threading.Thread(target=lambda: template.send(json.dumps({
            "memory": 2, "number": json.loads(template.recv(4096))["number"]}).encode()))  # fmt: skip
        answering.start()
        assert session._order({"do": "usage"}) == {"memory": 2}
        answering.join()
