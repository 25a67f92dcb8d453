"""Where a notebook comes in over HTTP: who, how large, how often, and only then its bytes."""

from __future__ import annotations

import tornado.web

from ..errors import SubmissionError
from ..submission.notebook import MAX_BYTES
from .front import TOO_LARGE, Base

DRAINED = 4 * MAX_BYTES  # bytes of a body that is too large and still read, so that its sender hears why


@tornado.web.stream_request_body
class HandIn(Base):
    """Takes a notebook: the bytes of the file as the body, no form around it, and a token that makes it one hand-in.

    What is refused by its head alone is still read, up to a bound, and thrown away: else its sender hears no reason.
    """

    entered: str | None = None
    refusal: tuple[int, str] | None = None

    def prepare(self) -> None:
        self.body = bytearray()
        self.request.connection.set_max_body_size(DRAINED)  # type: ignore[union-attr]
        length = self.request.headers.get("Content-Length", "0")
        if self.request.headers.get("Content-Encoding", "identity") != "identity":
            self.refusal = 415, "Send the notebook as it is, not compressed."
        elif not length.isdigit() or int(length) > MAX_BYTES:
            self.refusal = 413, TOO_LARGE
            if not length.isdigit() or int(length) > DRAINED:
                self.fail(*self.refusal)
        elif person := self.admit():
            try:
                self.front.guard.enter(person.name)
                self.entered = person.name
            except SubmissionError as err:
                self.set_header("Retry-After", "6")
                self.refusal = 429, str(err)

    def data_received(self, chunk: bytes) -> None:
        if self.refusal is None:
            self.body += chunk
        if len(self.body) > MAX_BYTES:  # in chunks, so that its head did not tell
            self.body, self.refusal = bytearray(), (413, TOO_LARGE)

    async def post(self, lesson: str) -> None:
        if self.refusal:
            self.fail(*self.refusal)
            return
        token, who = self.request.headers.get("Idempotency-Key", ""), self.entered
        answer = await self.ask("hand_in", bytes(self.body), lesson=lesson, token=token)
        if self.get_status() == 503:  # it will be sent again, which is not its sender's fault
            self.front.guard.rate.give_back(who)
        if answer:
            self.finish({name: answer[0][name] for name in ("id", "state", "lesson")})

    def on_finish(self) -> None:
        if self.entered is not None:
            self.front.guard.leave(self.entered)
            self.entered = None
        self.body = bytearray()
