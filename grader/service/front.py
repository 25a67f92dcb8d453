"""The process that answers the network. It holds no solutions and no keys of the course, and it cannot read them.

It knows who asks (a personal link, or a hub), bounds how large, how often and how many at a time, and passes on.
Everything else is decided on the grader's side.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections import defaultdict
from typing import Any

import tornado.iostream
import tornado.web

from ..submission.notebook import MAX_BYTES
from ..views import pages
from . import links
from .guard import Guard, Rate
from .wire import AWAY, Away, Caller

log = logging.getLogger("grader.service")
COOKIE = "grader_link"
SMALL = 64 * 1024  # bytes of a request that is no notebook
STREAMS, ALL_STREAMS = 6, 3000  # open pages of one person, and of all
PING_S = 20.0
OWN = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
OF_WORK = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; "
    "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


class Front:
    """What the handlers share."""

    def __init__(self, caller: Caller, secret: bytes, *, secure: bool, hub: bool) -> None:
        self.caller, self.secret, self.secure, self.hub = caller, secret, secure, hub
        self.guard, self.strangers = Guard(), Rate(burst=30, every_s=2.0)
        self.streams: defaultdict[str, set[asyncio.Queue[dict[str, Any]]]] = defaultdict(set)

    async def listen(self) -> None:
        """Passes on what happens to whom it concerns; after a break everybody looks anew."""
        while True:
            with contextlib.suppress(Away):
                await self.caller.listen(self.tell)
            await asyncio.sleep(0.5)
            for student in list(self.streams):
                self.tell({"student": student, "state": "anew"})

    def tell(self, event: dict[str, Any]) -> None:
        """Puts an event into the open pages of its student."""
        for stream in self.streams.get(event.pop("student", ""), ()):
            with contextlib.suppress(asyncio.QueueFull):
                stream.put_nowait(event)


class Base(tornado.web.RequestHandler):
    """Who asks, headers, errors as one sentence; `ask` speaks to the grader's side in the asker's name."""

    front: Front
    policy = OWN

    def initialize(self, front: Front) -> None:
        self.front = front

    def set_default_headers(self) -> None:
        for name, value in {
            "Content-Security-Policy": self.policy, "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "Server": "grader",
            "Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
        }.items():  # fmt: skip
            self.set_header(name, value)

    def get_current_user(self) -> Any:
        scheme, _, text = self.request.headers.get("Authorization", "").partition(" ")
        text = text if scheme == "Link" else (self.get_cookie(COOKIE) or "")
        person = links.read(self.front.secret, text)
        return person and {"name": person.name, "serial": person.serial}

    def check_xsrf_cookie(self) -> None:
        """A link in a header is sent by no other site; with a cookie the page's own token has to come too."""
        if not self.request.headers.get("Authorization", "").startswith("Link "):
            super().check_xsrf_cookie()

    @property
    def person(self) -> links.Person | None:
        """Who asks; None if nobody that is known."""
        user = self.current_user
        return links.Person(user["name"], user.get("serial")) if user else None

    def admit(self) -> links.Person | None:
        """Who asks; nobody, and what to do about it is answered."""
        person = self.person
        if person is None and self.front.hub and self.request.method == "GET":
            self.redirect(self.get_login_url())
        elif person is None:
            self.fail(401, "Open this page by the personal link that your instructor sent you.")
        return person

    async def ask(self, do: str, body: bytes = b"", **values: Any) -> tuple[dict[str, Any], bytes] | None:
        """The answer of the grader's side; None if it was a refusal, which is passed on."""
        person = self.person
        who: dict[str, Any] = {"who": person.name, "serial": person.serial} if person else {}
        try:
            header, content = await self.front.caller.ask_soon(do, body, **who, **values)
        except Away:
            self.set_header("Retry-After", "2")
            self.fail(503, AWAY)
            return None
        if header["status"] != 200:
            self.fail(header["status"], header["reason"])
            return None
        return header, content

    def fail(self, status: int, reason: str) -> None:
        """Answers with one sentence, as a page for a browser and as JSON for a script."""
        self.set_status(status)
        if self.for_browser:
            self.finish(
                pages.render("service.html.j2", base=self.base, view="word", reason=reason, onward="")
            )
        else:
            self.finish({"reason": reason})

    def say(self, said: str, onward: str) -> None:
        """Answers with what was done, and for a browser the page to go on with."""
        if self.for_browser:
            self.page("word", reason=said, onward=onward)
        else:
            self.finish({"said": said})

    @property
    def for_browser(self) -> bool:
        """Whether a person reads the answer as a page, or a script does."""
        return "text/html" in self.request.headers.get("Accept", "")

    def write_error(self, status_code: int, **_: Any) -> None:
        self.fail(status_code, {
            403: "Load the page again, then try once more.", 404: "There is no such page.",
            413: TOO_LARGE,
        }.get(status_code, "This request cannot be answered."))  # fmt: skip

    @property
    def base(self) -> str:
        """The path that all pages begin with."""
        return str(self.settings["base"])

    def page(self, view: str, **values: Any) -> None:
        """Answers with one of our pages."""
        token = self.xsrf_token.decode() if isinstance(self.xsrf_token, bytes) else self.xsrf_token
        self.finish(pages.render("service.html.j2", base=self.base, view=view, xsrf=token, **values))


TOO_LARGE = (
    f"The file has more than {MAX_BYTES:,} bytes. Clear its outputs, save it and hand it in again; "
    "no attempt was used."
)


class Enter(Base):
    """A personal link: remembers who one is, and goes on to the page."""

    def get(self, text: str) -> None:
        wait = self.front.strangers.take(self.request.remote_ip or "")
        if wait or links.read(self.front.secret, text) is None:
            self.fail(
                429 if wait else 403,
                "This link is not good, or has ended. Ask your instructor for a new one.",
            )
            return
        self.set_cookie(COOKIE, text, httponly=True, samesite="Lax", secure=self.front.secure, path=self.base)
        self.redirect(self.base, status=303)


class Leave(Base):
    """Forgets who one is."""

    def post(self) -> None:
        self.clear_cookie(COOKIE, path=self.base)
        self.page(
            "word",
            reason="This browser no longer knows you. Open your personal link to come back.",
            onward="",
        )


class Home(Base):
    """The student's page; with ?lesson= the part of it that changes."""

    async def get(self) -> None:
        if self.admit() and (answer := await self.ask("page")):
            header, one = answer[0], self.get_argument("lesson", None)
            shown = [lesson for lesson in header["lessons"] if one in (None, lesson["name"])]
            view = "student" if one is None else "live"
            self.page(
                view, lessons=shown, student=header["student"], staff=header["staff"], hub=self.front.hub
            )


class State(Base):
    """What became of a hand-in."""

    async def get(self, handin: str) -> None:
        if self.admit() and (answer := await self.ask("state", id=handin)):
            self.finish({**answer[0], "id": handin})


class Feedback(Base):
    """The feedback page of a hand-in, in which nothing runs."""

    policy = OF_WORK

    async def get(self, handin: str) -> None:
        if self.admit() and (answer := await self.ask("feedback", id=handin)):
            self.finish(answer[1])


class Events(Base):
    """What happens to one's hand-ins, as it happens."""

    async def get(self) -> None:
        person = self.admit()
        if person is None:
            return
        streams, mine = self.front.streams, asyncio.Queue[dict[str, Any]](100)
        if len(streams[person.name]) >= STREAMS or sum(map(len, streams.values())) >= ALL_STREAMS:
            self.fail(429, "Too many pages are open.")
            return
        streams[person.name].add(mine)
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("X-Accel-Buffering", "no")  # proxies pass it on at once
        try:
            self.write("retry: 1000\n\n")
            await self.flush()
            while True:
                try:
                    event = await asyncio.wait_for(mine.get(), PING_S)
                    self.write(f"data: {json.dumps(event)}\n\n")
                except TimeoutError:
                    self.write(": here\n\n")
                await self.flush()
        except tornado.iostream.StreamClosedError:
            return
        finally:
            streams[person.name].discard(mine)
            if not streams[person.name]:
                del streams[person.name]


class Health(Base):
    """Whether hand-ins are taken: 200, or 503."""

    async def get(self) -> None:
        if answer := await self.ask("health"):
            self.finish({"ready": answer[0]["ready"]})
