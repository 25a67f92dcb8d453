"""Hostile code, run in a room to see whether it is one. Each probe sets `escaped` to what it got hold of, or to "".

The probes know more than a submission could: where the course lies, who grades, what is listening.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Probe:
    """One attempt: the capability it attacks, what it tries in a few words, and its code."""

    capability: str
    tries: str
    code: str


PREAMBLE = """
import ctypes, os, socket, struct, sys, time
libc = ctypes.CDLL(None, use_errno=True)
escaped = ""
def attempt(action, *args):
    try:
        return action(*args)
    except (OSError, PermissionError, MemoryError):
        return None
"""

PROBES = (
    Probe(
        "files",
        "to read solutions, checks, submissions, grades and home folders",
        """
for path in SECRET:
    if os.path.isdir(path):
        for place, folders, names in os.walk(path):
            for name in names:
                if attempt(lambda: open(os.path.join(place, name), "rb").read(1)):
                    escaped = os.path.join(place, name)
    elif attempt(lambda: open(path, "rb").read(1)):
        escaped = path
""",
    ),
    Probe(
        "files",
        "to change helpers, packages and system",
        """
for path in READABLE:
    target = path if os.path.isfile(path) else os.path.join(path, "probe-of-the-room")
    handle = attempt(os.open, target, os.O_WRONLY | os.O_CREAT if target != path else os.O_WRONLY)
    if handle is not None:
        escaped = target
""",
    ),
    Probe(
        "files",
        "to open a file by its handle, past the file tree",
        """
handle = ctypes.create_string_buffer(struct.pack("IiQ", 8, 1, 2) + bytes(16))
folder = os.open(".", os.O_RDONLY)
if libc.open_by_handle_at(folder, handle, os.O_RDONLY) >= 0:
    escaped = "the root of the file system, by number"
""",
    ),
    Probe(
        "network",
        "to reach a server of this machine by TCP, UDP and its file",
        """
for family, kind, address in ADDRESSES:
    def send():
        with socket.socket(family, kind) as sock:
            sock.settimeout(1)
            sock.connect(tuple(address) if isinstance(address, list) else address)
            sock.send(b"probe")
            return True
    if attempt(send) and kind == socket.SOCK_STREAM:  # what a datagram reached, its server knows
        escaped = str(address)
""",
    ),
    Probe(
        "network",
        "to send from the unnamed socket that every program may have",
        """
for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
    pair = attempt(lambda: socket.socketpair(socket.AF_UNIX, kind))
    for family, how, address in ADDRESSES if pair else ():
        if family == socket.AF_UNIX and attempt(pair[0].sendto, b"probe", address):
            escaped = repr(address)
""",
    ),
    Probe(
        "processes",
        "to signal the grader and others",
        """
for pid in (GRADER, os.getppid(), *range(2, 400)):
    if pid > 1 and pid != os.getpid() and attempt(lambda: os.kill(pid, 0) or True):
        escaped = f"process {pid}"
""",
    ),
    Probe(
        "processes",
        "to trace, and to read and write memory of the grader",
        """
buffer = ctypes.create_string_buffer(8)
class Part(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]
here, there = Part(ctypes.addressof(buffer), 8), Part(ADDRESS, 8)
for pid in (GRADER, os.getppid()):
    read = libc.process_vm_readv(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
    if libc.ptrace(16, pid, 0, 0) == 0 or read > 0:
        escaped = f"memory of process {pid}"
""",
    ),
    Probe(
        "processes",
        "to leave a process behind",
        """
if os.fork() == 0:
    attempt(os.setsid)
    if os.fork() == 0:
        libc.prctl(15, NAME.encode(), 0, 0, 0)
        time.sleep(600)
    os._exit(0)
""",
    ),
    Probe(
        "secrets",
        "to find the grader's variables",
        """
for pid in ("self", str(GRADER), *map(str, range(1, 200))):
    text = attempt(lambda: open(f"/proc/{pid}/environ").read()) or ""
    if MARK in text:
        escaped = f"the variables of process {pid}"
if any(MARK[::-1] in text[::-1] for text in os.environ.values()):
    escaped = "the variables it was started with"
""",
    ),
    Probe(
        "secrets",
        "to use descriptors that the grader has open",
        """
for number in range(3, 256):
    about = attempt(os.fstat, number)
    if about and (about.st_mode & 0o170000) in (0o100000, 0o040000):
        escaped = f"descriptor {number}"
""",
    ),
    Probe(
        "limits",
        "to take more memory than there is for it",
        """
blocks = []
try:
    while len(blocks) < 64:
        blocks.append(bytearray(256 << 20))
    escaped = f"{len(blocks) * 256} MB"
except MemoryError:
    blocks.clear()
""",
    ),
    Probe(
        "limits",
        "to start processes without end",
        """
children = []
try:
    while len(children) < MOST * 2 + 2000:
        child = os.fork()
        if child == 0:
            time.sleep(60)
            os._exit(0)
        children.append(child)
    escaped = f"{len(children)} processes"
except OSError:
    pass
""",
    ),
    Probe(
        "limits",
        "to fill the disk",
        """
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = 0
try:
    for number in range(64):
        with open(f"filler-{number}", "wb") as file:
            for _ in range(16):
                size += file.write(bytes(16 << 20))
    escaped = f"{size >> 20} MB"
except OSError:
    pass
""",
    ),
    Probe(
        "limits",
        "to have the processor shared with it more than once, by sessions and groups of its own",
        """
if os.fork() == 0:
    for leave in (os.setsid, lambda: os.setpgid(0, 0)):
        try:
            leave()
        except OSError:
            continue
        os._exit(1)
    os._exit(0)
if os.wait()[1]:
    escaped = "a group of processes of its own"
""",
    ),
    Probe(
        "limits",
        "to have the machine write out its disks",
        """
# a call that was made would refuse a descriptor that is none; one that is not made cannot
if libc.syscall({"x86_64": 306, "aarch64": 267}[os.uname().machine], -1) != 0:
    escaped = "syncfs"
if libc.fsync(-1) != 0:
    escaped = "fsync"
""",
    ),
    Probe(
        "limits",
        "to take the slots for asynchronous input that all users share",
        """
context = ctypes.c_ulong(0)
number = {"x86_64": 206, "aarch64": 0}[os.uname().machine]
if libc.syscall(number, 60000, ctypes.byref(context)) == 0:
    escaped = "60,000 slots"
""",
    ),
    Probe(
        "limits",
        "to keep memory in the buffers of sockets, where no process is asked for it",
        """
pairs, children = [], []
report, answer = os.pipe()
try:
    while len(children) < MOST:
        child = os.fork()
        if child == 0:
            held = 0
            try:
                while True:
                    pairs.append(socket.socketpair())
                    for end in pairs[-1]:
                        end.setblocking(False)
                        attempt(end.setsockopt, socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 24)
                        try:
                            while True:
                                held += end.send(bytes(1 << 16))
                        except BlockingIOError:
                            pass
            except OSError:
                pass
            os.write(answer, struct.pack("q", held))
            time.sleep(1)
            os._exit(0)
        children.append(child)
except OSError:
    pass
total = sum(struct.unpack("q", os.read(report, 8))[0] for _ in children)
if total > 512 << 20:
    escaped = f"{total >> 20} MB"
""",
    ),
    Probe("limits", "to run without end", "while True:\n    pass\n"),
)
