"""Starts the front: binds its address, gives up what it needs not, and answers."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import ssl
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tornado.web
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from ..rooms import landlock
from ..rooms.system import MachineGap, check, libc
from ..views import pages
from . import front, links, staffpages, taking
from .life import end_with_parent, log_lines
from .wire import Caller

log = logging.getLogger("grader.service")
HEADERS = 16 * 1024  # bytes of a request's head
SLOW_S = 60.0  # that a head, or a body, may take
SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc", "/proc", "/dev", "/sys")
STATIC = {"page.css": "text/css", "service.css": "text/css"} | dict.fromkeys(
    ("service.js", "written.js"), "text/javascript"
)
ID = r"([0-9a-f]{16})"


class Static(front.Base):
    """Our style and our script."""

    async def get(self, name: str) -> None:
        self.set_header("Content-Type", f"{STATIC[name]}; charset=utf-8")
        self.set_header("Cache-Control", "no-cache")
        self.finish((pages.TEMPLATES / name).read_bytes())


class Nowhere(front.Base):
    """Any other address."""

    def prepare(self) -> None:
        self.fail(404, "There is no such page.")


def application(shared: front.Front, base: str) -> tornado.web.Application:
    """All pages below the path `base`."""
    kind = {"front": shared}
    routes: list[tuple[str, type[tornado.web.RequestHandler]]] = [
        ("", front.Home),
        (r"hand-in/([a-z0-9_-]{1,128})", taking.HandIn),
        (rf"hand-in/{ID}/state", front.State),
        (rf"feedback/{ID}", front.Feedback),
        (rf"notebook/{ID}", staffpages.Notebook),
        ("events", front.Events),
        ("staff", staffpages.Staff),
        ("staff/written", staffpages.Written),
        ("leave", front.Leave),
        ("metrics", staffpages.Metrics),
        ("health", front.Health),
        (f"({'|'.join(STATIC)})", Static),
    ]
    if shared.hub:
        from .hub import Callback, of_hub

        routes = [(path, of_hub(handler)) for path, handler in routes]
        callback: Any = [(f"{base}oauth_callback", Callback)]
    else:
        routes.append((r"in/([\w.-]{1,600})", front.Enter))
        callback = []
    strict = {"httponly": True, "samesite": "Strict", "secure": shared.secure, "path": base}
    handlers = [*callback, *((base + path, handler, kind) for path, handler in routes)]
    return tornado.web.Application(
        handlers, base=base, xsrf_cookies=True, xsrf_cookie_kwargs=strict, xsrf_cookie_name="grader_xsrf",
        cookie_secret=shared.secret, default_handler_class=Nowhere, default_handler_args=kind,
        log_function=_logged,
    )  # fmt: skip


def _logged(handler: tornado.web.RequestHandler) -> None:
    """One line a request, without what stands in its address: a personal link may."""
    kind, request = type(handler).__name__, handler.request
    if kind not in ("Static", "Health"):
        took = 1000 * request.request_time()
        log.info("%s %s %s %.0f ms %s", request.method, kind, handler.get_status(), took, request.remote_ip)


def shut_in(readable: Iterable[str]) -> bool:
    """Leaves this process what `readable` names, and no new connections but to local sockets; whether it could."""
    try:
        check(libc.prctl(38, 1, 0, 0, 0), "no_new_privs")
        landlock.restrict(readable, ())
    except (MachineGap, OSError) as err:
        log.warning("the front could not be shut in (%s): it could read what this account can", err)
        return False
    return True


async def _run(config: dict[str, Any]) -> None:
    folder = Path(config["folder"])
    shared = front.Front(
        Caller(folder), links.secret_of(folder), secure=bool(config["secure"]), hub=bool(config["hub"])
    )
    context = None
    if config["certificate"]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(config["certificate"], config["private_key"])
    server = HTTPServer(
        application(shared, config["base"]), xheaders=bool(config["proxied"]), max_header_size=HEADERS,
        max_body_size=front.SMALL, body_timeout=SLOW_S, idle_connection_timeout=SLOW_S, ssl_options=context,
    )  # fmt: skip
    server.add_sockets(bind_sockets(config["port"], config["host"]))
    if not config["hub"]:  # a hub is asked over the network
        ours = Path(__file__).resolve().parents[1]
        shut_in(
            [*SYSTEM, sys.prefix, sys.base_prefix, str(ours), *(p for p in sys.path if "site-packages" in p)]
        )
    log.info("listening on %s port %s, below %s", config["host"], config["port"], config["base"])
    await shared.listen()


def main(config: dict[str, Any]) -> None:
    """Runs until its parent ends. `config`: see `serve.configuration`."""
    log_lines()
    end_with_parent()
    os.chdir("/")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_run(config))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
