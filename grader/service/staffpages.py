"""The instructors' pages. Whether one is an instructor is decided on the grader's side."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from .front import Base


class Staff(Base):
    """The instructors' pages: the class, one student, and what can be done for one."""

    async def get(self) -> None:
        if self.admit():
            of, part = self.get_argument("student", None), self.get_argument("part", None)
            answer = await (self.ask("history", of=of) if of else self.ask("overview"))
            if answer:
                view = "history" if of else "class-live" if part else "class"
                self.page(view, data=answer[0], staff=True, said=self.get_argument("said", ""))

    async def post(self) -> None:
        if self.admit():
            values = {name: self.get_body_argument(name, "") for name in ("student", "lesson", "until", "id")}
            answer = await self.ask("act", action=self.get_body_argument("action"), values=values)
            if answer:
                self.say(answer[0]["said"], "staff")


class Written(Base):
    """The answers in words, side by side, and points for one group of them."""

    async def get(self) -> None:
        lesson, question = self.get_argument("lesson", ""), self.get_argument("question", "")
        start = self.get_argument("start", "0")
        if not re.fullmatch("[0-9]{1,6}", start):
            self.fail(404, "There is no such page.")
        elif self.admit() and (
            answer := await self.ask("written", lesson=lesson, question=question, start=int(start))
        ):
            self.page("written", data=answer[0], staff=True)

    async def post(self) -> None:
        if self.admit():
            names = ("lesson", "question", "mark", "points", "comment", "had")
            values: dict[str, Any] = {name: self.get_body_argument(name, "") for name in names}
            values["students"] = self.get_body_arguments("student", strip=False)
            if answer := await self.ask("act", action="points", values=values):
                back = urlencode({name: values[name] for name in ("lesson", "question")})
                self.say(answer[0]["said"], f"staff/written?{back}")


class Notebook(Base):
    """A hand-in as it came, for its student and the staff."""

    async def get(self, handin: str) -> None:
        if self.admit() and (answer := await self.ask("notebook", id=handin)):
            self.set_header("Content-Type", "application/octet-stream")
            self.set_header(
                "Content-Disposition", f'attachment; filename="{answer[0]["lesson"]}-{handin}.ipynb"'
            )
            self.finish(answer[1])


class Metrics(Base):
    """Counters for Prometheus, for the staff (Authorization: Link …)."""

    async def get(self) -> None:
        if self.admit() and (answer := await self.ask("metrics")):
            self.set_header("Content-Type", "text/plain; version=0.0.4")
            self.finish(answer[1])
