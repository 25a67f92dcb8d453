"""The system calls that a room may not make, as a filter for the kernel (x86-64 and aarch64)."""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

from .system import MachineGap, check, libc

# name: (number on x86-64, number on aarch64); -1 where the machine has none
NUMBERS = {
    # no sockets: a room has the one it was born with
    "socket": (41, 198), "connect": (42, 203), "accept": (43, 202), "accept4": (288, 242),
    "bind": (49, 200), "listen": (50, 201),
    # no other process's memory, no descriptors of others
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "process_mrelease": (448, 448), "kcmp": (312, 272), "pidfd_getfd": (438, 438),
    # no new namespaces, mounts or roots
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41),
    "chroot": (161, 51), "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    "open_tree_attr": (467, 467), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    # no parts of the kernel with a history
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "modify_ldt": (154, -1), "personality": (135, 92),
    "fanotify_init": (300, 262), "lookup_dcookie": (212, 18), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104),
    "kexec_file_load": (320, 294), "reboot": (169, 142), "swapon": (167, 224), "swapoff": (168, 225),
    "acct": (163, 89), "quotactl": (179, 60), "syslog": (103, 116), "vhangup": (153, 58), "ioperm": (173, -1),
    "iopl": (172, -1), "settimeofday": (164, 170), "clock_settime": (227, 112), "clock_adjtime": (305, 266),
    "adjtimex": (159, 171), "sethostname": (170, 161), "setdomainname": (171, 162),
    # no memory beside what the limits count, none shared with another room
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194), "shmat": (30, 196),
    "shmctl": (31, 195), "semget": (64, 190), "semop": (65, 193), "semctl": (66, 191), "semtimedop": (220, 192),
    "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187), "mq_open": (240, 180),
    "mq_unlink": (241, 181), "mbind": (237, 235), "set_mempolicy": (238, 237), "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    # no session or group of processes of its own: the scheduler gives each session a share of the processor
    "setsid": (112, 157), "setpgid": (109, 154),
    # none of the slots for asynchronous input that all users share
    "io_setup": (206, 0), "io_submit": (209, 2),
    # no watching of what others read
    "inotify_init": (253, -1), "inotify_init1": (294, 26),
}  # fmt: skip
# What makes the machine write out what others have written, or a room's scratch folder, which nobody needs to keep.
WRITING_OUT = {
    "sync": (162, 81),
    "syncfs": (306, 267),
    "fsync": (74, 82),
    "fdatasync": (75, 83),
    "sync_file_range": (277, 84),
}
# What leaves a mark on files that others see: the times of /dev/null, locks on Python's own modules. By it one room
# could tell another what a hidden check passes in. These calls seem to succeed, for honest code copies and locks too.
MARKING = {
    "utime": (132, -1),
    "utimes": (235, -1),
    "futimesat": (261, -1),
    "utimensat": (280, 88),
    "flock": (73, 32),
}
# ... and commands of fcntl: the first set locks, the second asks for locks, leases and notes on folders.
LOCKING, ASKING = (6, 7, 37, 38), (5, 36, 1024, 1025, 1026)
# Where a room shares its process table with others. (It cannot leave its process group anywhere; by that it is ended.)
LEAVING = {"setpriority": (141, 140), "ioprio_set": (251, 30),
           "sched_setaffinity": (203, 122), "sched_setscheduler": (144, 119), "sched_setparam": (142, 118),
           "sched_setattr": (314, 274), "pidfd_open": (434, 434)}  # fmt: skip
# ... and, where Landlock cannot keep its signals in, it sends none.
SIGNALS = {"kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131), "rt_sigqueueinfo": (129, 138),
           "rt_tgsigqueueinfo": (297, 240), "pidfd_send_signal": (424, 424)}  # fmt: skip
# Commands by which a descriptor would send them; and one that types into a terminal.
FCNTL, OWNER_COMMANDS = (72, 25), (8, 10, 15)  # F_SETOWN, F_SETSIG, F_SETOWN_EX
IOCTL, OWNER_REQUESTS, TYPE_IN = (16, 29), (0x8901, 0x8902), 0x5412
SETSOCKOPT, SOL_SOCKET = (54, 208), 1
CLONE, CLONE3, SOCKETPAIR, PRLIMIT = (56, 220), (435, 435), (53, 199), (302, 261)
# Shared memory counts for no process once it has let its pages go, and stays all the same.
MMAP, SHARED = (9, 222), 1
NEW_NAMESPACE = 0x7E020080  # every CLONE_NEW* bit that clone takes
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

LOAD, EQUAL, GREATER, ANY, AND, RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
ALLOW, ERROR, KILL = 0x7FFF0000, 0x00050000, 0x80000000
PRETEND = 0  # the error of a call that is not made and seems to succeed
NUMBER, ARCH, FIRST = 0, 4, 16  # offsets in struct seccomp_data; arguments are eight bytes each


def _step(code: int, value: int, true: int = 0, false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, true, false, value)


def _deny(number: int, error: int = errno.EPERM) -> list[bytes]:
    return [_step(EQUAL, number, 0, 1), _step(RETURN, ERROR | error)]


def _deny_unless(number: int, argument: int, mask: int, wanted: int) -> list[bytes]:
    """Denies the call unless its argument, masked, is `wanted` (the upper half of the register does not count)."""
    return [
        _step(EQUAL, number, 0, 5),
        _step(LOAD, FIRST + 8 * argument),
        _step(AND, mask),
        _step(EQUAL, wanted, 1, 0),
        _step(RETURN, ERROR | errno.EPERM),
        _step(LOAD, NUMBER),
    ]


def _deny_if(number: int, argument: int, unwanted: int, error: int = errno.EPERM) -> list[bytes]:
    """Denies the call if the lower half of its argument is `unwanted`."""
    return [
        _step(EQUAL, number, 0, 4),
        _step(LOAD, FIRST + 8 * argument),
        _step(EQUAL, unwanted, 0, 1),
        _step(RETURN, ERROR | error),
        _step(LOAD, NUMBER),
    ]


def program(shared: bool, signals: bool) -> bytes:
    """The filter. `shared`: the room shares its process table; `signals`: it may send signals.

    Raises
    ------
    MachineGap
        If the machine's architecture is none of the two.
    """
    machine = platform.machine()
    if machine not in MACHINES:
        raise MachineGap(f"no seccomp filter for {machine}")
    column, arch = MACHINES[machine]
    steps = [_step(LOAD, ARCH), _step(EQUAL, arch, 1, 0), _step(RETURN, KILL), _step(LOAD, NUMBER)]
    if column == 0:  # x32 calls have their own numbers
        steps += [_step(GREATER, 0x40000000, 0, 1), _step(RETURN, ERROR | errno.ENOSYS)]
    denied = NUMBERS | (LEAVING if shared else {}) | ({} if signals else SIGNALS)
    for numbers in denied.values():
        if numbers[column] >= 0:
            steps += _deny(numbers[column])
    for numbers in (MARKING | WRITING_OUT).values():
        if numbers[column] >= 0:
            steps += _deny(numbers[column], PRETEND)
    for commands, error in ((LOCKING, PRETEND), (ASKING, errno.EINVAL)):
        steps += [step for command in commands for step in _deny_if(FCNTL[column], 1, command, error)]
    steps += _deny(CLONE3[column], errno.ENOSYS)  # libc then uses clone, whose flags can be seen
    steps += _deny_unless(CLONE[column], 0, NEW_NAMESPACE, 0)
    # a datagram socket could still send to a name
    steps += _deny_unless(SOCKETPAIR[column], 0, 0xFFFFFFFF, 1) + _deny_unless(SOCKETPAIR[column], 1, 0xF, 1)
    steps += _deny_if(SETSOCKOPT[column], 1, SOL_SOCKET)  # a socket's buffers stay as large as they are
    steps += _deny_unless(MMAP[column], 3, SHARED, 0)
    steps += _deny_if(IOCTL[column], 1, TYPE_IN)
    if not signals:
        steps += [step for command in OWNER_COMMANDS for step in _deny_if(FCNTL[column], 1, command)]
        steps += [step for request in OWNER_REQUESTS for step in _deny_if(IOCTL[column], 1, request)]
    if shared:
        steps += _deny_unless(PRLIMIT[column], 0, 0xFFFFFFFF, 0)
    return b"".join([*steps, _step(RETURN, ALLOW)])


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]


def install(steps: bytes) -> None:
    """Puts the filter on this process and all it will start; no_new_privs must be set."""
    handle = _Program(len(steps) // 8, steps)
    spec_allow = 4  # the default of new kernels; else every room would run with slow memory
    set_mode_filter, number = 1, {"x86_64": 317, "aarch64": 277}[platform.machine()]
    check(libc.syscall(number, set_mode_filter, spec_allow, ctypes.byref(handle)), "seccomp")


def supported() -> bool:
    """Whether the kernel takes filters and we have one for this machine."""
    try:
        return platform.machine() in MACHINES and libc.prctl(21, 0, 0, 0, 0) >= 0
    except OSError:
        return False
