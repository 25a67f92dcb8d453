"""`grader serve --hub` under a real JupyterHub with its real proxy: three students log in and hand in, in a browser."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from tests import serving
from tests.browser import violations, visit
from tests.here import ROOT
from tests.serving import answered, until

pytestmark = [pytest.mark.browser, pytest.mark.sandbox, pytest.mark.xdist_group("service")]
WAIT_MS = 60_000
CONFIG = """
import sys
c = get_config()
c.JupyterHub.bind_url = "http://127.0.0.1:{public}"
c.JupyterHub.hub_port = {hub}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.spawner_class = "simple"
c.Authenticator.allow_all = True
c.Authenticator.admin_users = {{"prof"}}
c.DummyAuthenticator.password = ""
c.JupyterHub.services = [{{
    "name": "grader", "url": "http://127.0.0.1:{service}", "oauth_no_confirm": True,
    "command": [sys.executable, "-m", "grader", "serve", "--hub", "--cold", "--staff", "prof", "--course", {course!r},
                "--grades", {grades!r}, "--submissions", {submissions!r}],
    "environment": {{"PYTHONPATH": {root!r}, "PATH": {path!r}}},
}}]
c.JupyterHub.load_roles = [
    {{"name": "user", "scopes": ["self", "access:services!service=grader"]}},
]
"""


def free_ports(number):
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return serving.small_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def hub(made, tmp_path_factory):
    """The address of a hub with the service, and the folder of its grades."""
    if shutil.which("configurable-http-proxy") is None:
        pytest.skip("no proxy: npm install -g configurable-http-proxy@5.3.0")
    place = tmp_path_factory.mktemp("hub")
    path = f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ['PATH']}"
    public, own, api, service = free_ports(4)
    (place / "jupyterhub_config.py").write_text(
        CONFIG.format(public=public, hub=own, api=api, service=service, course=str(made.root), grades=f"{place}/grades",
                      submissions=f"{place}/submissions", root=str(ROOT), path=path)
    )  # fmt: skip
    address = f"http://127.0.0.1:{public}"
    with (place / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub"], cwd=place, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            env=os.environ | {"PATH": path}, start_new_session=True,
        )  # fmt: skip

        def ready():
            assert process.poll() is None, tail()
            try:
                with urllib.request.urlopen(f"{address}/services/grader/health", timeout=5) as answer:
                    return answer.status == 200
            except OSError:
                return False

        def tail():
            lines = (place / "log").read_text(errors="replace").splitlines()
            return "\n".join([line for line in lines if line.startswith("[") or "rror" in line][-40:])

        try:
            until(ready, "the hub and its service are ready", 120, tail)
            yield address, place
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)  # its proxy and its service, if they are left
                process.wait()


def log_in(page, address, who):
    page.goto(f"{address}/services/grader/")
    page.fill("#username_input", who)
    page.fill("#password_input", "x")
    page.click("#login_submit")
    page.wait_for_selector("h1 >> text=Hand in", timeout=WAIT_MS)


def test_three_students_go_from_login_to_verdict_and_see_their_own_only(chromium, hub, made):
    address, place = hub
    answers = {"ada": "return x + x", "bo": "return 3 * x", "cy": "return 2 * x"}
    for who, answer in answers.items():
        with visit(chromium, f"{address}/hub/login", wait_ms=0) as seen:
            log_in(seen.page, address, who)
            assert seen.page.inner_text(".who") == who and seen.page.locator(".checks li").count() == 0
            seen.page.set_input_files(
                "input[type=file]",
                {
                    "name": "x.ipynb",
                    "mimeType": "",
                    "buffer": answered(made, f"def double(x):\n    {answer}"),
                },
            )
            seen.page.wait_for_selector("#verdict:not([hidden])", timeout=WAIT_MS)
            words = "Every check passed" if who != "bo" else "No points yet"
            seen.page.frame_locator("#verdict iframe").get_by_text(words).first.wait_for(timeout=WAIT_MS)
            assert violations(seen.page) == []
            assert seen.page.goto(f"{address}/services/grader/staff").status == 403
    scores = {
        path.parent.name: json.loads(path.read_text())["score"]
        for path in (place / "grades" / "results").glob("*/*.json")
    }
    assert scores == {"ada": 2, "bo": 0, "cy": 2}


def test_an_instructor_of_the_hub_sees_the_class_and_a_stranger_nothing(chromium, hub):
    address, _ = hub
    with visit(chromium, f"{address}/hub/login", wait_ms=0) as seen:
        log_in(seen.page, address, "prof")
        seen.page.goto(f"{address}/services/grader/staff")
        assert "The class" in seen.page.inner_text("h1")
    request = urllib.request.Request(f"{address}/services/grader/hand-in/numbers", b"{}", method="POST")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=30)
    assert refused.value.code == 403
    refused.value.close()
