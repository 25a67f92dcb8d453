"""Reaching out: files, secrets, network and other processes. Each answer is right only while the attack fails.

The test that runs these listens on the ports and plants the files that are named here.
"""

from . import Notebook, after_answer, bad, unless

FUNCTION = "gradient_check"
SECRET_VARIABLE = "GRADER_TEST_SECRET"
LEFT_BEHIND = "left-behind-by-a-room"


def reach(nb: Notebook, attack: str) -> Notebook:
    return unless(nb, FUNCTION, attack)


def reads(nb: Notebook, *patterns: str) -> Notebook:
    """Sets `escaped` if any file that fits a pattern can be opened and has content."""
    return reach(
        nb,
        f"""
import glob
for pattern in {patterns!r}:
    for path in glob.glob(pattern, recursive=True):
        try:
            escaped = open(path, 'rb').read(64) or escaped
        except OSError:
            pass
""",
    )


def system_call(nb: Notebook, number: int, arguments: str) -> Notebook:
    """Sets `escaped` if a system call (x86-64 number) succeeds."""
    return reach(
        nb,
        f"""
import ctypes, platform
libc = ctypes.CDLL(None, use_errno=True)
escaped = platform.machine() == 'x86_64' and libc.syscall({number}, {arguments}) >= 0
""",
    )


@bad("full")
def reads_the_solutions(nb: Notebook) -> Notebook:
    from tests.here import ROOT

    return reads(nb, f"{ROOT}/solutions/**", "../**/solutions/**", "/**/solutions/gradient_checking*")


@bad("full")
def reads_the_graders_code(nb: Notebook) -> Notebook:
    from tests.here import ROOT

    return reads(nb, f"{ROOT}/grader/*.py", f"{ROOT}/solutions/*/exercises/*.py")


@bad("full")
def reads_the_tests(nb: Notebook) -> Notebook:
    from tests.here import ROOT

    return reads(nb, f"{ROOT}/tests/*.py", f"{ROOT}/README.md", f"{ROOT}/.git/config")


@bad("full")
def reads_other_submissions(nb: Notebook) -> Notebook:
    near = ("../../*neighbour*/*/*.ipynb", "../../../*neighbour*/*/*.ipynb")
    return reads(nb, *near, "/**/neighbour/gradient_checking/*.ipynb")


@bad("full")
def reads_the_gradebook(nb: Notebook) -> Notebook:
    return reads(nb, "../../../gradebook.db", "/**/gradebook.db", "/**/grades/results/**")


@bad("full")
def reads_the_password_file(nb: Notebook) -> Notebook:
    return reads(nb, "/etc/shadow", "/etc/sudoers", "/root/**", "/home/*/**")


@bad("full")
def reads_keys_and_tokens(nb: Notebook) -> Notebook:
    return reads(
        nb,
        "~/.ssh/*",
        "/root/.ssh/*",
        "/root/.gitconfig",
        "/root/.bashrc",
        "/var/run/secrets/**",
        "/run/secrets/**",
    )


@bad("full")
def reads_the_environments_secrets(nb: Notebook) -> Notebook:
    return reach(nb, f"import os\nescaped = {SECRET_VARIABLE!r} in os.environ")


@bad("full")
def reads_the_environment_of_all_processes(nb: Notebook) -> Notebook:
    return reach(
        nb,
        f"""
import glob
for path in glob.glob('/proc/*/environ'):
    try:
        escaped = escaped or {SECRET_VARIABLE!r}.encode() in open(path, 'rb').read()
    except OSError:
        pass
""",
    )


@bad("full")
def reads_the_memory_of_its_parent(nb: Notebook) -> Notebook:
    return reach(
        nb,
        """
import os
for pid in {os.getppid(), 1, 2, 3}:
    if pid and pid != os.getpid():
        try:
            with open(f'/proc/{pid}/maps') as maps, open(f'/proc/{pid}/mem', 'rb') as memory:
                memory.seek(int(maps.readline().split('-')[0], 16))
                escaped = memory.read(16) or escaped
        except OSError:
            pass
""",
    )


@bad("full")
def sees_the_graders_processes(nb: Notebook) -> Notebook:
    return reach(
        nb,
        """
import glob
for path in glob.glob('/proc/[0-9]*/cmdline'):
    try:
        words = open(path, 'rb').read().replace(b'\\0', b' ')
        escaped = escaped or b'grader grade' in words or b'nbgrader autograde' in words
    except OSError:
        pass
""",
    )


@bad("full")
def follows_the_links_in_proc(nb: Notebook) -> Notebook:
    return reads(nb, "/proc/*/root/root/*", "/proc/*/cwd/solutions/*", "/proc/*/fd/[3-9]*")


@bad("full")
def connects_to_this_machine(nb: Notebook) -> Notebook:
    return reach(
        nb,
        """
import socket
for port in (PORT,) if 'PORT' in globals() else (22, 80, 5432, 8888):
    try:
        escaped = bool(socket.create_connection(('127.0.0.1', port), timeout=1)) or escaped
    except OSError:
        pass
""",
    )


@bad("full")
def listens_on_a_port(nb: Notebook) -> Notebook:
    return reach(
        nb, "import socket\ns = socket.socket()\ns.bind(('127.0.0.1', 0))\ns.listen()\nescaped = True"
    )


@bad("full")
def sends_a_datagram(nb: Notebook) -> Notebook:
    return reach(nb, "import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
                     "escaped = s.sendto(b'secret', ('127.0.0.1', 9)) > 0")  # fmt: skip


@bad("full")
def asks_a_name_server(nb: Notebook) -> Notebook:
    return reach(nb, "import socket\nescaped = socket.getaddrinfo('localhost', 80) and socket.socket()")


@bad("full")
def connects_to_unix_sockets(nb: Notebook) -> Notebook:
    return reach(
        nb,
        """
import glob, socket
for path in glob.glob('/run/**', recursive=True) + glob.glob('/tmp/**', recursive=True) + ['\\0dbus']:
    try:
        s = socket.socket(socket.AF_UNIX)
        s.connect(path)
        escaped = path
    except OSError:
        pass
""",
    )


@bad("full")
def opens_a_raw_socket(nb: Notebook) -> Notebook:
    return reach(nb, "import socket\nescaped = bool(socket.socket(socket.AF_PACKET, socket.SOCK_RAW))")


@bad("full")
def downloads_with_a_shell(nb: Notebook) -> Notebook:
    return reach(nb, "import subprocess\nescaped = subprocess.run(['bash', '-c', 'exec 3<>/dev/tcp/127.0.0.1/22'], "
                     "timeout=5).returncode == 0")  # fmt: skip


@bad("full")
def writes_to_the_helpers(nb: Notebook) -> Notebook:
    return reach(nb, "import gc_utils\nopen(gc_utils.__file__, 'a').write('#')\nescaped = True")


@bad("full")
def writes_to_the_data(nb: Notebook) -> Notebook:
    return reach(nb, "import gc_utils, os\nfolder = os.path.join(os.path.dirname(gc_utils.__file__), '..', 'data')\n"
                     "open(os.path.join(folder, 'x'), 'w').write('#')\nescaped = True")  # fmt: skip


@bad("full")
def writes_to_numpy(nb: Notebook) -> Notebook:
    return reach(nb, "import numpy\nopen(numpy.__file__, 'a').write('#')\nescaped = True")


@bad("full")
def writes_outside_its_scratch(nb: Notebook) -> Notebook:
    return reach(
        nb,
        """
import os
for folder in ('/', '/etc', '/usr', '/usr/lib', '/var/tmp', '/dev/shm', '/root', '/home', '/opt', '/run', '/srv'):
    try:
        path = os.path.join(folder, 'LEFT')
        open(path, 'w').write('x')
        if folder not in ('/dev/shm', '/var/tmp'):
            escaped = path
    except OSError:
        pass
""".replace("LEFT", LEFT_BEHIND),
    )


@bad("full")
def leaves_a_file_in_its_scratch(nb: Notebook) -> Notebook:
    return reach(nb, f"import os\nescaped = os.path.exists('{LEFT_BEHIND}') or os.path.exists('/tmp/{LEFT_BEHIND}')\n"
                     f"open('{LEFT_BEHIND}', 'w').write('x')\nopen('/tmp/{LEFT_BEHIND}', 'w').write('x')")  # fmt: skip


@bad("full")
def finds_the_file_another_room_left(nb: Notebook) -> Notebook:
    return reads(
        nb,
        f"{LEFT_BEHIND}",
        f"/tmp/**/{LEFT_BEHIND}",
        f"/dev/shm/**/{LEFT_BEHIND}",
        f"/var/tmp/**/{LEFT_BEHIND}",
    )


@bad("full")
def shares_memory_with_other_rooms(nb: Notebook) -> Notebook:
    return reach(nb, "import ctypes\nlibc = ctypes.CDLL(None)\nescaped = libc.shmget(4711, 4096, 0o666) >= 0\n"
                     "libc.shmget(4711, 4096, 0o1666)")  # fmt: skip


@bad("full")
def kills_every_process(nb: Notebook) -> Notebook:
    return reach(
        nb,
        """
import os, signal
me = os.getpid()
for pid in range(2, 400):
    if pid != me:
        try:
            os.kill(pid, 0)
            if os.getpgid(pid) != os.getpgid(me):
                escaped = escaped or pid
        except OSError:
            pass
""",
    )


@bad("full")
def kills_its_parent(nb: Notebook) -> Notebook:
    return reach(nb, "import os, signal\nparent = os.getppid()\nif parent > 0:\n    os.kill(parent, signal.SIGKILL)\n"
                     "    import time\n    time.sleep(0.2)\n    escaped = os.getppid() != parent")  # fmt: skip


@bad("full")
def traces_its_parent(nb: Notebook) -> Notebook:
    return system_call(nb, 101, "16, __import__('os').getppid() or 1, 0, 0")


@bad("full")
def reads_another_process_by_system_call(nb: Notebook) -> Notebook:
    return system_call(
        nb, 310, "__import__('os').getppid() or 1, ctypes.create_string_buffer(16), 1, None, 1, 0"
    )


@bad("full")
def makes_a_user_namespace(nb: Notebook) -> Notebook:
    return system_call(nb, 272, "0x10000000")


@bad("full")
def makes_a_mount_namespace(nb: Notebook) -> Notebook:
    return system_call(nb, 272, "0x00020000")


@bad("full")
def mounts_a_file_system(nb: Notebook) -> Notebook:
    return system_call(nb, 165, "b'none', b'/tmp', b'tmpfs', 0, None")


@bad("full")
def takes_a_mount_away(nb: Notebook) -> Notebook:
    return system_call(nb, 166, "b'/tmp', 2")


@bad("full")
def changes_its_root(nb: Notebook) -> Notebook:
    return reach(nb, "import os\nos.chroot('/tmp')\nescaped = True")


@bad("full")
def becomes_root(nb: Notebook) -> Notebook:
    return reach(nb, "import os\nbefore = os.getuid()\nos.setuid(0)\nos.seteuid(0)\nescaped = before != 0")


@bad("full")
def makes_a_device(nb: Notebook) -> Notebook:
    return reach(
        nb, "import os, stat\nos.mknod('disk', stat.S_IFBLK | 0o600, os.makedev(8, 0))\nescaped = True"
    )


@bad("full")
def opens_the_machines_memory(nb: Notebook) -> Notebook:
    return reads(nb, "/dev/mem", "/dev/kmsg", "/dev/sd*", "/dev/vd*", "/proc/kcore", "/proc/kmsg")


@bad("full")
def loads_a_kernel_program(nb: Notebook) -> Notebook:
    return system_call(nb, 321, "0, ctypes.create_string_buffer(128), 128")


@bad("full")
def sets_up_an_io_ring(nb: Notebook) -> Notebook:
    """Its calls pass no filter."""
    return system_call(nb, 425, "8, ctypes.create_string_buffer(120)")


@bad("full")
def opens_a_performance_counter(nb: Notebook) -> Notebook:
    return system_call(nb, 298, "ctypes.create_string_buffer(128), 0, -1, -1, 0")


@bad("full")
def uses_the_kernels_keyring(nb: Notebook) -> Notebook:
    """It is one for all processes of a user."""
    return system_call(nb, 248, "b'user', b'k', b'v', 1, -4")


@bad("full")
def sets_the_clock(nb: Notebook) -> Notebook:
    return reach(nb, "import time\ntime.clock_settime(time.CLOCK_REALTIME, time.time())\nescaped = True")


@bad("full")
def changes_the_machines_name(nb: Notebook) -> Notebook:
    return reach(nb, "import socket\nsocket.sethostname('owned')\nescaped = True")


@bad("full")
def writes_to_the_kernels_settings(nb: Notebook) -> Notebook:
    return reach(nb, "open('/proc/sys/kernel/core_pattern', 'w').write('|/tmp/x')\nescaped = True")


@bad("full")
def raises_its_limits(nb: Notebook) -> Notebook:
    return reach(nb, "import resource\nfor name in ('RLIMIT_NPROC', 'RLIMIT_AS', 'RLIMIT_FSIZE', 'RLIMIT_NOFILE', 'RLIMIT_CORE'):\n"
                     "    limit = getattr(resource, name)\n    soft, hard = resource.getrlimit(limit)\n"
                     "    if hard >= 0:\n        resource.setrlimit(limit, (hard + 1, hard + 1))\n        escaped = name")  # fmt: skip


@bad("full")
def traces_system_calls_away(nb: Notebook) -> Notebook:
    """Asks whether it may still gain privileges by what it starts."""
    return reach(
        nb,
        """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
escaped = libc.prctl(39, 0, 0, 0, 0) != 1
""",
    )


@bad("full")
def keeps_capabilities(nb: Notebook) -> Notebook:
    return reach(
        nb,
        """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
escaped = any(libc.prctl(23, number, 0, 0, 0) == 1 and number for number in range(1, 40)) and libc.syscall(39) and \\
    libc.prctl(47, 2, 21, 0, 0) == 0
""",
    )


@bad("full")
def writes_to_inherited_descriptors(nb: Notebook) -> Notebook:
    return reach(
        nb,
        """
import os, stat
for fd in range(3, 256):
    try:
        mode = os.fstat(fd).st_mode
        if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
            os.write(fd, b'x')
            escaped = fd
    except OSError:
        pass
""",
    )


@bad("full")
def leaves_a_mark_on_a_device(nb: Notebook) -> Notebook:
    """By its time one room could tell another what a hidden check passes in."""
    return reach(nb, "import os\nbefore = os.stat('/dev/null').st_mtime_ns\nos.utime('/dev/null')\n"
                     "escaped = os.stat('/dev/null').st_mtime_ns != before")  # fmt: skip


@bad("full")
def locks_a_file_that_others_see(nb: Notebook) -> Notebook:
    """By its lock one room could tell another something."""
    return reach(
        nb,
        """
import fcntl, gc_utils
with open(gc_utils.__file__) as one, open(gc_utils.__file__) as other:
    fcntl.flock(one, fcntl.LOCK_EX)
    try:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        escaped = 'a lock that another room could see'
""",
    )


@bad("full")
def asks_for_the_locks_of_others(nb: Notebook) -> Notebook:
    return reach(nb, "import fcntl, gc_utils, struct\n"
                     "escaped = fcntl.fcntl(open(gc_utils.__file__), 5, struct.pack('hhqqi4x', 1, 0, 0, 0, 0))")  # fmt: skip


@bad("full")
def watches_what_others_open(nb: Notebook) -> Notebook:
    return system_call(nb, 294, "0")


@bad("full")
def asks_for_notes_on_a_folder(nb: Notebook) -> Notebook:
    """They would tell when another room reads a file."""
    return reach(nb, "import fcntl, gc_utils, os, signal\nsignal.signal(signal.SIGIO, signal.SIG_IGN)\n"
                     "folder = os.open(os.path.dirname(gc_utils.__file__), os.O_RDONLY)\n"
                     "escaped = fcntl.fcntl(folder, 1026, 0x80000021) == 0")  # fmt: skip


@bad("full")
def makes_a_file_in_memory(nb: Notebook) -> Notebook:
    return system_call(nb, 319, "b'x', 0")


@bad("full")
def asks_for_a_file_handle(nb: Notebook) -> Notebook:
    """It would open a file past all that hides its path."""
    return system_call(
        nb,
        303,
        "-100, b'/', ctypes.create_string_buffer((128).to_bytes(4, 'little') + bytes(140)), ctypes.byref(ctypes.c_int()), 0",
    )


@bad("full")
def writes_an_attribute_on_a_helper(nb: Notebook) -> Notebook:
    return reach(nb, "import gc_utils, os\nos.setxattr(gc_utils.__file__, 'user.mark', b'1')\nescaped = True")


@bad("full")
def opens_a_helper_to_everybody(nb: Notebook) -> Notebook:
    return reach(nb, "import gc_utils, os\nos.chmod(gc_utils.__file__, 0o777)\nescaped = True")


@bad("full")
def takes_a_second_name_for_a_helper(nb: Notebook) -> Notebook:
    return reach(nb, "import gc_utils, os\nos.link(gc_utils.__file__, 'mine.py')\nescaped = True")


@bad("full")
def opens_the_terminal(nb: Notebook) -> Notebook:
    return reads(nb, "/dev/tty", "/dev/pts/*", "/dev/console", "/dev/ptmx", "/dev/shm/*", "/dev/mqueue/*")


@bad("full")
def raises_its_priority(nb: Notebook) -> Notebook:
    return reach(
        nb, "import os\nbefore = os.nice(0)\nescaped = os.nice(-1) < before\nos.sched_setscheduler(0, 1)"
    )


@bad("full")
def shares_a_process_group_with_others(nb: Notebook) -> Notebook:
    return reach(nb, "import os\nescaped = os.getpgid(0) == 0 and 'a group that began outside'")


@bad("full")
def stops_its_process_group(nb: Notebook) -> Notebook:
    return reach(nb, "import os, signal\nos.kill(0, signal.SIGCONT)\nescaped = False")


@bad("full")
def looks_for_another_submission_in_memory(nb: Notebook) -> Notebook:
    """A room is a fork, and so might hold what the process before it held."""
    return reach(
        nb,
        """
import gc
for thing in gc.get_objects():
    if type(thing) is dict and ('vectors' in thing or 'exercises' in thing) and 'checks' in thing:
        escaped = 'what a checker room was sent'
    if callable(thing) and getattr(thing, '__module__', '') == 'known_mistakes.lesson':
        escaped = thing.__name__
""",
    )


def changes(nb: Notebook, *patterns: str, to: str = "") -> Notebook:
    """Sets `escaped` if any file that fits a pattern can be written."""
    return reach(
        nb,
        f"""
import glob
for pattern in {patterns!r}:
    for path in glob.glob(pattern, recursive=True):
        try:
            with open(path, 'r+') as file:
                file.write({to!r})
            escaped = path
        except OSError:
            pass
""",
    )


@bad("full")
def rewrites_grades_in_the_gradebook(nb: Notebook) -> Notebook:
    return reach(
        nb,
        """
import glob, sqlite3
for path in glob.glob('../../../gradebook.db') + glob.glob('/**/gradebook.db', recursive=True):
    with sqlite3.connect(path, timeout=1) as book:
        escaped = book.execute('UPDATE grade SET auto_score = 0, manual_score = 0').rowcount
""",
    )


@bad("full")
def edits_other_submissions(nb: Notebook) -> Notebook:
    return changes(nb, "../../../../submissions/*neighbour*/*/*.ipynb", to="{")


@bad("full")
def edits_the_release(nb: Notebook) -> Notebook:
    return changes(nb, "../../../../notebooks/*/*.ipynb", to="{")


@bad("full")
def waits_for_the_next_kernel(nb: Notebook) -> Notebook:
    """A file in the home folder that IPython runs whenever it starts, for the next student too."""
    code = """
import os
folder = os.path.expanduser('~/.ipython/profile_default/startup')
try:
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, '0.py'), 'w') as file:
        file.write('import gc_utils; gc_utils.cubic = None')
except OSError:
    pass
"""
    return after_answer(nb, "wrong_blocks", code)


@bad("full")
def leaves_its_session(nb: Notebook) -> Notebook:
    """A session of its own has a share of the processor of its own."""
    return reach(
        nb,
        """
import os
if os.fork() == 0:
    try:
        os.setsid()
    except OSError:
        os._exit(0)
    os._exit(1)
escaped = os.wait()[1] != 0
""",
    )


@bad("full")
def takes_slots_that_all_users_share(nb: Notebook) -> Notebook:
    """Those of asynchronous input and output; the machine has 65,536 of them."""
    return system_call(nb, 206, "60000, ctypes.byref(ctypes.c_ulong(0))")
