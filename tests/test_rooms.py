"""The two rooms as a submission meets them: what runs, what a check sees, and what a misfortune costs."""

# ruff: noqa: E501 (a submission a line)
from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from grader.grading.grade import grade
from grader.rooms.limits import Limits
from tests.here import load_lesson
from tests.roomcase import (
    PATIENT,
    QUICK,
    answer,
    check_of,
    given,
    graded,
    outcomes,
    outputs_of,
    printed,
    submission,
    visible,
    write,
)

pytestmark = [pytest.mark.sandbox, pytest.mark.xdist_group("rooms")]


def lesson_of(root, name, solution, check, *, setup="import numpy as np"):
    """A lesson of one function f with one visible check."""
    return write(root, name, given(setup), answer("f", solution), visible("f", check))


def test_right_answers_get_full_marks_and_their_outputs_are_kept(pair):
    result = graded(pair)
    assert (result.score, result.max_score) == (4, 4)
    assert printed(result, "worked") == "4\n"


def test_the_release_gets_nothing_and_says_why(pair):
    stubs = {name: f"def {name}(x):\n    raise NotImplementedError()" for name in ("first", "second")}
    assert outcomes(graded(pair, **stubs)) == ["unanswered"] * 4


def test_a_function_whose_prerequisite_is_missing_is_not_failed_but_not_reached(pair):
    result = graded(pair, first="def first(x):\n    raise NotImplementedError()")
    assert outcomes(result) == ["unanswered", "unanswered", "not_reached", "not_reached"]
    assert "second needs first" in check_of(result, "second_visible").message


def test_a_prerequisite_that_is_not_even_defined_is_a_missing_one_too(pair):
    result = graded(pair, first="def first(x) return")
    assert outcomes(result) == ["raised", "raised", "not_reached", "not_reached"]
    assert "SyntaxError" in check_of(result, "first_visible").message


def test_a_check_that_seeds_sees_numpy_draw_as_in_a_notebook(root):
    lesson = lesson_of(
        root,
        "seeds",
        "def f(n):\n    return np.random.randn(n)",
        "import numpy as np\nnp.random.seed(5)\nexpected = np.random.randn(6)\nnp.random.seed(5)\n"
        "got = np.concatenate([f(2), np.random.randn(1), f(3)])\nassert np.array_equal(got, expected)",
    )
    assert outcomes(graded(lesson)) == ["passed"]


def test_a_function_that_seeds_leaves_its_seed_behind(root):
    lesson = lesson_of(
        root,
        "reseeds",
        "def f():\n    np.random.seed(1)\n    return 0",
        "import numpy as np\nf()\ngot = np.random.rand()\nnp.random.seed(1)\nassert got == np.random.rand()",
    )
    assert outcomes(graded(lesson)) == ["passed"]


def test_arguments_come_back_as_the_call_left_them(root):
    lesson = lesson_of(
        root,
        "arguments",
        "def f(array, many, names, rest=None):\n    array += 1\n    many.append(array * 0)\n    many[0] = 'new'\n"
        "    del names['a']\n    names['b'] = 2\n    names['inner'][0, 0] = 9\n    rest.resize(3, refcheck=False)",
        "import numpy as np\narray, inner, rest = np.zeros(2), np.zeros((1, 1)), np.zeros(2)\n"
        "many, names = [1], {'a': 1, 'inner': inner}\nheld = names\nf(array, many, names, rest=rest)\n"
        "assert array.tolist() == [1, 1] and many[0] == 'new' and many[1].tolist() == [0, 0]\n"
        "assert list(held) == ['inner', 'b'] and inner[0, 0] == 9 and rest.shape == (3,)",
    )
    assert outcomes(graded(lesson)) == ["passed"]


def test_arguments_that_no_longer_travel_have_changed(root):
    check = "sizes, net = [2, 3], {'W': np.ones(2)}\nf(sizes, net)\nassert sizes == [2, 3], sizes\n"
    check += "assert list(net) == ['W'] and np.all(net['W'] == 1), net"
    lesson = lesson_of(root, "left", "def f(sizes, net):\n    return 1", check)
    assert graded(lesson).score == 1
    for change in (
        "sizes[:] = [7, len]",
        "sizes.append(len)",
        "net['W'][...] = 0; net['x'] = len",
        "net[len] = net.pop('W')",
    ):
        assert outcomes(graded(lesson, f=f"def f(sizes, net):\n    {change}\n    return 1")) == ["failed"], (
            change
        )


def test_a_check_can_expect_an_exception_by_name(root):
    lesson = lesson_of(
        root,
        "exceptions",
        "def f(x):\n    raise ValueError('no ' + str(x))",
        "try:\n    f(3)\nexcept ValueError as err:\n    assert str(err) == 'no 3'\nelse:\n    assert False",
    )
    assert outcomes(graded(lesson)) == ["passed"]
    own = "class Mine(ValueError):\n    pass\ndef f(x):\n    raise Mine('text')"
    result = graded(lesson, f=own)
    assert (
        outcomes(result) == ["raised"]
        and "Mine: text (line 4: raise Mine('text'))" in result.checks[0].message
    )


def test_stand_ins_replace_what_a_function_calls(root):
    lesson = lesson_of(
        root,
        "standins",
        "def f(x):\n    return helped(x) + 1",
        "import toolbox\nassert f(2) == 21\n"
        "with toolbox.given(f, helped=toolbox.other):\n    assert f(2) == -1\nassert f(2) == 21",
        setup="from toolbox import helped",
    )
    assert outcomes(graded(lesson)) == ["passed"]


def test_a_call_sees_the_names_as_they_stood_at_the_place_of_its_check(root):
    lesson = write(
        root,
        "places",
        given("factor = 2"),
        answer("f", "def f(x):\n    return factor * x"),
        visible("f", "assert f(3) == 6"),
        answer("g", "def g(x):\n    return f(x)"),
        visible("g", "assert g(3) == 300"),
    )
    assert outcomes(graded(lesson, {"f_visible": "factor = 100"})) == ["passed", "passed"]


def test_nothing_learnt_in_a_check_can_be_printed_or_kept(pair):
    spy = "seen = []\ndef first(x):\n    seen.append(x)\n    print('SEEN', x)\n    return 2 * x"
    result = graded(pair, {"second_hidden": "print('LATER', seen)"}, first=spy)
    assert result.score == 4
    assert "LATER [2]" in printed(result, "added-1") and "1000.5" not in (result.notebook or "").replace(
        "first(1000.5)", ""
    )


def test_what_a_hidden_check_asked_is_not_told_by_a_visible_one(pair):
    spy = "import builtins\nbuiltins.seen = []\ndef first(x):\n    builtins.seen.append(x)\n    return 2 * x"
    tell = "def second(x):\n    raise ValueError(str(builtins.seen))"
    result = graded(pair, first=spy, second=tell)
    assert (
        "1000.5" not in str(result.checks) and "ValueError: [2" in check_of(result, "second_visible").message
    )


def test_warnings_and_standard_error_never_cost_points(root):
    lesson = lesson_of(root, "warnings", "def f(x):\n    return x", "assert f(1) == 1")
    noisy = (
        "import sys, warnings\ndef f(x):\n    warnings.warn('careful')\n    print('oh', file=sys.stderr)\n"
        "    np.log(np.zeros(1))\n    return x"
    )
    assert outcomes(graded(lesson, f=noisy)) == ["passed"]


def test_experiments_are_not_run_and_say_so(pair):
    assert "not run" in printed(graded(pair), "training")


def test_experiments_are_run_when_a_student_needs_their_names(pair):
    result = graded(pair, {"training": "print(history)"})
    assert result.score == 4 and printed(result, "added-1") == "[0, 2, 4]\n"
    needy = "def second(x):\n    return first(x) + len(history) - 2"
    assert graded(pair, second=needy).score == 4


def test_nothing_tells_that_a_hidden_check_asked_for_an_experiment(pair):
    choosy = "def second(x):\n    if x == 7:\n        history\n    return first(x) + 1"
    ran = "'history' in globals()"
    result = graded(pair, {"training": f"print({ran})"}, second=choosy)
    assert result.score == 4 and printed(result, "added-1") == "False\n"
    telling = f"def first(x):\n    assert x != 2, {ran}\n    return 2 * x"
    assert "False" in check_of(graded(pair, first=telling, second=choosy), "first_visible").message


def test_a_room_that_is_to_give_way_lets_others_have_the_processor_first(pair):
    looks = submission(pair, {"setup": "import os\nprint('nice', os.nice(0))"})
    for nice in (0, 5):
        assert f"nice {nice}" in printed(grade(pair, looks, limits=PATIENT, nice=nice), "added-1")


def test_answers_to_several_calls_are_those_to_one_after_the_other(root):
    lesson = lesson_of(
        root,
        "several",
        "count = 0\ndef f(x, y=0):\n    global count\n    count += 1\n    x.append(np.random.rand())\n"
        "    if count == 4: raise KeyError('fourth')\n    return count + y, len(x)",
        "import numpy as np\nnp.random.seed(3)\nlists = [[], [1], []]\n"
        "assert f._answers_([(lists[0],), (lists[1], 5), (lists[2],)]) == [(1, 1), (7, 2), (3, 1)]\n"
        "np.random.seed(3)\nassert lists == [[np.random.rand()], [1, np.random.rand()], [np.random.rand()]], lists\n"
        "try:\n    f._answers_([([],), ([],)])\nexcept KeyError as error:\n    assert 'fourth' in str(error)\n"
        "else:\n    raise AssertionError('the fourth call raised')\nassert f([])[0] == 5",
    )
    assert outcomes(graded(lesson)) == ["passed"]


def test_output_of_all_cells_is_bounded_whatever_the_room_says(pair):
    flood = "import sys\nroom = sys.modules['rooms.shell']\nroom.Outputs.collected = lambda self: [{'x' * 900_000: 1}] * 3"
    result = graded(pair, {"setup": flood})
    assert result.score == 4 and len(result.notebook or "") < 100_000
    assert "left out" in printed(result, "worked")


@pytest.mark.parametrize(
    ("name", "cell", "said"),
    [
        ("an endless loop", "while True: pass", "did not finish"),
        ("an exit", "import os\nos._exit(0)", "ended the Python process"),
        ("a crash", "import ctypes\nctypes.string_at(0)", "ended the Python process"),
        ("closed descriptors", "import os\nos.closerange(0, 1000)", "ended the Python process"),
        ("a deaf process", "import signal, time\nsignal.pthread_sigmask(0, range(1, 65))\ntime.sleep(99)", "did not finish"),
        ("words on the wire", "import os\nfor n in range(3, 99):\n    try: os.write(n, b'{}' * 99)\n    except OSError: pass", "ended"),
        ("memory without end", "hoard = []\nwhile True: hoard.append(bytearray(1 << 26))", ""),
        ("an exception", "1 / 0", ""),
        ("an exit of Python's", "import sys\nsys.exit(1)", ""),
        ("threads without end", "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(99,)).start()", ""),
        ("descriptors without end", "import os\nwhile True: os.dup(0)", ""),
        ("processes without end", "import os, time\nwhile True:\n    if os.fork() == 0: time.sleep(99)", ""),
        ("a thread that kills later", "import threading, time, os\nthreading.Timer(0.3, os._exit, (1,)).start()\ntime.sleep(0.5)", "ended"),
        ("names cleared away", "%reset -f", ""),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_answer_costs_nothing(pair, name, cell, said):
    result = graded(pair, {"setup": cell}, QUICK if "not finish" in said else PATIENT)
    assert result.score == 4, [check.message for check in result.checks]
    assert said in printed(result, "added-1")


@pytest.mark.parametrize(
    ("outcome", "body"),
    [
        ("timed_out", "while True: pass"),
        ("timed_out", "import time; time.sleep(1e6)"),
        ("died", "import os; os._exit(0)"),
        ("died", "import ctypes; ctypes.string_at(0)"),
        ("died", "import os; os.closerange(0, 1000)"),
        ("out_of_memory", "return [bytearray(1 << 28) for _ in range(100)]"),
        ("out_of_memory", "raise MemoryError"),
        ("raised", "import sys; sys.exit(0)"),
        ("raised", "raise KeyboardInterrupt"),
        ("raised", "f = lambda: f(); f()"),
        ("failed", "return None"),
    ],
)
def test_an_answer_that_cannot_be_had_costs_only_its_own_points(pair, outcome, body):
    limits = QUICK if outcome == "timed_out" else PATIENT
    result = graded(
        pair, None, limits, first=f"def first(x):\n    {body}", second="def second(x):\n    return 2 * x + 1"
    )
    assert outcomes(result) == [outcome, outcome, "passed", "passed"]


def test_a_notebook_full_of_endless_loops_still_has_every_answer_tried(pair):
    limits = Limits(cell_s=1, call_s=1, least_s=0.2, cells_s=4)
    added = {cell["id"]: "while True: pass" for cell in pair.solution["cells"]}
    started = time.monotonic()
    result = graded(pair, added, limits)
    assert result.score == 4 and time.monotonic() - started < 30


def test_the_same_bytes_give_the_same_verdict_and_notebook(pair):
    notebook = submission(
        pair, {"setup": "print({'b', 'a', 'c'}, np.random.rand())\n[1, 2]"}, first="def first(x): return"
    )
    first, second = grade(pair, notebook), grade(pair, notebook)
    assert first == second


def test_two_workers_give_what_one_gives(pair):
    notebooks = [submission(pair, first=f"def first(x):\n    return {n} * x") for n in (1, 2, 3)] * 3
    alone = [grade(pair, notebook) for notebook in notebooks]
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(lambda notebook: grade(pair, notebook), notebooks)) == alone


def test_a_cell_may_use_what_rooms_do_not_hold_ready():
    lesson = load_lesson("initialization")
    result = grade(lesson, submission(lesson, {"setup": "print(init_utils.load_dataset()[0].shape)"}))
    assert result.score == result.max_score
    assert [output["text"] for output in outputs_of(result, "added-1")] == ["(2, 300)\n"]


@pytest.mark.parametrize("name", ["initialization", "regularization", "gradient_checking"])
def test_the_lessons_get_full_marks_without_their_trainings(name):
    lesson = load_lesson(name)
    result = grade(lesson, submission(lesson), limits=PATIENT)
    assert result.score == result.max_score, [check for check in result.checks if check.points == 0]
