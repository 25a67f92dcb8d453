"""Attacks on the service from outside, over HTTP: each gets its answer, and the next student's hand-in is graded."""

import contextlib
import gzip
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time

import psutil
import pytest

from grader.service import links
from grader.service.life import folder_of
from grader.submission.notebook import MAX_BYTES
from tests import serving
from tests.bench.bank_over_http import handed_in
from tests.here import ROOT
from tests.serving import answered
from tests.submissions import BANK

pytestmark = [pytest.mark.sandbox, pytest.mark.xdist_group("service")]
FEW = 'zone = "UTC"\nattempts = 3\nhours = 0\n'


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return serving.small_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def service(made, tmp_path_factory):
    place = tmp_path_factory.mktemp("service")
    (place / "policy.toml").write_text(FEW)
    names = tuple(f"s{number}" for number in range(12))
    with serving.serving(place, made.root, "--policy", str(place / "policy.toml"), people=names) as running:
        yield running


@pytest.fixture(autouse=True)
def still_well(request, service):
    yield
    assert service.ask("GET", "/health", None)[0] == 200
    assert service.process.poll() is None
    assert "Traceback" not in service.log.read_text(errors="replace"), service.tail()


def raw(service, content, read_s=5.0):
    """What comes back for bytes as they are."""
    with socket.create_connection(("127.0.0.1", service.port), timeout=read_s) as connection:
        connection.sendall(content)
        found = b""
        with contextlib.suppress(OSError):
            while part := connection.recv(65536):
                found += part
                if b"\r\n\r\n" in found and b"HTTP/1.1 1" not in found:
                    break
        return found


def test_a_link_that_was_changed_forged_or_has_ended_opens_nothing(service):
    good = service.links["s0"]
    said, _, signature = good.partition(".")
    secret = links.secret_of(folder_of(service.grades))
    others = [
        links.token(b"another secret", links.Person("s0", 1), time.time() + 999),
        links.token(secret, links.Person("s0", 1), time.time() - 1),
        links.token(secret, links.Person("s0", 2), time.time() + 999),
        f"{said}x.{signature}", f"{said}.{signature[:-2]}", f"{said}.", said, "", ".", "a" * 5000, "é",
    ]  # fmt: skip
    for forged in others:
        status, _, _ = service.ask("GET", "/", forged.encode("utf-8").decode("latin-1"))
        assert status in (401, 403), forged
        status, headers, _ = service.ask(
            "GET", "/", None, Cookie=f"grader_link={forged[:3000]}".encode().decode("latin-1")
        )
        assert status in (401, 403) and "Set-Cookie" not in headers


def test_a_revoked_link_is_closed_at_once_and_only_that_student_s(service):
    assert service.ask("GET", "/", "s1")[0] == 200
    done = service.command("revoke", "s1")
    assert done.returncode == 0 and "no longer open" in done.stdout
    assert service.ask("GET", "/", "s1")[0] == 403
    assert service.ask("GET", "/", "s2")[0] == 200


def test_another_site_s_form_hands_nothing_in(service, made):
    cookie = f"grader_link={service.links['s2']}"
    for headers in (
        {},
        {"X_XSRFToken": "guessed"},
        {"X_XSRFToken": "a", "Cookie": f"{cookie}; grader_xsrf=b"},
    ):
        sent = {"Cookie": cookie, "Idempotency_Key": "token-csrf", **headers}
        assert service.ask("POST", "/hand-in/numbers", None, answered(made), **sent)[0] == 403
    assert (
        service.ask(
            "POST", "/staff", None, b"action=forget&student=s2", Cookie=f"grader_link={service.links['prof']}"
        )[0]
        == 403
    )


def test_cookies_are_for_the_server_only_and_pages_load_and_run_nothing_else(service):
    status, headers, _ = service.ask("GET", f"/in/{service.links['s3']}", None)
    assert status == 303 and "HttpOnly" in headers["Set-Cookie"] and "SameSite=Lax" in headers["Set-Cookie"]
    _, headers, page = service.ask("GET", "/", "s3")
    assert (
        "script-src 'self'" in headers["Content-Security-Policy"]
        and "unsafe" not in headers["Content-Security-Policy"]
    )
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "no-referrer"
    assert not re.search(rb"<script>|\son\w+=|style=", page)


def test_behind_tls_cookies_need_tls(made, tmp_path):
    with serving.serving(tmp_path, made.root, "--behind-tls") as running:
        status, headers, _ = running.ask("GET", f"/in/{running.links['ada']}", None)
        assert status == 303 and "Secure" in headers["Set-Cookie"]


@pytest.mark.parametrize("path", [
    "/hand-in/../../etc/passwd", "/hand-in/..%2f..%2fetc", "/hand-in/numbers%00", "/feedback/../../../etc/passwd",
    "/feedback/%2e%2e%2f%2e%2e", "/page.css/../../../solutions/course.toml", "//etc/passwd", "/notebook/../key",
    "/service.js%00.html", "/in/../../x",
])  # fmt: skip
def test_a_path_that_leaves_its_place_leads_nowhere(service, path):
    found = raw(
        service,
        f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Link {service.links['s3']}\r\n\r\n".encode(),
    )
    status = int(found.split()[1])
    assert status in (400, 401, 403, 404, 405), found[:200]
    assert b"root:" not in found and b"[[lesson]]" not in found


def test_a_student_s_name_from_a_link_cannot_be_a_path(service, made):
    secret = links.secret_of(folder_of(service.grades))
    for name in ("../../x", "a/b", "", ".", "x\0y", "x\r\nSet-Cookie: a=b"):
        link = links.token(secret, links.Person(name), time.time() + 999)
        status, answer = service.hand_in(link, answered(made))
        assert status in (401, 409), (name, answer)
    assert not (service.grades.parent / "x").exists()


def test_headers_cannot_be_injected(service):
    for what in ("/staff?student=x%0d%0aSet-Cookie:%20a=b", "/?lesson=x%0d%0aX-Evil:%201"):
        _, headers, _ = service.ask("GET", what, "prof")
        assert "X-Evil" not in headers and "a=b" not in headers.get("Set-Cookie", "")


def test_a_file_that_is_too_large_is_refused_with_a_reason_and_without_reading_it_into_memory(service):
    front = service.child("door")
    before = front.memory_info().rss
    status, answer = service.hand_in("s4", b"x" * (MAX_BYTES + 1))
    assert status == 413 and "no attempt was used" in answer["reason"]
    huge = b"POST /hand-in/numbers HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\nAuthorization: Link "
    assert b" 413 " in raw(service, huge + service.links["s4"].encode() + b"\r\n\r\n")[:20]
    chunks = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    head = b"POST /hand-in/numbers HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nAuthorization: Link "
    with contextlib.suppress(OSError):
        raw(service, head + service.links["s4"].encode() + b"\r\n\r\n" + chunks * 400)
    assert front.memory_info().rss - before < 60 * 2**20


def test_a_bomb_of_compressed_bytes_is_not_unpacked(service):
    bomb = gzip.compress(b"\0" * 200_000_000, 9)
    status, answer = service.hand_in("s4", bomb, Content_Encoding="gzip")
    assert status == 415 and "not compressed" in answer["reason"]
    status, answer = service.hand_in("s4", bomb)
    assert status == 200 and service.verdict("s4", answer["id"])["state"] == "refused"


def test_a_form_of_many_parts_is_just_no_notebook(service):
    part = b'--x\r\nContent-Disposition: form-data; name="a"; filename="../../b"\r\n\r\n1\r\n'
    kind = "multipart/form-data; boundary=x"
    status, answer = service.hand_in("s5", part * 20_000 + b"--x--", Content_Type=kind)
    assert status == 200 and service.verdict("s5", answer["id"])["state"] == "refused"
    status, _, _ = service.ask("POST", "/staff", "prof", part * 500 + b"--x--", Content_Type=kind)
    assert status in (400, 403)


def test_slow_clients_hold_nobody_up(service, made):
    link = service.links["s6"].encode()
    slow = []
    try:
        for number in range(200):
            connection = socket.create_connection(("127.0.0.1", service.port), timeout=10)
            head = (
                b"POST /hand-in/numbers HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\nAuthorization: Link "
                + link
            )
            connection.sendall(b"GET / HTTP/1.1\r\nHost:" if number % 2 else head + b"\r\n\r\nabc")
            slow.append(connection)
        assert service.verdict("s7", service.taken("s7", answered(made)))["score"] == 2
    finally:
        for connection in slow:
            connection.close()


def test_a_race_for_the_last_attempt_is_won_by_no_more_than_there_are(service, made):
    answers = []
    secret = links.secret_of(folder_of(service.grades))
    link = links.token(secret, links.Person("s8", 1), time.time() + 999)

    def send():
        with contextlib.suppress(OSError):
            answers.append(service.hand_in(link, answered(made)))

    for _ in range(3):
        threads = [threading.Thread(target=send) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert sum(status == 200 for status, _ in answers) <= 3
    assert {status for status, _ in answers} <= {200, 409, 429}
    kept = list((folder_of(service.grades) / "files" / "s8" / "numbers").glob("*.ipynb"))
    assert len(kept) == sum(status == 200 for status, _ in answers)


def test_the_first_open_link_is_not_guessed(service):
    statuses = [service.ask("GET", f"/in/{number}", None)[0] for number in range(40)]
    assert set(statuses) == {403, 429} and statuses[-1] == 429


def test_what_a_student_writes_runs_in_no_browser(service, made):
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    notebook = json.loads(answered(made, f'def double(x):\n    raise ValueError("{evil}")'))
    notebook["cells"].insert(0, {"cell_type": "markdown", "id": "m", "metadata": {}, "source": evil})
    handin = service.taken("s9", json.dumps(notebook).encode())
    service.verdict("s9", handin)
    status, headers, page = service.ask("GET", f"/feedback/{handin}", "prof")
    assert (
        status == 200
        and headers["Content-Security-Policy"].startswith("sandbox ")
        and evil.encode() not in page
    )
    assert (
        "script-src" not in headers["Content-Security-Policy"]
        and "default-src 'none'" in headers["Content-Security-Policy"]
    )
    status, headers, _ = service.ask("GET", f"/notebook/{handin}", "s9")
    assert headers["Content-Disposition"].startswith("attachment") and "html" not in headers["Content-Type"]
    refused = service.taken("s9", b'{"nbformat": "<script>alert(1)</script>", "cells": 1}')
    service.verdict("s9", refused)
    assert b"<script>alert" not in service.ask("GET", "/", "s9")[2] + service.ask("GET", "/staff", "prof")[2]


def test_the_local_socket_answers_nobody_without_the_key(service):
    folder = folder_of(service.grades)
    assert (folder / "key").stat().st_mode & 0o77 == 0 and folder.stat().st_mode & 0o77 == 0
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect(str(folder / "socket"))
        header = json.dumps({"do": "overview", "local": True, "key": "guess"}).encode()
        connection.sendall(len(header).to_bytes(4, "big") + bytes(4) + header)
        assert connection.recv(100) == b""


def test_the_front_can_read_neither_solutions_nor_grades(service, made):
    """Asked of a process that has given up the same as the front."""
    code = (
        "import sys; from pathlib import Path; from grader.service import door\n"
        "ours = Path(door.__file__).resolve().parents[1]\n"
        "held = door.shut_in([*door.SYSTEM, sys.prefix, sys.base_prefix, str(ours)])\n"
        "for path in sys.argv[1:]:\n"
        "    try: print('read', open(path).read(1))\n"
        "    except PermissionError: print('denied')\n"
        "print(held)"
    )
    paths = [ROOT / "solutions" / "course.toml", folder_of(service.grades) / "handins.db", ROOT / "README.md"]
    run = subprocess.run([sys.executable, "-c", code, *map(str, paths)], capture_output=True, text=True, timeout=60, cwd="/",
                         env=os.environ | {"PYTHONPATH": str(ROOT)})  # fmt: skip
    if "False" in run.stdout:
        pytest.skip("this kernel has no Landlock")
    assert run.stdout.split() == ["denied"] * 3 + ["True"], run
    assert "could not be shut in" not in service.log.read_text()


def test_no_request_of_a_student_s_reaches_the_network(service):
    """Nothing that is sent is fetched: there is no parameter that holds an address."""
    connections = [
        one for one in service.child("desk").net_connections("inet") if one.status != psutil.CONN_NONE
    ]
    assert connections == []


SAMPLE = sorted(BANK, key=lambda bad: (bad.verdict != "refused", bad.name))[:: max(len(BANK) // 10, 1)]


def test_a_sample_of_the_hostile_bank_gets_its_verdict_over_http_too(tmp_path):
    assert len(SAMPLE) >= 8 and handed_in(tmp_path, SAMPLE) == []
