"""Runaway code: loops, memory, processes, output and deaths; each may cost only what it cannot answer."""

from . import Notebook, add_cell, after_answer, answer, bad, before_answer, inside, unless

SIGNATURE = "def gradient_check(x, theta, epsilon=1e-7):\n"


@bad(("gradient_check",))
def loop_without_end_in_a_function(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", SIGNATURE + "    while True:\n        pass\n")


@bad(("gradient_check",))
def loop_without_end_beside_the_answer(nb: Notebook) -> Notebook:
    return after_answer(nb, "gradient_check", "while True:\n    pass")


@bad("full")
def loop_without_end_in_an_added_cell(nb: Notebook) -> Notebook:
    return add_cell(nb, "while True:\n    pass")


@bad("full")
def loop_that_catches_everything_in_an_added_cell(nb: Notebook) -> Notebook:
    code = "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass"
    return add_cell(nb, code)


@bad("full")
def loop_deaf_to_signals_in_an_added_cell(nb: Notebook) -> Notebook:
    code = """import signal
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    pass"""
    return add_cell(nb, code)


@bad("full")
def sleep_of_a_year_in_an_added_cell(nb: Notebook) -> Notebook:
    return add_cell(nb, "import time\ntime.sleep(3e7)")


@bad("full")
def loop_inside_c_code_in_an_added_cell(nb: Notebook) -> Notebook:
    return add_cell(nb, "sum(range(10**15))")


@bad("full")
def regular_expression_that_never_ends(nb: Notebook) -> Notebook:
    return add_cell(nb, "import re\nre.match(r'(a+)+$', 'a' * 64 + 'b')")


@bad("full")
def output_without_end_in_an_added_cell(nb: Notebook) -> Notebook:
    return add_cell(nb, "while True:\n    print('x' * 10_000)")


@bad("full")
def errors_without_end_in_an_added_cell(nb: Notebook) -> Notebook:
    return add_cell(nb, "import sys\nwhile True:\n    print('x' * 10_000, file=sys.stderr)")


@bad("full")
def output_on_the_bare_descriptors(nb: Notebook) -> Notebook:
    return add_cell(
        nb, "import os\nfor _ in range(2000):\n    for fd in (1, 2):\n        os.write(fd, b'x' * 65536)"
    )


@bad("full")
def two_hundred_megabytes_in_one_print(nb: Notebook) -> Notebook:
    return add_cell(nb, "print('x' * 200_000_000)")


@bad("full")
def prints_in_every_call(nb: Notebook) -> Notebook:
    return inside(nb, "gradient_check", "print('checking', args, 'x' * 100_000)")


@bad("full")
def warnings_in_every_call(nb: Notebook) -> Notebook:
    return inside(
        nb,
        "gradient_check",
        "import warnings; warnings.warn('careful'); import sys; print('e', file=sys.stderr)",
    )


@bad("full")
def warnings_turned_into_errors(nb: Notebook) -> Notebook:
    return add_cell(nb, "import warnings\nwarnings.simplefilter('error')")


@bad("full")
def numpy_told_to_raise(nb: Notebook) -> Notebook:
    return add_cell(nb, "import numpy\nnumpy.seterr(over='print')\nnumpy.set_printoptions(precision=1)")


@bad(("gradient_check",))
def memory_without_bound_in_a_function(nb: Notebook) -> Notebook:
    return answer(
        nb,
        "gradient_check",
        SIGNATURE + "    hoard = []\n    while True:\n        hoard.append(bytearray(10**8))\n",
    )


@bad("full")
def memory_without_bound_in_an_added_cell(nb: Notebook) -> Notebook:
    return add_cell(nb, "hoard = []\nwhile True:\n    hoard.append(bytearray(b'x') * 10**8)")


@bad("full")
def memory_by_many_small_objects(nb: Notebook) -> Notebook:
    return add_cell(nb, "hoard = []\nwhile True:\n    hoard.append([hoard] * 1000)")


@bad("full")
def array_of_a_terabyte(nb: Notebook) -> Notebook:
    return add_cell(nb, "import numpy\nnumpy.ones(2**37)")


@bad(("gradient_check",))
def recursion_without_end(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", SIGNATURE + "    return gradient_check(x, theta)\n")


@bad("full")
def recursion_through_the_c_stack(nb: Notebook) -> Notebook:
    return add_cell(
        nb, "import sys\nsys.setrecursionlimit(10**9)\ndef down(n):\n    return down(n + 1)\ndown(0)"
    )


@bad("full")
def fork_bomb_in_an_added_cell(nb: Notebook) -> Notebook:
    return add_cell(
        nb, "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass"
    )


@bad("full")
def threads_without_bound(nb: Notebook) -> Notebook:
    code = "import threading, time\nfor _ in range(100_000):\n    threading.Thread(target=time.sleep, args=(1e6,)).start()"
    return add_cell(nb, code)


@bad("full")
def thread_that_never_ends(nb: Notebook) -> Notebook:
    return add_cell(nb, "import threading, time\nthreading.Thread(target=lambda: time.sleep(1e6)).start()")


@bad("full")
def child_that_outlives_its_parent(nb: Notebook) -> Notebook:
    code = """import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork():
        os._exit(0)
    time.sleep(1e6)"""
    return add_cell(nb, code)


@bad("full")
def sys_exit_in_an_added_cell(nb: Notebook) -> Notebook:
    return add_cell(nb, "import sys\nsys.exit(0)")


@bad("full")
def hard_exit_in_an_added_cell(nb: Notebook) -> Notebook:
    return add_cell(nb, "import os\nos._exit(0)")


@bad("full")
def abort_in_an_added_cell(nb: Notebook) -> Notebook:
    return add_cell(nb, "import os\nos.abort()")


@bad("full")
def segmentation_fault_in_an_added_cell(nb: Notebook) -> Notebook:
    return add_cell(nb, "import ctypes\nctypes.string_at(0)")


@bad("full")
def kills_its_own_process(nb: Notebook) -> Notebook:
    return add_cell(nb, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")


@bad("full")
def ipython_told_to_exit(nb: Notebook) -> Notebook:
    return add_cell(nb, "exit()")


@bad(("gradient_check",))
def sys_exit_in_a_function(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", SIGNATURE + "    import sys\n    sys.exit(0)\n")


@bad(("gradient_check",))
def hard_exit_in_a_function(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", SIGNATURE + "    import os\n    os._exit(0)\n")


@bad(("gradient_check",))
def segmentation_fault_in_a_function(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", SIGNATURE + "    import ctypes\n    ctypes.string_at(0)\n")


@bad(("gradient_check",))
def keyboard_interrupt_in_a_function(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", SIGNATURE + "    raise KeyboardInterrupt\n")


@bad(("gradient_check",))
def generator_exit_in_a_function(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", SIGNATURE + "    raise GeneratorExit\n")


@bad(("gradient_check",))
def exception_whose_text_never_ends(nb: Notebook) -> Notebook:
    code = "class Endless(Exception):\n    def __str__(self):\n        while True:\n            pass\n"
    return answer(nb, "gradient_check", code + SIGNATURE + "    raise Endless\n")


@bad(("gradient_check",))
def returns_a_generator_without_end(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", SIGNATURE + "    return iter(int, 1)\n")


@bad(("gradient_check",))
def returns_a_gigabyte(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", SIGNATURE + "    import numpy\n    return numpy.zeros(2**27)\n")


@bad(("gradient_check",))
def returns_a_list_inside_itself(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", SIGNATURE + "    loop = []\n    loop.append(loop)\n    return loop\n")


@bad(("gradient_check",))
def returns_a_list_ten_thousand_deep(nb: Notebook) -> Notebook:
    code = "    deep = []\n    for _ in range(10_000):\n        deep = [deep]\n    return deep\n"
    return answer(nb, "gradient_check", SIGNATURE + code)


@bad(("gradient_check",))
def returns_itself(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", SIGNATURE + "    return gradient_check\n")


@bad(("gradient_check",))
def returns_nan(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", SIGNATURE + "    return float('nan')\n")


@bad("full")
def disk_filled_in_an_added_cell(nb: Notebook) -> Notebook:
    code = """try:
    for number in range(10_000):
        with open(f'junk{number}', 'wb') as junk:
            for _ in range(100):
                junk.write(b'x' * 10_000_000)
except OSError:
    pass"""
    return add_cell(nb, code)


@bad("full")
def a_million_small_files(nb: Notebook) -> Notebook:
    return add_cell(nb, "for number in range(1_000_000):\n    open(f'junk{number}', 'w').close()")


@bad("full")
def every_descriptor_used_up(nb: Notebook) -> Notebook:
    return add_cell(nb, "hoard = []\nwhile True:\n    hoard.append(open('/dev/null'))")


@bad("full")
def every_descriptor_closed(nb: Notebook) -> Notebook:
    return add_cell(nb, "import os\nos.closerange(0, 4096)")


@bad("full")
def waits_for_the_keyboard(nb: Notebook) -> Notebook:
    return add_cell(nb, "name = input('your name? ')")


@bad("full")
def shell_command_that_never_ends(nb: Notebook) -> Notebook:
    return add_cell(nb, "!sleep 1000000")


@bad("full")
def cell_magic_of_another_language(nb: Notebook) -> Notebook:
    return add_cell(nb, "%%bash\nyes > /dev/null")


@bad("full")
def timing_magic(nb: Notebook) -> Notebook:
    return add_cell(nb, "%%timeit -n1 -r1\nsum(range(10))")


@bad("full")
def magic_that_does_not_exist(nb: Notebook) -> Notebook:
    return add_cell(nb, "%no_such_magic")


@bad("full")
def clears_its_own_names(nb: Notebook) -> Notebook:
    return add_cell(nb, "x = 1\n%reset -f", before="forward_propagation")


@bad("full")
def event_loop_without_end(nb: Notebook) -> Notebook:
    return add_cell(nb, "import asyncio\nawait asyncio.sleep(1e6)")


@bad("full")
def figure_of_a_billion_pixels(nb: Notebook) -> Notebook:
    return add_cell(
        nb,
        "import matplotlib.pyplot as plt\nplt.figure(figsize=(300, 300), dpi=100)\nplt.plot([1, 2])\nplt.show()",
    )


@bad("full")
def a_thousand_figures(nb: Notebook) -> Notebook:
    code = "import matplotlib.pyplot as plt\nfor _ in range(1000):\n    plt.figure()\n    plt.plot([1, 2])\nplt.show()"
    return add_cell(nb, code)


@bad("full")
def exit_handler_without_end(nb: Notebook) -> Notebook:
    return before_answer(
        nb, "gradient_check", "import atexit\n@atexit.register\ndef stay():\n    while True:\n        pass"
    )


@bad("full")
def garbage_collector_switched_off(nb: Notebook) -> Notebook:
    return add_cell(nb, "import gc\ngc.disable()\ngc.set_threshold(0)")


@bad("full")
def folders_a_thousand_deep(nb: Notebook) -> Notebook:
    code = "import os, time\nfor _ in range(1200):\n    os.mkdir('d')\n    os.chdir('d')\ntime.sleep(0.3)"
    return add_cell(nb, code)


@bad(("gradient_check",))
def second_fork_of_the_room_fails(nb: Notebook) -> Notebook:
    """A room forks to answer calls once a check has failed."""
    code = """import os
forks, genuine = [], os.fork
def fork():
    forks.append(1)
    if len(forks) > 1:
        os._exit(0)
    return genuine()
os.fork = fork"""
    return add_cell(answer(nb, "gradient_check", SIGNATURE + "    return 1.0\n"), code)


@bad("full")
def room_dies_as_it_begins_to_answer(nb: Notebook) -> Notebook:
    """A room answers calls itself until a check fails."""
    code = "import os, sys\nsys.modules['rooms.student'].answer_calls = lambda *args: os._exit(0)"
    return add_cell(nb, code)


def says_instead(nb: Notebook, outputs: str) -> Notebook:
    """The notebook whose room reports these outputs after an added cell."""
    code = f"""import json, sys
def dumps(message, *args, **kwargs):
    if isinstance(message, dict) and 'outputs' in message:
        message = message | {{'outputs': {outputs}}}
    return json.dumps(message, *args, **kwargs).replace('"DEEP"', '[' * 930 + ']' * 930)
sys.modules['rooms.channel']._to_json = dumps"""
    return add_cell(nb, code)


@bad("full")
def room_reports_outputs_a_thousand_deep(nb: Notebook) -> Notebook:
    return says_instead(nb, "['DEEP']")


@bad("full")
def room_reports_outputs_of_wrong_forms(nb: Notebook) -> Notebook:
    return says_instead(
        nb, "[5, None, {'output_type': 'stream', 'name': 7, 'text': []}, {'output_type': ['x']}]"
    )


@bad("full")
def random_state_of_nothing_but_zeros(nb: Notebook) -> Notebook:
    """NumPy draws from such a state for ever."""
    state = "('MT19937', np.zeros(624, 'uint32'), 624, 1, float('inf'))"
    return inside(nb, "gradient_check_n", f"np.random.set_state({state})")


@bad(("gradient_check",))
def returns_two_thousand_keys_of_one_hash(nb: Notebook) -> Notebook:
    """A dict of them takes the square of its size."""
    return answer(nb, "gradient_check", SIGNATURE + "    return {(2**61 - 1) * k: 0 for k in range(2000)}\n")


@bad(("gradient_check",))
def exception_text_of_ten_thousand_digits(nb: Notebook) -> Notebook:
    return answer(
        nb, "gradient_check", SIGNATURE + "    raise ValueError('9' * 5000 + '.' + '9' * 5000 + 'e999')\n"
    )


@bad("full")
def memory_that_no_process_seems_to_hold(nb: Notebook) -> Notebook:
    """Shared pages stay when a process lets them go, and count for it no more."""
    return unless(nb, "gradient_check", "import mmap\nescaped = bool(mmap.mmap(-1, 4096))")


@bad("full")
def process_that_comes_back_from_its_cell_twice(nb: Notebook) -> Notebook:
    return add_cell(nb, "import os\nos.fork()")


@bad("full")
def process_that_dies_a_moment_later(nb: Notebook) -> Notebook:
    code = "import faulthandler\nfaulthandler.dump_traceback_later(0.2, exit=True, file=open('trace', 'w'))"
    return add_cell(nb, code)


@bad("full")
def imports_broken_for_all(nb: Notebook) -> Notebook:
    return add_cell(nb, "import builtins\nbuiltins.__import__ = None")


@bad("full")
def modules_forgotten(nb: Notebook) -> Notebook:
    return add_cell(nb, "import sys\nsys.modules.clear()")


@bad("full")
def part_of_numpy_broken_for_all(nb: Notebook) -> Notebook:
    return add_cell(nb, "import numpy\nnumpy.frombuffer = None")


@bad("full")
def other_generator_behind_numpys_random(nb: Notebook) -> Notebook:
    return add_cell(nb, "import numpy\nnumpy.random.set_bit_generator(numpy.random.PCG64(1))")


@bad("full")
def printing_taken_away(nb: Notebook) -> Notebook:
    return add_cell(nb, "import sys\nsys.stdout = sys.stderr = None")


@bad("full")
def its_own_limits_lowered_to_nothing(nb: Notebook) -> Notebook:
    code = "import resource\nfor name in ('RLIMIT_NPROC', 'RLIMIT_NOFILE', 'RLIMIT_DATA', 'RLIMIT_CPU'):\n"
    return add_cell(nb, code + "    resource.setrlimit(getattr(resource, name), (1, 1))")


def starts_busy_children(nb: Notebook, leave: str) -> Notebook:
    """The notebook with a cell that starts 29 busy processes, each of which leaves the room's session or group."""
    code = f"""import os
for _ in range(29):
    if os.fork() == 0:
        try:
            {leave}
        except OSError:
            pass
        while True:
            pass"""
    return add_cell(nb, code)


@bad("full")
def busy_children_in_sessions_of_their_own(nb: Notebook) -> Notebook:
    """Each session has a share of the processor of its own, which the neighbours then lack."""
    return starts_busy_children(nb, "os.setsid()")


@bad("full")
def busy_children_in_groups_of_their_own(nb: Notebook) -> Notebook:
    return starts_busy_children(nb, "os.setpgid(0, 0)")


@bad("full")
def memory_in_the_buffers_of_sockets(nb: Notebook) -> Notebook:
    """They count for no process."""
    code = """import os, socket
hoard = []
for _ in range(31):
    try:
        if os.fork():
            continue
    except OSError:
        break
    try:
        while True:
            hoard += (pair := socket.socketpair())
            for end in pair:
                end.setblocking(False)
                try:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 24)
                except OSError:
                    pass
                try:
                    while True:
                        end.send(bytes(1 << 16))
                except BlockingIOError:
                    pass
    except OSError:
        os.read(os.pipe()[0], 1)
    os._exit(0)"""
    return add_cell(nb, code)


@bad("full")
def disks_written_out_without_end(nb: Notebook) -> Notebook:
    """All users wait for it."""
    return add_cell(nb, "import os\nwhile True:\n    os.sync()")


@bad("full")
def file_written_out_again_and_again(nb: Notebook) -> Notebook:
    code = """import os, time
handle = os.open('junk', os.O_RDWR | os.O_CREAT)
end = time.monotonic() + 1
while time.monotonic() < end:
    os.pwrite(handle, b'x' * 4096, 0)
    os.fsync(handle)"""
    return add_cell(nb, code)


@bad(("gradient_check",))
def call_that_starts_busy_children(nb: Notebook) -> Notebook:
    code = "    import os\n    while True:\n        try:\n            os.fork()\n        except OSError:\n            pass\n"
    return answer(nb, "gradient_check", SIGNATURE + code)
