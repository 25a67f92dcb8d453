"""The process on the grader's side: owns rooms, hand-ins and gradebook, and answers the front over a local socket."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import socket
import socketserver
import sys
import time
from pathlib import Path
from typing import Any

from ..course import Course
from ..errors import GraderError, MachineError, SubmissionError
from ..grading.grade import grade
from ..records.grades import Grades
from ..records.record import Recorder
from ..results import SubmissionResult
from ..sandbox.sandbox import SANDBOXES
from . import marking, policy, staffroom
from .handins import Handins
from .life import end_with_parent, folder_of, log_lines
from .store import Store
from .wire import key_fits, packed, receive
from .work import Rooms

log = logging.getLogger("grader.service")
PATIENCE_S = 30.0  # for a front that does not read or write
EVENTS = 10_000  # that may wait for a front


class Desk:
    """Answers requests. `staff` names who are instructors, beside those that a roster calls so."""

    def __init__(self, handins: Handins, key: str, staff: frozenset[str] = frozenset()) -> None:
        self.handins, self.key, self.staff = handins, key, staff
        self._listeners: list[queue.Queue[dict[str, Any]]] = []
        handins.tell = self._tell

    def _tell(self, event: dict[str, Any]) -> None:
        for listener in list(self._listeners):
            with contextlib.suppress(queue.Full):
                listener.put_nowait(event)

    def answer(self, header: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        """The answer to one request: a header with `status`, as HTTP counts, and a body."""
        try:
            return self._answer(str(header.pop("do")), header, body)
        except SubmissionError as err:
            return {"status": 409, "reason": str(err)}, b""
        except PermissionError as err:
            return {"status": 403, "reason": str(err)}, b""
        except MachineError as err:
            return {"status": 507, "reason": str(err)}, b""
        except Exception:
            log.exception("a request failed")
            return {
                "status": 500,
                "reason": "Something failed on the grader's side. Nothing was lost; try again.",
            }, b""

    def _answer(self, do: str, values: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        if do == "health":
            return {"status": 200, "ready": True}, b""
        student, staff = self._who(values)
        handins = self.handins
        match do:
            case "page":
                lessons = handins.lessons_of(student)
                return {"status": 200, "student": student, "staff": staff, "lessons": lessons}, b""
            case "hand_in":
                row = handins.take(student, str(values["lesson"]), str(values["token"]), body)
                return {"status": 200, "id": row["id"], "state": row["state"], "lesson": row["lesson"]}, b""
            case "state" | "feedback" | "notebook":
                found = handins.store.get(str(values["id"]))
                if found is None or not (staff or found["student"] == student):
                    return {"status": 404, "reason": "There is no such hand-in of yours."}, b""
                if do == "notebook":
                    return {"status": 200, "lesson": found["lesson"]}, handins.store.path(found).read_bytes()
                page = (
                    handins.page_of(found, staff=staff and found["student"] != student)
                    if do == "feedback"
                    else b""
                )
                brief = {name: found[name] for name in ("state", "score", "max_score", "reason", "lesson")}
                return {"status": 200, **brief}, page
        if not staff:
            raise PermissionError("This is the instructors' page.")
        return self._answer_staff(do, student, values)

    def _answer_staff(self, do: str, student: str, values: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The answer to what only an instructor may ask."""
        handins = self.handins
        match do:
            case "overview":
                return {"status": 200, **staffroom.overview(handins)}, b""
            case "history":
                return {"status": 200, **staffroom.history(handins, str(values["of"]))}, b""
            case "written":
                asked = str(values["lesson"]), str(values["question"]), int(values["start"])
                return {"status": 200, **marking.page(handins, *asked)}, b""
            case "act":
                said = staffroom.act(handins, str(values["action"]), values["values"])
                log.info("%s: %s", student, said)
                return {"status": 200, "said": said}, b""
            case "metrics":
                return {"status": 200}, staffroom.metrics(handins).encode()
        return {"status": 404, "reason": "There is no such request."}, b""

    def _who(self, values: dict[str, Any]) -> tuple[str, bool]:
        """Who asks, and whether it is one of the staff. A link is good only as long as its serial number holds."""
        student, serial = str(values.pop("who", "")), values.pop("serial", None)
        if values.pop("local", False):  # the command line: whoever can read the key may read the hand-ins too
            return student or "the command line", True
        person = self.handins.store.person(student)
        if serial is not None and (person is None or person["serial"] != serial):
            raise PermissionError("This personal link is no longer good. Ask your instructor for a new one.")
        return student, student in self.staff or bool(person and person["staff"])

    def serve(self, connection: socket.socket) -> None:
        """One connection: one request and its answer, or all events from now on."""
        connection.settimeout(PATIENCE_S)
        with contextlib.suppress(OSError, ValueError):
            header, body = receive(connection)
            if not key_fits(header, self.key):
                return
            if header["do"] == "events":
                self._events(connection)
            else:
                connection.sendall(packed(*self.answer(header, body)))

    def _events(self, connection: socket.socket) -> None:
        mine: queue.Queue[dict[str, Any]] = queue.Queue(EVENTS)
        self._listeners.append(mine)
        try:
            while True:
                try:
                    event = mine.get(timeout=PATIENCE_S / 2)
                except queue.Empty:
                    event = {}  # so that a front that is gone is noticed
                connection.sendall(packed(event))
        finally:
            self._listeners.remove(mine)


class _Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads, request_queue_size = True, 256
    desk: Desk

    def finish_request(self, request: Any, _address: Any) -> None:
        self.desk.serve(request)


def warm(course: Course, rooms: int) -> None:
    """Has each room see a wrong answer of each lesson, so that nobody's is the first."""
    from ..author import papers

    for name in course.lessons:
        lesson = course.lesson(name)
        paper = papers.Paper(lesson, json.loads(json.dumps(lesson.release)))
        papers.many_slips(paper)
        for _ in range(rooms):
            grade(lesson, json.dumps(paper.notebook).encode())


def main(config: dict[str, Any]) -> None:
    """Runs until its parent ends. `config`: see `serve.configuration`."""
    log_lines()
    end_with_parent()
    course, grades = Course.load(Path(config["course"])), Grades(Path(config["grades"]))
    folder, unsafe, rooms = folder_of(grades.root), bool(config["unsafe"]), int(config["jobs"])
    SANDBOXES.of(course.root, unsafe=unsafe)
    store = Store(folder, config["db"])
    recorder = Recorder(grades.root, [course.lesson(name) for name in course.lessons], config["db"])
    rules = policy.load(course, Path(config["policy"]) if config["policy"] else None)
    handins = Handins(course, rules, store, recorder, grades, Path(config["submissions"]), config["db"])

    def graded(lesson: str, content: bytes, turn_s: float, nice: int) -> SubmissionResult:
        return grade(course.lesson(lesson), content, unsafe=unsafe, turn_s=turn_s, nice=nice)

    if config["warm"]:
        warm(course, 1)
    handins.rooms = Rooms(graded, handins.done, rooms, max(rooms // 2, 1))
    desk = Desk(handins, (folder / "key").read_text(encoding="ascii"), frozenset(config["staff"]))
    path = folder / "socket"
    path.unlink(missing_ok=True)
    with _Server(str(path), socketserver.BaseRequestHandler) as server:
        os.chmod(path, 0o600)
        server.desk = desk
        waiting = handins.resume()
        log.info("ready: %s; %d hand-ins wait", course.root, waiting)
        server.serve_forever()


if __name__ == "__main__":
    try:
        main(json.loads(sys.argv[1]))
    except GraderError as err:
        log.error("the grader side cannot start: %s", err)
        time.sleep(1)
        sys.exit(1)
