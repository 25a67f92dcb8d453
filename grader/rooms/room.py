"""The template: a warm process, shut in, that forks checker rooms and student rooms. It holds no secret.

It imports what lessons use once, then waits. The grader asks it for checker rooms; each asks it for a student room
per submission, and for the end of it. So no student room ever stems from a process that has seen a check.

    grader ──b"check" + socket──▶ template ──fork──▶ checker room ──"room" + socket──▶ template ──fork──▶ student room
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import random
import resource
import select
import signal
import socket
import sys
import traceback
from typing import Any

import numpy as np

from . import checker, student
from .channel import Channel, Closed
from .isolation import Cage, confine_checker, confine_room, fork_into_new_pids, scratch_of, single_threaded
from .limits import Limits
from .shell import RoomShell, captured, ended, make_shell
from .system import MachineGap
from .values import layout_is_known

TICKS = os.sysconf("SC_CLK_TCK")  # of processor time, to a second
MOST_FILES = 4096  # as many as a scratch folder of its own would hold
SEED = 20240229  # rooms draw from here unless a cell seeds: two gradings of one notebook are then alike


class Template:
    """The state of the template: its caller, its cage, and the rooms of every checker room that lives."""

    def __init__(self, caller: socket.socket, config: dict[str, Any]) -> None:
        self.caller = caller
        self.cage = Cage.of(config)
        self.own = os.pidfd_open(os.getpid()) if self.cage.namespaces else None
        self.rooms: dict[socket.socket, int] = {}  # a checker's socket, and its student room's process or 0
        self.checkers: dict[socket.socket, int] = {}  # ... and the checker's process
        self.count = 0
        self.shell = make_shell()
        warm(config["modules"])
        warm_up(self.shell, config["given"], config["free"])
        self.helpers = {
            name: dict(vars(sys.modules[name])) for name in config["helpers"] if name in sys.modules
        }
        self.ours = frozenset(id(value) for names in self.helpers.values() for value in names.values())
        gc.collect()
        gc.freeze()
        gc.set_threshold(100_000, 20, 100)  # looking for garbage would touch, so copy, what rooms share

    def serve(self) -> None:
        """Answers until the grader is gone."""
        while True:
            ready, _, _ = select.select([self.caller, *self.rooms], [], [])
            for sock in ready:
                message, handles, _, _ = socket.recv_fds(sock, 4096, 1)
                if sock is self.caller:
                    if not message:
                        return
                    self._fork_checker(handles[0])
                elif not message:
                    self._end(sock)
                    os.waitpid(self.checkers.pop(sock), 0)
                    del self.rooms[sock]
                    sock.close()
                else:
                    self._order(sock, json.loads(message), handles)

    def trial(self) -> list[str]:
        """Makes a room and ends it; what it was shut in with."""
        mine, theirs = socket.socketpair()
        pid = self._fork_room(theirs.fileno(), Limits())
        theirs.close()
        hello = Channel(mine).receive()
        mine.close()
        os.waitpid(pid, 0)
        if scratch := self._scratch(pid):
            remove(scratch)
        if "used" not in hello:
            raise RuntimeError(hello.get("gap"))
        used: list[str] = hello["used"]
        return used

    def _order(self, sock: socket.socket, order: dict[str, Any], handles: list[int]) -> None:
        if order["do"] == "room":
            self._end(sock)
            try:
                self.rooms[sock] = self._fork_room(handles[0], Limits(**order["limits"]))
                reply: dict[str, Any] = {}
            except (MachineGap, OSError) as err:
                reply = {"gap": str(err)}
            for handle in handles:
                os.close(handle)
        elif order["do"] == "usage":
            pid = self.rooms[sock]
            scratch = self._scratch(pid)
            reply = usage_of(pid) if pid else {"memory": 0}
            reply["memory"] += size_of(scratch) if scratch else 0
        else:
            reply = self._end(sock)
        with contextlib.suppress(OSError):
            sock.send(json.dumps(reply | {"number": order["number"]}).encode())

    def _end(self, sock: socket.socket) -> dict[str, Any]:
        """Kills a student room with all it started; says how its first process ended."""
        pid, self.rooms[sock] = self.rooms[sock], 0
        if pid == 0:
            return {}
        if not self.cage.namespaces:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        _, status, usage = os.wait4(pid, 0)
        if scratch := self._scratch(pid):
            remove(scratch)
        return {"status": os.waitstatus_to_exitcode(status), "cpu": usage.ru_utime + usage.ru_stime}

    def _scratch(self, pid: int) -> str:
        """The folder of a room that has no mounts of its own; its own tmpfs goes with it otherwise."""
        return scratch_of(self.cage, pid) if not self.cage.namespaces and pid else ""

    def _fork_checker(self, handle: int) -> None:
        mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        pid = os.fork()
        if pid == 0:
            with _ending():
                _keep_only(handle, theirs.fileno())
                confine_checker(self.cage)
                _reseed()
                gc.disable()  # it does not live long
                checker.serve(Channel(socket.socket(fileno=handle), *checker.LARGE), theirs)
        theirs.close()
        os.close(handle)
        self.rooms[mine], self.checkers[mine] = 0, pid

    def _fork_room(self, handle: int, limits: Limits) -> int:
        self.count += 1
        pid = fork_into_new_pids(self.cage, self.own)
        if pid == 0:
            with _ending():
                _keep_only(handle)
                channel = Channel(socket.socket(fileno=handle))
                try:
                    used = confine_room(self.cage, limits, self.count)
                except (MachineGap, OSError) as err:
                    channel.send({"gap": str(err)})
                    raise
                _reseed()
                student.serve(channel, self.shell, limits, used, self.helpers, self.ours)
        return pid


class _ending:
    """A block that never returns: its process ends with it, whatever it raises."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if error is not None and not isinstance(error, Closed):
            traceback.print_exception(error)  # seen while the template starts
        os._exit(0 if error is None else 70)


def _keep_only(*handles: int) -> None:
    """Closes every descriptor but the three standard ones and these."""
    low = 3
    for handle in sorted(handles):
        os.closerange(low, handle)
        low = handle + 1
    os.closerange(low, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def _reseed() -> None:
    random.seed(SEED)
    np.random.seed(SEED)


def usage_of(root: int) -> dict[str, Any]:
    """What a process, its descendants and its group use, as far as /proc tells.

    Returns
    -------
    dict
        `memory` in bytes that each holds alone, `cpu` seconds since they began (ended ones included that were waited
        for), `runs`: whether any of them wants the processor or waits for a disk.
    """
    rows: dict[int, list[str]] = {}
    for name in filter(str.isdigit, os.listdir("/proc") if os.path.isdir("/proc") else []):
        with contextlib.suppress(OSError), open(f"/proc/{name}/stat") as file:
            rows[int(name)] = file.read().rpartition(")")[2].split()
    members, found = {root}, {root}
    while found:
        found = {pid for pid, row in rows.items() if int(row[1]) in found or row[2] == str(root)} - members
        members |= found
    here = [rows[pid] for pid in members if pid in rows]
    return {
        "memory": sum(map(_held_alone, members)),
        "cpu": sum(int(ticks) for row in here for ticks in row[11:15]) / TICKS,
        "runs": any(row[0] in "RD" for row in here),
    }


def _held_alone(pid: int) -> int:
    """Bytes of a process that no file backs; what it shares without a file, others may count once more."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/status") as file:
        rows = (line.split() for line in file if line.startswith(("RssAnon:", "RssShmem:")))
        return sum(int(row[1]) << 10 for row in rows)
    return 0


def size_of(folder: str) -> int:
    """Bytes in the files of a folder; beyond any limit if there are too many of them, or too deep, to count."""
    total, seen, places = 0, 0, [folder]
    while places:
        with contextlib.suppress(OSError), os.scandir(places.pop()) as entries:
            for entry in entries:
                seen += 1
                if seen > MOST_FILES:
                    return 1 << 62
                total += entry.stat(follow_symlinks=False).st_blocks * 512
                if entry.is_dir(follow_symlinks=False):
                    places.append(entry.path)
    return total


def remove(folder: str) -> None:
    """Removes a scratch folder, whatever a room has made of it."""
    with contextlib.suppress(OSError):
        os.rmdir(folder)
    if os.path.isdir(folder):
        command = ["/bin/sh", "-c", 'chmod -R u+rwx "$0"; rm -rf "$0"', folder]
        with contextlib.suppress(OSError):
            os.waitpid(os.posix_spawn(command[0], command, {"PATH": "/usr/bin:/bin"}), 0)


def warm(modules: list[str]) -> None:
    """Imports what lessons will; a module that is not there is the lesson's business."""
    for name in modules:
        with contextlib.suppress(Exception):
            importlib.import_module(name)


def warm_up(shell: RoomShell, given: list[str], free: list[str]) -> None:
    """Runs the lessons' given cells once, so that rooms find files parsed and caches filled; forgets their names.

    The examples need the students' answers, so they are only parsed.
    """
    for source in [*given, *free]:
        shell.compile.learn(ended(source))
    with captured(shell):
        for source in given:
            shell.run(source, 1000)
        shell.reset(new_session=True)


def main(handle: int, config: dict[str, Any]) -> None:
    """Runs the template on an inherited socket."""
    caller = socket.socket(fileno=handle)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, hard), min(1024, hard)))
    template = Template(caller, config)
    if not single_threaded():
        raise RuntimeError("the template has more than one thread; rooms forked from it could stand still")
    layout_is_known()  # tried once, before rooms are forked
    used = template.trial()
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)
    caller.send(json.dumps({"used": used}).encode())
    try:
        template.serve()
    finally:
        for sock in list(template.rooms):
            template._end(sock)
        if not template.cage.namespaces:
            remove(template.cage.scratch)
        os._exit(0)
