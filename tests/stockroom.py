"""One command in a throw-away sandbox, watched: what runs stock nbgrader on hostile notebooks, as a script of its own.

`run` starts it from outside: a private copy of the course at the course's own place, a private home with a planted key,
the system and Python read-only, no network but its own loopback, its own processes, /tmp and user id. Inside, this
file is run by itself (standard library only): it listens on the ports, starts the commands as somebody else, and
tells at the end what they connected to, left running and left lying about.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path

PORTS = (22, 80, 9, 5432, 8888)
ETC = "ld.so.cache localtime alternatives fonts mime.types passwd group hostname hosts nsswitch.conf"
SHARED = ("/tmp", "/var/tmp", "/dev/shm", "/run")
GUEST = 60_001  # the instructor's user id in there, and the next for a second sandbox at the same time
KEY = "-----BEGIN OPENSSH PRIVATE KEY----- the instructor's"
NEEDED = ("CAP_SETUID", "CAP_SETGID", "CAP_KILL", "CAP_NET_BIND_SERVICE", "CAP_DAC_READ_SEARCH")
MIB = 1 << 20


def run(
    root: Path,
    copy: Path,
    commands: list[list[str]],
    *,
    uid: int = GUEST,
    timeout_s: float = 120,
    **environment: str,
) -> dict:
    """Runs commands in `copy`, which stands at `root` in there; what was seen of them.

    Returns
    -------
    dict
        `codes` (exit statuses, None where the time was over), `reached` (ports), `processes` (left running),
        `files` (left in shared folders), `seconds`. All empty and `codes` [None] if the sandbox itself was lost.
    """
    home = copy.parent / f"{copy.name}-home"
    (home / ".ssh").mkdir(parents=True, exist_ok=True)
    (home / ".ssh" / "id_ed25519").write_text(KEY)
    for path in pythons():
        for inside, outside in ((root, copy), (Path.home(), home)):
            if path.is_relative_to(inside):
                (outside / path.relative_to(inside)).mkdir(parents=True, exist_ok=True)
    if os.getuid() == 0:
        subprocess.run(["chown", "-hR", f"{uid}:{uid}", copy, home], check=True)
    orders = {
        "commands": commands,
        "uid": uid,
        "timeout_s": timeout_s,
        "cwd": str(root),
        "environment": environment,
    }
    command = [*walls(root, copy, home), sys.executable, "-I", "/stockroom.py"]
    variables = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": str(Path.home()),
        "LANG": "C.UTF-8",
    }
    with open(copy.parent / f"{copy.name}.log", "wb") as log:
        process = subprocess.Popen(
            command, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
        )
        try:
            said, _ = process.communicate(json.dumps(orders).encode(), timeout_s + 60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            said = b""
    lost = {"codes": [None], "reached": [], "processes": [], "files": [], "seconds": timeout_s}
    return json.loads(said) if said else lost


def pythons() -> list[Path]:
    """Where Python and its packages lie."""
    return sorted({Path(prefix).resolve() for prefix in (sys.prefix, sys.base_prefix)})


def walls(root: Path, copy: Path, home: Path) -> list[str]:
    """The bubblewrap command."""
    from grader.sandbox.bubblewrap import SYSTEM, programs

    arguments = [next(programs()), "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    arguments += [f"--unshare-{part}" for part in ("pid", "ipc", "net", "uts", "cgroup-try")]
    if os.getuid() == 0:
        arguments += [word for power in NEEDED for word in ("--cap-add", power)]
    else:
        arguments += ["--unshare-user"]
    for folder in SYSTEM:
        if os.path.islink(folder):
            arguments += ["--symlink", os.readlink(folder), folder]
        elif os.path.exists(folder):
            arguments += ["--ro-bind", folder, folder]
    for name in ETC.split():
        arguments += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    arguments += ["--proc", "/proc", "--dev", "/dev"]
    for folder in SHARED:
        arguments += ["--perms", "1777", "--size", str(512 * MIB), "--tmpfs", folder]
    for folder in sorted(
        {parent for path in [root, Path.home(), *pythons()] for parent in path.parents[:-1]}
    ):
        arguments += ["--perms", "0755", "--dir", str(folder)]
    arguments += ["--bind", str(home), str(Path.home()), "--bind", str(copy), str(root)]
    for path in pythons():
        arguments += ["--ro-bind", str(path), str(path)]
    return [*arguments, "--ro-bind", __file__, "/stockroom.py", "--chdir", "/"]


def listen(ports: Iterable[int], reached: list[int]) -> list[int]:
    """Listens on the ports that can be had and remembers the port of every connection made; gives them back."""

    def accept(server: socket.socket) -> None:
        while True:
            server.accept()
            reached.append(server.getsockname()[1])

    heard = []
    for port in ports:
        with contextlib.suppress(OSError):  # some need rights
            server = socket.create_server(("127.0.0.1", port))
            threading.Thread(target=accept, args=(server,), daemon=True).start()
            heard.append(server.getsockname()[1])
    return heard


def lying_about() -> set[str]:
    """What is in the folders that everybody may write to."""
    return {entry.path for folder in SHARED for entry in os.scandir(folder)}


def running() -> dict[int, str]:
    """Processes beside this one and the sandbox's first."""
    found = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError), open(f"/proc/{name}/cmdline", "rb") as file:
            words = file.read(4096).replace(b"\0", b" ").decode("utf-8", "replace").strip()
            if words and int(name) not in (1, os.getpid()):
                found[int(name)] = words
    return found


def bounded() -> None:
    """What keeps the machine alive; stock nbgrader itself sets no such limits."""
    import resource

    for which, value in (
        ("AS", 4096 * MIB),
        ("NPROC", 400),
        ("FSIZE", 256 * MIB),
        ("NOFILE", 1024),
        ("CORE", 0),
    ):
        limit = getattr(resource, f"RLIMIT_{which}")
        _, hard = resource.getrlimit(limit)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (value, value))


def inside(orders: dict) -> dict:
    """Runs the commands and watches; called in the sandbox."""
    reached: list[int] = []
    listen(PORTS, reached)
    before, started, codes = lying_about(), time.monotonic(), []
    other = {"user": orders["uid"], "group": orders["uid"], "extra_groups": []} if os.getuid() == 0 else {}
    environment = {**os.environ, "USER": "instructor", "LOGNAME": "instructor", **orders["environment"]}
    for command in orders["commands"]:
        child = subprocess.Popen(
            command, cwd=orders["cwd"], env=environment, stdin=subprocess.DEVNULL, stdout=2, stderr=2,
            start_new_session=True, preexec_fn=bounded, **other,
        )  # fmt: skip
        try:
            codes.append(child.wait(max(1.0, orders["timeout_s"] - time.monotonic() + started)))
        except subprocess.TimeoutExpired:
            codes.append(None)
            for pid in running():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            break
    seconds, deadline = time.monotonic() - started, time.monotonic() + 3
    while running() and time.monotonic() < deadline:  # a kernel takes a moment to end
        time.sleep(0.1)
    left = {"processes": sorted(running().values()), "files": sorted(lying_about() - before)}
    return {"codes": codes, "reached": sorted(set(reached)), "seconds": round(seconds, 1), **left}


if __name__ == "__main__":
    print(json.dumps(inside(json.load(sys.stdin))), flush=True)
    os._exit(0)
