"""The instructors' pages. Whether one is an instructor is decided on the grader's side."""

from __future__ import annotations

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
                self.page("word", reason=answer[0]["said"], staff=True)


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
