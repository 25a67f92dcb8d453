"""What a room gives up before it runs a line that is not ours: file tree, privileges, system calls, resources.

Every step that the machine has is taken; `confine` says which they were. `sandbox` judges by that whether the
capabilities that grading needs are held.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import resource
import signal
import struct
from dataclasses import dataclass, field
from typing import Any

from . import landlock, seccomp
from .limits import MIB, Limits
from .system import check, libc

NEWNS, NEWIPC, NEWUSER, NEWPID, THREAD = 0x00020000, 0x08000000, 0x10000000, 0x20000000, 0x00010000
NOSUID_NODEV, READ_ONLY, PRIVATE, RECURSIVE = 2 | 4, 1, 1 << 18, 1 << 14
SCRATCH = "/scratch"  # a room's own, in its own mount namespace
# A room of root's is no friend of root's files, but Python may lie in root's own folder. Landlock still says what may
# be read, and seccomp denies the one call by which this capability is more than that.
READ_ALL = 1 << 2  # CAP_DAC_READ_SEARCH
STRANGER = 0x6F000000  # where the user ids of rooms begin: nobody else's on any machine


@dataclass(frozen=True)
class Cage:
    """How rooms of one template are shut.

    `namespaces`: "root" (privileges of the machine), "user" (of a user namespace), or "" (none).
    `readable` are the paths a room may read, `hidden` those to cover, `devices` those it may also write.
    """

    namespaces: str
    readable: tuple[str, ...]
    hidden: tuple[str, ...]
    scratch: str
    uid: int | None
    devices: tuple[str, ...] = ("/dev/null", "/dev/zero", "/dev/full")
    landlock: int = 0
    filter: bytes = field(default=b"", repr=False)

    @classmethod
    def of(cls, config: dict[str, Any]) -> Cage:
        """The cage that the grader described, with the filter that fits this machine."""
        namespaces = str(config["namespaces"])
        shared = not namespaces
        version = 0 if "landlock" in config["without"] else landlock.version()
        filter_ = b""
        if seccomp.supported() and "seccomp" not in config["without"]:
            filter_ = seccomp.program(shared, not shared or version >= landlock.SIGNALS_KEPT_IN)
        return cls(
            namespaces,
            tuple(config["readable"]),
            tuple(config["hidden"]),
            str(config["scratch"]),
            config["uid"],
            landlock=version,
            filter=filter_,
        )


def single_threaded() -> bool:
    """Whether this process has one thread.

    The kernel refuses CLONE_THREAD otherwise, and does nothing else with it; where it may not be asked, /proc knows.
    """
    if libc.unshare(THREAD) == 0:
        return True
    return ctypes.get_errno() != errno.EINVAL and len(os.listdir("/proc/self/task")) == 1


def fork_into_new_pids(cage: Cage, own: int | None) -> int:
    """`os.fork`, the child being the first process of a process table of its own where the cage has namespaces."""
    if own is None or not cage.namespaces:
        return os.fork()
    check(libc.unshare(NEWPID), "PID namespace")
    try:
        pid = os.fork()
    finally:
        libc.setns(own, NEWPID)  # in the child: refused, and of no use to it
    return pid


def confine_room(cage: Cage, limits: Limits, number: int) -> list[str]:
    """Shuts this process in as a student room; returns the names of what was used.

    Raises
    ------
    MachineGap
        If a step fails that the template said it has.
    """
    uid = None if cage.uid is None else STRANGER + (cage.uid + number) % (1 << 23)
    scratch, keep = SCRATCH if cage.namespaces else scratch_of(cage, os.getpid()), 0
    _first_to_go()
    used = _bound(limits, shared=not cage.namespaces and uid is None)
    if cage.namespaces:
        os.setsid()  # a signal to its group reaches nobody outside
        _give_way(limits.nice)
        _own_mounts(cage, limits)
        used += ["process table of its own", "mounts of its own", "IPC of its own"]
    else:
        os.mkdir(scratch, 0o700)
        os.setpgid(0, 0)
        _give_way(limits.nice)
    if uid is not None:
        keep = READ_ALL if cage.landlock and cage.filter else 0
        if not cage.namespaces:
            os.chown(scratch, uid, uid)
        check(libc.prctl(8, 1, 0, 0, 0), "capabilities")  # else the change of user takes all of them
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
        used.append("user id of its own")
    end_with_parent()
    used += _give_up(cage, [scratch], keep)
    os.chdir(scratch)
    for name in ("HOME", "TMPDIR", "MPLCONFIGDIR", "IPYTHONDIR", "JUPYTER_DATA_DIR"):
        os.environ[name] = scratch
    return used


def end_with_parent() -> None:
    """The kernel ends this process when its parent ends."""
    libc.prctl(1, signal.SIGKILL, 0, 0, 0)


def _give_way(nice: int) -> None:
    """Others get the processor first. A session may have a share of its own, which its members' values do not change."""
    if nice:
        os.nice(nice)
        with contextlib.suppress(OSError), open("/proc/self/autogroup", "w") as file:
            file.write(str(nice))


def _first_to_go() -> None:
    """Where memory runs out, the kernel is to end this process before any of the machine's."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")


def scratch_of(cage: Cage, pid: int) -> str:
    """The scratch folder of a room that has no mounts of its own."""
    return os.path.join(cage.scratch, f"room-{pid}")


def confine_checker(cage: Cage) -> None:
    """Shuts this process in as a checker room: our code, but it reads what strangers send."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (2048 * MIB, 2048 * MIB))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    end_with_parent()
    _give_up(cage, [], READ_ALL if cage.landlock and cage.filter else 0)


def _own_mounts(cage: Cage, limits: Limits) -> None:
    flags = NEWNS | NEWIPC
    if cage.namespaces == "user":
        uid, gid = os.getuid(), os.getgid()
        check(libc.unshare(flags | NEWUSER), "user namespace")
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{uid} {uid} 1"),
            ("gid_map", f"{gid} {gid} 1"),
        ):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(text)
    else:
        check(libc.unshare(flags), "mount namespace")
    check(libc.mount(None, b"/", None, RECURSIVE | PRIVATE, None), "mounts")
    options = f"size={limits.scratch},nr_inodes=4096,mode=1777".encode()
    check(libc.mount(b"tmpfs", SCRATCH.encode(), b"tmpfs", NOSUID_NODEV, options), "scratch")
    for path in cage.hidden:
        if os.path.isdir(path):
            options = b"size=4k,mode=0555"
            check(libc.mount(b"tmpfs", path.encode(), b"tmpfs", NOSUID_NODEV | READ_ONLY, options), path)


def _bound(limits: Limits, shared: bool) -> list[str]:
    """Resource limits. A room that shares its user id with others counts theirs too, so it gets room for them."""
    processes = limits.processes + (_processes_of_user() if shared else 0)
    bounds = {
        resource.RLIMIT_DATA: limits.memory,
        resource.RLIMIT_AS: limits.memory + _mapped(),
        resource.RLIMIT_CPU: int(limits.submission_s) + 10,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_NPROC: processes,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: 1024,  # timers too
        resource.RLIMIT_MEMLOCK: 0,
    }
    for which, value in bounds.items():
        _, hard = resource.getrlimit(which)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (value, value))
    return ["resource limits"]


def _give_up(cage: Cage, writable: list[str], keep: int) -> list[str]:
    used = ["no new privileges"]
    check(libc.prctl(38, 1, 0, 0, 0), "no_new_privs")
    _drop_capabilities(keep)
    if cage.landlock:
        devices = [path for path in cage.devices if os.path.exists(path)]
        landlock.restrict(cage.readable, [*writable, *devices])
        used.append("Landlock")
        if cage.landlock >= landlock.SIGNALS_KEPT_IN:
            used.append("Landlock for signals")
    if cage.filter:
        seccomp.install(cage.filter)
        used.append("seccomp")
    return used


def _drop_capabilities(keep: int) -> None:
    libc.prctl(47, 4, 0, 0, 0)  # ambient: all
    header = struct.pack("=Ii", 0x20080522, 0)
    have = ctypes.create_string_buffer(24)  # effective, permitted, inheritable; then their upper halves
    check(libc.capget(ctypes.c_char_p(header), have), "capabilities")
    keep &= struct.unpack("=6I", have.raw)[1]
    sets = struct.pack("=6I", keep, keep, 0, 0, 0, 0)
    check(libc.capset(ctypes.c_char_p(header), ctypes.c_char_p(sets)), "capabilities")


def _mapped() -> int:
    """Bytes of address space that the template has mapped already."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 2048 * MIB


def _processes_of_user() -> int:
    """Threads that this user runs now, and as many again as a margin."""
    count = 0
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            if os.stat(f"/proc/{name}").st_uid == os.getuid():
                count += len(os.listdir(f"/proc/{name}/task"))
    return 2 * count + 64
