"""Isolation by capability: what holds here, as root and as a user, with namespaces and without, and what refuses."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from grader.errors import MachineError
from grader.grading.grade import grade
from grader.rooms.limits import Limits
from grader.sandbox import bubblewrap, doctor, sandbox
from grader.sandbox.capabilities import CAPABILITIES, LANDLOCK, LIMITS, SECCOMP, missing
from grader.sandbox.probes import Probe
from grader.sandbox.sandbox import SANDBOXES, Sandbox
from tests.here import ROOT, load_lesson

pytestmark = [pytest.mark.sandbox, pytest.mark.xdist_group("sandbox")]
as_root = pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
EVERYTHING = ("namespaces", "seccomp", "landlock")


def escapes(findings):
    """What the probes got hold of, by capability."""
    return {finding.probe.capability: finding.escaped for finding in findings if finding.escaped}


def test_every_capability_holds_here_against_every_probe():
    used, findings = doctor.examine(ROOT)
    assert not escapes(findings) and not missing(used)
    assert {finding.probe.capability for finding in findings} == {
        capability.name for capability in CAPABILITIES
    }


def in_other_shoes(*options):
    """What `grader doctor` says, run by `tests.otheruser` with these options."""
    command = [
        sys.executable,
        "-m",
        "tests.otheruser",
        *options,
        "env",
        "HOME=/",
        sys.executable,
        "-m",
        "grader",
        "doctor",
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)


@as_root
def test_every_capability_holds_for_an_ordinary_user():
    done = in_other_shoes("--nobody")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "as user 65534" in done.stdout and "process table of its own" in done.stdout


@as_root
def test_every_capability_holds_for_an_ordinary_user_who_is_denied_namespaces():
    done = in_other_shoes("--nobody", "--denied")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "process table of its own" not in done.stdout and "Rooms have no namespaces here" in done.stdout


def test_every_capability_holds_where_namespaces_are_denied():
    done = in_other_shoes("--denied")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "process table of its own" not in done.stdout


def test_the_probes_get_out_where_there_is_no_isolation():
    used, findings = doctor.examine(ROOT, EVERYTHING)
    for finding in findings:
        if finding.probe.tries == "to stay behind" and finding.escaped:
            os.kill(int(finding.escaped.removeprefix("process ")), signal.SIGKILL)
    got_out = escapes(findings)
    assert {"files", "network", "processes"} <= set(got_out)
    lines = "\n".join(doctor.report(used, findings))
    assert "DOES NOT HOLD" in lines and "a submission could read solutions" in lines


def test_limits_are_what_stops_the_probes_of_limits(monkeypatch):
    code = "try:\n    hoard = bytearray(400 << 20)\n    escaped = 'memory'\nexcept MemoryError:\n    pass"
    hoard = Probe("limits", "to take memory", code)
    monkeypatch.setattr(doctor, "PROBES", (hoard,))
    assert escapes(doctor.examine(ROOT)[1]) == {"limits": "memory"}
    monkeypatch.setattr(doctor, "LIMITS", replace(doctor.LIMITS, memory=300 << 20))
    assert not escapes(doctor.examine(ROOT)[1])


@pytest.mark.parametrize(
    ("used", "gaps"),
    [
        ((), ["files", "network", "processes", "secrets", "limits"]),
        ((SECCOMP, LIMITS), ["files", "secrets"]),
        ((LANDLOCK, LIMITS), ["network", "processes", "secrets", "limits"]),
    ],
)
def test_a_capability_without_a_mechanism_is_missing(used, gaps):
    assert [capability.name for capability in missing(used)] == gaps


def test_a_machine_that_cannot_isolate_is_refused_by_name():
    with pytest.raises(MachineError, match=r"does not isolate: files \(.*solutions.*\).*--unsafe"):
        Sandbox(ROOT, without=("namespaces", "landlock"))


def test_unsafe_grades_all_the_same_and_marks_the_result(monkeypatch):
    lesson = load_lesson("initialization")
    monkeypatch.setattr(sandbox, "missing", lambda used: CAPABILITIES[1:2])
    notebook = json.dumps(lesson.release).encode()
    SANDBOXES.close()
    try:
        with pytest.raises(MachineError, match="network"):
            grade(lesson, notebook)
        result = grade(lesson, notebook, unsafe=True)
    finally:
        SANDBOXES.close()
    assert any("without full isolation (network)" in mark for mark in result.restored)


def test_other_systems_are_told_about_the_container(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(MachineError, match="Linux container"):
        Sandbox(ROOT)


def test_the_doctor_tells_ubuntu_users_what_to_do(monkeypatch):
    monkeypatch.setattr(doctor, "_setting", lambda name: "1" if "apparmor" in name else "")
    assert any("profile bwrap" in line for line in doctor.advice(""))
    monkeypatch.setattr(doctor, "_setting", lambda name: "0" if name == "user/max_user_namespaces" else "")
    assert any("sysctl user.max_user_namespaces" in line for line in doctor.advice(""))


DENIED = """
import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
calls = {}
def call(name, *arguments):
    ctypes.set_errno(0)
    calls[name] = errno.errorcode.get(ctypes.get_errno()) if libc.syscall(*arguments) < 0 else "done"
call("unshare", 272, 0x10000000)
call("setns", 308, 0, 0)
call("mount", 165, b"x", b"/", b"tmpfs", 0, 0)
call("fsopen", 430, b"tmpfs", 0)
call("clone", 56, 0x10000011, 0, 0, 0, 0)
call("ptrace", 101, 16, 1, 0, 0)
call("process_vm_readv", 310, 1, 0, 0, 0, 0, 0)
call("keyctl", 250, 0, -3, 0)
call("bpf", 321, 0, 0, 0)
call("perf_event_open", 298, 0, 0, 0, 0, 0)
call("io_uring_setup", 425, 1, 0)
call("userfaultfd", 323, 0)
call("memfd_create", 319, b"x", 0)
call("shmget", 29, 0, 4096, 0o1600)
call("socket", 41, 1, 1, 0)
call("socketpair of datagrams", 53, 1, 2, 0, ctypes.create_string_buffer(8))
call("x32", 0x40000000 + 39)
print({name for name, end in calls.items() if end not in ("EPERM", "ENOSYS")})
call("socketpair of streams", 53, 1, 1, 0, ctypes.create_string_buffer(8))
print(calls["socketpair of streams"])
"""


def said_in_a_room(box, source):
    """What a cell prints in a room of its own."""
    cell = {"id": "cell", "role": "added", "source": source, "position": 0, "skip": False}
    payload = {"cells": [cell], "limits": Limits().to_json()}
    payload |= {name: [] for name in ("checks", "functions", "imports", "given_names", "experiment_names")}
    report = box.check(payload, Limits())["cells"]["cell"]
    assert not report.get("error"), report
    return "".join(output["text"] for output in report["outputs"])


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the numbers of the calls are those of x86-64")
@pytest.mark.parametrize("without", [(), ("namespaces",)])
def test_calls_that_a_room_has_no_business_with_are_denied(without):
    box = Sandbox(ROOT, without=without)
    try:
        assert said_in_a_room(box, DENIED).split("\n")[:2] == ["set()", "done"]
    finally:
        box.close()


def test_a_room_is_shown_helpers_and_data_but_nothing_else_of_the_course():
    look = "import os, testCases\nhome = os.path.dirname(os.path.dirname(testCases.__file__))\n"
    look += "paths = {n: os.path.join(home, n) for n in os.listdir(home)}\n"
    look += "print(sorted(n for n, path in paths.items() if os.path.isfile(path) or os.listdir(path)))"
    box = Sandbox(ROOT, without=("landlock",))
    try:
        shown = set(eval(said_in_a_room(box, look)))
    finally:
        box.close()
    assert {"helpers", "data"} <= shown <= {"helpers", "data", ".venv", "venv"}


@as_root
def test_rooms_of_root_run_as_a_stranger_without_capabilities_but_to_read():
    look = "import ctypes, os, struct\nsets = ctypes.create_string_buffer(24)\n"
    look += "ctypes.CDLL(None).capget(struct.pack('=Ii', 0x20080522, 0), sets)\n"
    look += "print(os.getuid() > 10**9, os.getgroups(), struct.unpack('=6I', sets.raw)[:2])"
    box = Sandbox(ROOT)
    try:
        assert said_in_a_room(box, look) == "True [] (4, 4)\n"
    finally:
        box.close()


def test_a_scratch_folder_of_plain_rooms_is_gone_with_its_room(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    tmp_path.chmod(0o755)
    for folder in tmp_path.parents:
        if folder.stat().st_uid == os.getuid():
            folder.chmod(folder.stat().st_mode | 0o011)
    deep = "import os\nfor n in range(300):\n    os.mkdir('d' * 100)\n    os.chdir('d' * 100)\n"
    deep += "os.chmod('.', 0)\nprint(os.environ['HOME'])"
    box = Sandbox(ROOT, without=("namespaces",))
    try:
        place = Path(said_in_a_room(box, deep).strip())
        assert place.parent.parent == tmp_path and not place.exists()
    finally:
        box.close()
    assert not list(tmp_path.iterdir())


def test_the_grader_itself_is_hidden_where_it_is_installed_among_the_packages(tmp_path, monkeypatch):
    packages = tmp_path / "site-packages"
    shutil.copytree(bubblewrap.GRADER, packages / "grader")
    monkeypatch.setattr(bubblewrap, "GRADER", packages / "grader")
    monkeypatch.syspath_prepend(str(packages))
    words = bubblewrap.arguments_of(ROOT, "root")
    assert words[words.index(str(packages / "grader")) - 1] == "--tmpfs"


def test_the_folder_where_the_grader_is_called_is_not_shown(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    assert str(tmp_path) in bubblewrap.python_path(ROOT)
    monkeypatch.chdir(tmp_path)
    assert str(tmp_path) not in bubblewrap.python_path(ROOT)
