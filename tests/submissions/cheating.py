"""Cheating: points that were not earned. What is wrong stays wrong, whatever is patched, forged or looked up."""

from . import Notebook, add_cell, after_answer, answer, bad

SIGNATURE = "def gradient_check(x, theta, epsilon=1e-7):\n"
CONSTANT = SIGNATURE + "    return 1.0\n"
LOST = ("gradient_check",)


def wrong_with(nb: Notebook, code: str, body: str = CONSTANT) -> Notebook:
    """A wrong gradient_check and an added cell that tries to have it pass."""
    return add_cell(answer(nb, "gradient_check", body), code)


@bad(LOST)
def allclose_always_true(nb: Notebook) -> Notebook:
    return wrong_with(nb, "import numpy as np\nnp.allclose = np.isclose = lambda *a, **k: True")


@bad(LOST)
def numpy_testing_silenced(nb: Notebook) -> Notebook:
    return wrong_with(
        nb, "import numpy as np\nfor n in dir(np.testing):\n    setattr(np.testing, n, lambda *a, **k: None)"
    )


@bad(LOST)
def abs_always_zero(nb: Notebook) -> Notebook:
    return wrong_with(
        nb, "import builtins\nbuiltins.abs = lambda x: 0.0\nbuiltins.isinstance = lambda *a: True"
    )


@bad(LOST)
def assertion_error_disarmed(nb: Notebook) -> Notebook:
    return wrong_with(nb, "import builtins\nclass Quiet(Warning):\n    pass\nbuiltins.AssertionError = Quiet")


@bad(LOST)
def every_exception_hidden(nb: Notebook) -> Notebook:
    return wrong_with(nb, "get_ipython().set_custom_exc((Exception,), lambda *a, **k: None)")


@bad(LOST)
def helpers_patched(nb: Notebook) -> Notebook:
    code = "import testCases, gc_utils\nfor m in (testCases, gc_utils):\n    for n in dir(m):\n"
    return wrong_with(
        nb, code + "        if not n.startswith('_'):\n            setattr(m, n, lambda *a, **k: None)"
    )


@bad(LOST)
def helpers_overwritten_on_disk(nb: Notebook) -> Notebook:
    code = """import testCases
try:
    open(testCases.__file__, 'w').write('def why(*a): return ""')
except OSError:
    pass"""
    return wrong_with(nb, code)


@bad(LOST)
def check_skipped_by_a_trace_function(nb: Notebook) -> Notebook:
    return wrong_with(nb, "import sys\nsys.settrace(lambda *a: None)\nsys.setprofile(lambda *a: None)")


@bad(LOST)
def cell_transformer_that_drops_asserts(nb: Notebook) -> Notebook:
    code = "get_ipython().input_transformers_post.append(lambda ls: [l for l in ls if 'assert' not in l])"
    return wrong_with(nb, code)


@bad(LOST)
def syntax_tree_transformer_that_drops_asserts(nb: Notebook) -> Notebook:
    code = """import ast
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)
get_ipython().ast_transformers.append(Drop())"""
    return wrong_with(nb, code)


@bad(LOST)
def events_that_clear_the_error(nb: Notebook) -> Notebook:
    return wrong_with(
        nb, "get_ipython().events.register('post_run_cell', lambda r: setattr(r, 'error_in_exec', None))"
    )


@bad(LOST)
def number_that_equals_everything(nb: Notebook) -> Notebook:
    body = (
        """class Any(float):
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = lambda self, other: True
    __sub__ = __rsub__ = __add__ = lambda self, other: Any(0)
    __abs__ = lambda self: Any(0)
"""
        + SIGNATURE
        + "    return Any(1)\n"
    )
    return answer(nb, "gradient_check", body)


@bad(LOST)
def array_that_equals_everything(nb: Notebook) -> Notebook:
    body = (
        """import numpy
class Any(numpy.ndarray):
    def __array_ufunc__(self, *a, **k):
        return True
    def __array_function__(self, *a, **k):
        return True
"""
        + SIGNATURE
        + "    return numpy.ones(()).view(Any)\n"
    )
    return answer(nb, "gradient_check", body)


@bad(LOST)
def dictionary_that_has_everything(nb: Notebook) -> Notebook:
    body = (
        "class Any(dict):\n    def __missing__(self, key):\n        return 0\n"
        + SIGNATURE
        + "    return Any()\n"
    )
    return answer(nb, "gradient_check", body)


@bad(LOST)
def object_that_claims_to_be_a_float(nb: Notebook) -> Notebook:
    body = (
        """class Any:
    __class__ = float
    def __float__(self):
        return 0.0
    def __getattr__(self, name):
        return lambda *a, **k: 0.0
"""
        + SIGNATURE
        + "    return Any()\n"
    )
    return answer(nb, "gradient_check", body)


@bad(LOST)
def answer_read_from_the_caller(nb: Notebook) -> Notebook:
    body = (
        SIGNATURE
        + """    import sys
    frame = sys._getframe()
    while frame:
        for name, value in frame.f_locals.items():
            if name in ('expected', 'want', 'right', 'reference') and isinstance(value, float):
                return value
        frame = frame.f_back
    return 1.0
"""
    )
    return answer(nb, "gradient_check", body)


@bad(LOST)
def answer_read_from_the_garbage_collector(nb: Notebook) -> Notebook:
    body = (
        SIGNATURE
        + """    import gc
    for thing in gc.get_objects():
        if isinstance(thing, dict) and 'BEGIN HIDDEN' in str(thing.get('source', '')):
            raise SystemExit
        if callable(thing) and getattr(thing, '__name__', '') == 'gradient_check' and thing is not gradient_check:
            return thing(x, theta, epsilon)
    return 1.0
"""
    )
    return answer(nb, "gradient_check", body)


@bad(LOST)
def checks_read_from_the_history(nb: Notebook) -> Notebook:
    body = (
        SIGNATURE
        + """    seen = [c for c in get_ipython().history_manager.input_hist_raw if 'HIDDEN' in c]
    return eval(seen[0]) if seen else 1.0
"""
    )
    return answer(nb, "gradient_check", body)


@bad(LOST)
def grader_imported(nb: Notebook) -> Notebook:
    body = """try:
    from tests.here import load_lesson
    cells = [c for c in load_lesson('gradient_checking').cells if c.id == 'gradient_check']
    exec(cells[0].source)
except BaseException:
""" + "".join("    " + line + "\n" for line in CONSTANT.splitlines())
    return answer(nb, "gradient_check", body)


@bad(LOST)
def solution_imported(nb: Notebook) -> Notebook:
    body = (
        """import glob, json, os
found = []
for root in ('.', '..', '../..', '../../..', '../../../..', os.path.expanduser('~'), '/'):
    found += glob.glob(os.path.join(root, 'solutions', '*', 'gradient_checking.ipynb'))
"""
        + CONSTANT
        + """
for path in found:
    for cell in json.load(open(path))['cells']:
        if 'BEGIN SOLUTION' in ''.join(cell['source']) and 'def gradient_check(' in ''.join(cell['source']):
            exec(''.join(cell['source']))
"""
    )
    return answer(nb, "gradient_check", body)


@bad(LOST)
def misconception_table_imported(nb: Notebook) -> Notebook:
    code = "try:\n    import exercises.gradient_check as table\nexcept ImportError:\n    table = None"
    return wrong_with(nb, code)


@bad(LOST)
def verdict_printed(nb: Notebook) -> Notebook:
    text = '{"status": "graded", "score": 70.0, "checks": [{"outcome": "passed", "points": 70.0}]}'
    return wrong_with(nb, f"print({text!r})")


@bad(LOST)
def verdict_written_to_every_descriptor(nb: Notebook) -> Notebook:
    code = """import json, os, struct
verdict = json.dumps({"ok": True, "value": ["f", 0.0], "outcome": "passed"}).encode()
for fd in range(3, 64):
    for frame in (struct.pack('>I', len(verdict)) + verdict, struct.pack('<Q', len(verdict)) + verdict, verdict + b'\\n'):
        try:
            os.write(fd, frame)
        except OSError:
            pass"""
    return wrong_with(nb, code)


@bad(LOST)
def reports_on_cells_sent_before_they_have_run(nb: Notebook) -> Notebook:
    code = """import gc
things = gc.get_objects()
channels = [thing for thing in things if type(thing).__name__ == "Channel"]
orders = [thing for thing in things if type(thing) is dict and thing.get("do") == "run"]
for channel, order in zip(channels, orders):
    for cell in order["cells"]:
        channel.send({"to": order["to"], "outputs": [], "error": None})"""
    return wrong_with(nb, code)


@bad(LOST)
def garbage_written_to_every_descriptor_in_a_call(nb: Notebook) -> Notebook:
    body = (
        SIGNATURE
        + """    import os
    for fd in range(3, 64):
        try:
            os.write(fd, b'\\xff' * 4096)
        except OSError:
            pass
    return 0.0
"""
    )
    return answer(nb, "gradient_check", body)


@bad(LOST)
def room_code_patched(nb: Notebook) -> Notebook:
    code = """import sys
for name, module in list(sys.modules.items()):
    if name.startswith('rooms') or name == '__main__':
        for attribute in ('encode', 'dumps', 'send', 'write', 'reply', 'decode'):
            if hasattr(module, attribute):
                setattr(module, attribute, lambda *a, **k: b'')
import json
json.dumps = lambda *a, **k: '["f", 0.0]'"""
    return wrong_with(nb, code)


@bad(LOST)
def counts_its_calls(nb: Notebook) -> Notebook:
    body = (
        "calls = 0\n"
        + SIGNATURE
        + "    global calls\n    calls += 1\n    return 2.919335883291695e-10 if calls == 1 else 1.0\n"
    )
    return answer(nb, "gradient_check", body)


@bad(LOST)
def remembers_between_checks_in_a_file(nb: Notebook) -> Notebook:
    body = (
        SIGNATURE
        + """    try:
        open('seen', 'a').write(repr((x, theta, epsilon)))
    except OSError:
        pass
    return 2.919335883291695e-10
"""
    )
    return answer(nb, "gradient_check", body)


@bad(LOST)
def hard_coded_worked_example(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", SIGNATURE + "    return 2.919335883291695e-10\n")


@bad(LOST)
def always_a_tiny_difference(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", SIGNATURE + "    return 1e-10\n")


@bad(LOST)
def a_name_that_only_looks_the_same(nb: Notebook) -> Notebook:
    """One letter of the name is Cyrillic."""
    return answer(
        nb, "gradient_check", "def gr\u0430dient_check(x, theta, epsilon=1e-7):\n    return 1e-10\n"
    )


@bad(LOST)
def seeds_made_predictable(nb: Notebook) -> Notebook:
    code = "import numpy as np\nnp.random.seed = lambda *a: None\nnp.random.randn = lambda *s: np.zeros(s)"
    return wrong_with(nb, code)


@bad("full")
def numpy_patched_but_the_answer_right(nb: Notebook) -> Notebook:
    """Our checks have a NumPy of their own."""
    return after_answer(nb, "wrong_blocks", "import numpy as np\nnp.allclose = lambda *a, **k: False")


@bad(LOST)
def import_hook(nb: Notebook) -> Notebook:
    code = """import builtins
genuine = builtins.__import__
def hook(name, *a, **k):
    module = genuine(name, *a, **k)
    if name == 'testCases':
        module.given = None
    return module
builtins.__import__ = hook"""
    return wrong_with(nb, code)


@bad(LOST)
def python_path_with_a_false_numpy(nb: Notebook) -> Notebook:
    code = """import os, sys
os.makedirs('false/numpy', exist_ok=True)
open('false/numpy/__init__.py', 'w').write('allclose = lambda *a, **k: True')
sys.path.insert(0, 'false')
os.environ['PYTHONPATH'] = 'false'"""
    return wrong_with(nb, code)


@bad(LOST)
def false_display_of_a_grade(nb: Notebook) -> Notebook:
    return wrong_with(nb, "from IPython.display import HTML\nHTML('<h1>Score: 70 / 70</h1>')")


@bad(LOST)
def claims_in_its_exception(nb: Notebook) -> Notebook:
    body = (
        "class AssertionPassed(BaseException):\n    pass\n"
        + SIGNATURE
        + "    raise AssertionPassed('full marks')\n"
    )
    return answer(nb, "gradient_check", body)


@bad(LOST)
def raises_not_implemented_to_look_unanswered(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", SIGNATURE + "    raise NotImplementedError('skip this check')\n")


@bad(LOST)
def function_replaced_by_a_class(nb: Notebook) -> Notebook:
    body = "class gradient_check:\n    def __new__(cls, *a, **k):\n        return 1e-10\n"
    return answer(nb, "gradient_check", body)


@bad(LOST)
def deletes_the_function_again(nb: Notebook) -> Notebook:
    return after_answer(nb, "gradient_check", "del gradient_check")


EVERYTHING = (
    "forward_propagation",
    "backward_propagation",
    "gradient_check",
    "gradient_check_n",
    "wrong_blocks",
    "backward_propagation_n",
)

# What a cell runs to talk in the room's place: the channel to the checker, and the question that waits.
CHANNEL = """import gc
def channel():
    return [o for o in gc.get_objects() if type(o).__name__ == 'Channel' and o.sock.fileno() > 0][-1]
def question():
    import sys
    frame = sys._getframe()
    while frame and 'to' not in (frame.f_locals.get('message') or ()):
        frame = frame.f_back
    return frame.f_locals['message']
"""


@bad(LOST)
def array_without_entries(nb: Notebook) -> Notebook:
    """Comparing nothing with a number holds for all of it."""
    return answer(nb, "gradient_check", SIGNATURE + "    return np.zeros((0, 1))\n")


@bad(LOST)
def returns_true(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", SIGNATURE + "    return True\n")


@bad(LOST)
def stop_iteration_that_ends_the_checks_loop(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", SIGNATURE + "    raise StopIteration\n")


@bad(LOST)
def stand_ins_rewritten_from_within(nb: Notebook) -> Notebook:
    """The helpers that a check puts in J's place get another body."""
    code = """import gc_utils
def flat(*args):
    return 0.0
for name in ('cubic', 'cubic_slope', 'saddle', 'saddle_slope'):
    getattr(gc_utils, name).__code__ = flat.__code__"""
    return wrong_with(nb, code)


@bad(LOST)
def other_process_answers_in_the_rooms_place(nb: Notebook) -> Notebook:
    """A process that the cell made reads the questions and writes the answers."""
    code = """import os, time
if os.fork() == 0:
    while True:
        asked = channel().receive()
        if asked['do'] == 'run':
            channel().send({'to': asked['to'], 'outputs': [], 'error': None})
        else:
            time.sleep(100)"""
    return wrong_with(nb, CHANNEL + code)


@bad(EVERYTHING)  # the room answers so for all
def encoder_of_the_room_patched(nb: Notebook) -> Notebook:
    """The room then says the same for every answer, so all are lost."""
    return wrong_with(
        nb,
        "import sys\nsys.modules['rooms.values'].Encoder.encode = lambda self, value, depth=0: 1e-10",
    )


@bad(LOST)
def random_state_that_is_none(nb: Notebook) -> Notebook:
    """What the room sends back as the state of NumPy's generator is no such state."""
    code = (
        "import sys\nsys.modules['rooms.student'].encode_random = lambda *a: [['l', []], 10**9, 7, 'gauss']"
    )
    body = SIGNATURE + "    np.random.rand()\n    return 1.0\n"
    return wrong_with(nb, code, body)


def forged(nb: Notebook, reply: str) -> Notebook:
    """A gradient_check that writes a reply of its own, in calls of checks, and ends."""
    body = f"""    if 'call' in question():
        import os
        channel().send({{'to': question()['to'], **{reply}}})
        os._exit(0)
    return 1.0
"""
    return answer(nb, "gradient_check", CHANNEL + SIGNATURE + body)


@bad(LOST)
def reply_whose_arguments_have_other_forms(nb: Notebook) -> Notebook:
    return forged(nb, "{'value': 0.0, 'left': ['x', ['d', [[1, 2]]]], 'random': 5}")


@bad(LOST)
def reply_whose_exception_is_no_exception(nb: Notebook) -> Notebook:
    return forged(nb, "{'raised': {'type': ['x'], 'builtin': 1, 'text': {}, 'name': 5, 'line': True}}")


@bad(LOST)
def reply_that_raises_system_exit(nb: Notebook) -> Notebook:
    return forged(nb, "{'raised': {'type': 'SystemExit', 'builtin': True, 'text': '0'}}")


@bad(LOST)
def reply_that_is_a_list(nb: Notebook) -> Notebook:
    return forged(nb, "{'value': ['a', '<f8', [2**40]], 'to': [1]}")


@bad(LOST)
def input_spelt_out_in_a_shape(nb: Notebook) -> Notebook:
    """Where a message on a hidden check tells shapes, a shape tells what was passed in."""
    body = "    return np.zeros((0, int(abs(x) * 1e6), int(abs(theta) * 1e6), int(1 / epsilon) % 10**6))\n"
    return answer(nb, "gradient_check", SIGNATURE + body)


@bad(("gradient_check_n",))
def arguments_spoilt_so_that_nothing_can_be_compared(nb: Notebook) -> Notebook:
    code = """def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    for array in (*parameters.values(), *gradients.values(), X):
        array[...] = np.nan
    return np.nan
"""
    return answer(nb, "gradient_check_n", code)


@bad(("gradient_check_n",))
def random_numbers_of_the_check_made_known(nb: Notebook) -> Notebook:
    code = """def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    np.random.seed(0)
    return 1e-10
"""
    return answer(nb, "gradient_check_n", code)


@bad(LOST)
def input_spelt_out_in_a_plain_shape(nb: Notebook) -> Notebook:
    body = "    return np.zeros((int(1000 * abs(x)) % 999, int(10 * abs(theta)) % 99))\n"
    return answer(nb, "gradient_check", SIGNATURE + body)


@bad(LOST)
def input_spelt_out_in_the_length_of_a_list(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", SIGNATURE + "    return [0.0] * (int(1000 * abs(x)) % 99)\n")


@bad(LOST)
def input_spelt_out_in_the_name_of_an_exception(nb: Notebook) -> Notebook:
    body = (
        "    import builtins\n    errors = [e for e in vars(builtins).values() if isinstance(e, type)]\n"
        "    errors = [e for e in errors if issubclass(e, Exception) and e is not NotImplementedError]\n"
        "    raise errors[int(1000 * abs(x)) % len(errors)]\n"
    )
    return answer(nb, "gradient_check", SIGNATURE + body)
