"""The rules of hand-ins: when, how often, which counts, what is told, and what a crash at any step leaves behind."""

import contextlib
import errno
import os
import sqlite3
import threading
import time
from dataclasses import replace

import pytest
from sqlalchemy import event

from grader import files
from grader.errors import CourseError, MachineError, SubmissionError
from grader.records.record import Recorder
from grader.results import CheckResult, SubmissionResult
from grader.service import policy as policies
from grader.service import staffroom
from grader.service.desk import Desk
from grader.service.handins import Handins
from grader.service.policy import Policy, Terms
from grader.service.store import FULL, Store
from grader.service.work import LAST, NICE, TURNS_S, Job, Rooms
from tests import postgres, serving
from tests.handinscase import hand_in, handins, verdict

HOUR = 3600.0


def open_now(**more):
    return {"numbers": Terms(**{name: time.time() + hours * HOUR for name, hours in more.items()})}


def counted(made):
    return [row["id"] for row in made.store.of("ada") if row["counts"]]


def gradebook(made):
    with contextlib.closing(sqlite3.connect(made.grades.root / "gradebook.db")) as book:
        return book.execute(
            "SELECT student_id, timestamp, late_submission_penalty, auto_score FROM submitted_assignment "
            "JOIN submitted_notebook ON submitted_notebook.assignment_id = submitted_assignment.id "
            "JOIN grade ON grade.notebook_id = submitted_notebook.id ORDER BY 1, 4"
        ).fetchall()


def test_the_best_counts_by_default_and_of_equals_the_later(tmp_path):
    with handins(tmp_path) as made:
        hand_in(made, "ada", "token-01", 2)
        second = hand_in(made, "ada", "token-02", 2)
        hand_in(made, "ada", "token-03", 1)
        assert counted(made) == [second["id"]]
        assert sum(row[3] for row in gradebook(made)) == 2


def test_the_last_counts_where_the_policy_says_so(tmp_path):
    with handins(tmp_path, Policy(counts="last")) as made:
        hand_in(made, "ada", "token-01", 2)
        last = hand_in(made, "ada", "token-02", 1)
        assert counted(made) == [last["id"]] and sum(row[3] for row in gradebook(made)) == 1


def test_a_refused_hand_in_takes_no_grade_away(tmp_path):
    with handins(tmp_path, Policy(counts="last")) as made:
        good = hand_in(made, "ada", "token-01", 2)
        hand_in(made, "ada", "token-02", status="refused")
        assert counted(made) == [good["id"]] and made.grades.read("ada", "numbers").score == 2


def test_before_it_opens_and_after_it_closes_nothing_is_taken_and_the_reason_names_the_day(tmp_path):
    with handins(tmp_path, Policy(zone="Europe/Berlin", lessons=open_now(opens=1))) as made:
        with pytest.raises(SubmissionError, match=r"opens on .*20\d\d, .*Europe/Berlin"):
            hand_in(made, "ada", "token-01")
        made.policy = replace(made.policy, lessons=open_now(opens=-2, deadline=-1, closes=-0.5))
        with pytest.raises(SubmissionError, match="closed on .* extension"):
            hand_in(made, "ada", "token-01")
        made.extend("ada", "numbers", time.time() + HOUR)
        hand_in(made, "ada", "token-01")
        with pytest.raises(SubmissionError):
            hand_in(made, "bo", "token-02")


def test_attempts_run_out_then_come_back_one_by_one_and_refusals_use_none(tmp_path):
    with handins(tmp_path, Policy(attempts=2, hours=1)) as made:
        hand_in(made, "ada", "token-01")
        hand_in(made, "ada", "token-02", status="refused")
        hand_in(made, "ada", "token-03", None)  # not graded yet: it uses one all the same
        with pytest.raises(SubmissionError, match="used your attempts. The next one is on"):
            hand_in(made, "ada", "token-04")
        assert hand_in(made, "ada", "token-03", None)["state"] == "waiting"  # the same one again
        staffroom.act(made, "attempt", {"student": "ada", "lesson": "numbers"})
        hand_in(made, "ada", "token-04")
        allow = made._allow("numbers")
        with pytest.raises(SubmissionError):
            allow(made.store.of("ada"), (None, 1), time.time() + 0.9 * HOUR)
        allow(made.store.of("ada"), (None, 1), time.time() + 1.1 * HOUR)


def test_late_points_are_the_plug_in_s_and_the_best_is_what_is_left_of_them(tmp_path):
    with handins(tmp_path, Policy(lessons=open_now(deadline=-1))) as made:
        made.recorder.penalty = made.recorder.book._penalty = lambda _student, score, _late: score / 2
        late = hand_in(made, "ada", "token-01", 2)
        assert {row[2] for row in gradebook(made)} == {1.0}
        made.extend("ada", "numbers", time.time() + HOUR)
        made.writer.at_once("a mark", lambda: None)
        assert {row[2] for row in gradebook(made)} == {None} and len(made.rooms.jobs) == 1
        made._record(late, verdict(made.course, 2))
        assert {row[2] for row in gradebook(made)} == {None}


def test_an_extension_makes_the_hand_in_count_that_only_lateness_kept_from_it_and_runs_nothing(tmp_path):
    with handins(tmp_path, Policy(lessons=open_now(deadline=1))) as made:
        made.recorder.penalty = made.recorder.book._penalty = lambda _student, score, _late: 0.75 * score
        early = hand_in(made, "ada", "token-01", 1)
        made.policy = replace(made.policy, lessons=open_now(deadline=-1))
        made.store.update(early["id"], received=time.time() - 2 * HOUR)
        late = hand_in(made, "ada", "token-02", 2)
        assert counted(made) == [early["id"]]
        jobs = len(made.rooms.jobs)
        said = staffroom.act(
            made, "extend", {"student": "ada", "lesson": "numbers", "until": "2999-01-01T00:00"}
        )
        assert "until Tue 1 January 2999" in said
        made.writer.at_once("a mark", lambda: None)
        assert counted(made) == [late["id"]] and len(made.rooms.jobs) == jobs
        assert made.grades.read("ada", "numbers").score == 2
        assert sum(row[3] for row in gradebook(made)) == 2 and {row[2] for row in gradebook(made)} == {None}


def test_an_extension_that_ends_earlier_takes_none_back_and_says_so(tmp_path):
    with handins(tmp_path, Policy(lessons=open_now(deadline=-2))) as made:
        made.recorder.penalty = made.recorder.book._penalty = lambda _student, score, _late: score / 2
        hand_in(made, "ada", "token-01", 2)
        made.extend("ada", "numbers", time.time() + HOUR)
        made.extend("ada", "numbers", time.time() - 1.5 * HOUR)
        made.writer.at_once("a mark", lambda: None)
        assert {row[2] for row in gradebook(made)} == {None}


@pytest.mark.parametrize("step", range(1, 7))
def test_a_crash_at_any_step_of_recording_and_a_new_start_come_to_the_same_end(tmp_path, monkeypatch, step):
    class Crash(BaseException):
        pass

    def record(made, row):
        made._record(row, verdict(made.course, 2))

    with handins(tmp_path / "whole") as made:
        row = hand_in(made, "ada", "token-01", None)
        record(made, row)
        whole = [line[::3] for line in gradebook(made)]
    with handins(tmp_path / "crashed") as made:
        row = hand_in(made, "ada", "token-01", None)
        steps = []

        def dying(function):
            def call(*args, **values):
                steps.append(function.__name__)
                if len(steps) == step:
                    raise Crash
                return function(*args, **values)

            return call

        with monkeypatch.context() as patch:
            for owner, name in (
                (Store, "keep_executed"),
                (Recorder, "write"),
                (Store, "choose"),
                (Store, "update"),
            ):
                patch.setattr(owner, name, dying(getattr(owner, name)))
            patch.setattr("grader.service.handins.write_file", dying(files.write_file))
            with pytest.raises(Crash):
                record(made, row)
    with handins(tmp_path / "crashed") as made:
        assert made.resume() == 1 and [job.row["id"] for job in made.rooms.jobs] == [row["id"]]
        record(made, made.rooms.jobs[0].row)
        assert [line[::3] for line in gradebook(made)] == whole
        assert [(one["state"], one["counts"], one["score"]) for one in made.store.of("ada")] == [
            ("graded", True, 2.0)
        ]
        assert made.resume() == 0


def test_a_full_disk_is_a_clear_refusal_and_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    with handins(tmp_path, Policy(attempts=0)) as made:
        desk = Desk(made, "key")
        request = {"do": "hand_in", "who": "ada", "lesson": "numbers", "token": "token-01"}
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            header, _ = desk.answer(dict(request), serving.answered(made.course))
        assert header == {"status": 507, "reason": FULL}
        assert made.store.of("ada") == []
        engine = made.store._engine
        engine.dispose()  # what connects from now on finds SQLite's own full disk: not one page more
        event.listen(engine, "connect", lambda new, _: new.execute("PRAGMA max_page_count = 1").fetchall())
        answers = [desk.answer(request | {"token": f"token-{n:03}"}, b"x")[0] for n in range(100)]
        assert {answer["status"] for answer in answers} == {200, 507} and answers[-1]["reason"] == FULL
        kept = {made.store.path(row) for row in made.store.of("ada")}
        assert len(kept) == sum(answer["status"] == 200 for answer in answers)
        assert kept == {path for path in made.store.folder.glob("files/**/*") if path.is_file()}


def test_what_was_given_out_can_be_taken_back_and_a_student_forgotten(tmp_path):
    with handins(tmp_path) as made:
        desk = Desk(made, "key")
        made.store.admit("ada")
        assert desk.answer({"do": "page", "who": "ada", "serial": 1}, b"")[0]["status"] == 200
        assert "no longer" in staffroom.act(made, "revoke", {"student": "ada"})
        assert desk.answer({"do": "page", "who": "ada", "serial": 1}, b"")[0]["status"] == 403
        row = hand_in(made, "ada", "token-01")
        assert "1 hand-ins of ada were deleted" in staffroom.act(made, "forget", {"student": "ada"})
        assert made.store.get(row["id"]) is None and not made.store.path(row).exists()


def test_an_instructor_sees_the_class_and_the_last_hour_s_mistakes(tmp_path):
    with handins(tmp_path) as made:
        for student in ("ada", "bo"):
            hand_in(made, student, "token-01", 1, misconception="squared")
        hand_in(made, "cy", "token-01", status="fault")
        seen = staffroom.overview(made)
        assert seen["spread"]["numbers"][5] == 2
        assert [(one["students"], one["function"]) for one in seen["mistakes"]] == [(2, "double")]
        assert [(one["student"], one["state"]) for one in seen["trouble"]] == [("cy", "fault")]
        assert 'grader_handins{state="graded"} 2' in staffroom.metrics(made)


def test_a_failure_of_ours_when_grading_again_leaves_the_old_verdict_and_its_points(tmp_path):
    with handins(tmp_path) as made:
        row = hand_in(made, "ada", "token-01", 2)
        staffroom.act(made, "regrade", {"id": row["id"]})
        made._record(row, verdict(made.course, status="fault"))
        assert [(one["state"], one["score"], one["counts"]) for one in made.store.of("ada")] == [
            ("graded", 2.0, True)
        ]
        assert b"Every check passed" in made.page_of(row)


def test_regrading_takes_the_same_bytes_and_leaves_the_old_verdict_until_the_new_one(tmp_path):
    with handins(tmp_path) as made:
        row = hand_in(made, "ada", "token-01", 2)
        staffroom.act(made, "regrade", {"id": row["id"]})
        assert made.rooms.jobs[-1].content == serving.answered(made.course)
        with pytest.raises(SubmissionError, match="being graded just now"):
            staffroom.act(made, "regrade", {"id": row["id"]})
        assert b"<html" in made.page_of(row)
        made._record(made.rooms.jobs[-1].row, verdict(made.course, 1))
        assert made.grades.read("ada", "numbers").score == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("counts = 'worst'", "counts is 'worst', but may be best or last"),
        ("attempts = -1", "attempts is -1"),
        ("zone = 'Berlin'", "Berlin"),
        ("colour = 1", "colour"),
        ("[lesson.numbers]\ndeadline = 'Friday'", "deadline = 'Friday' is no time"),
        ("[lesson.letters]", "no lesson is called letters"),
        ("[lesson.numbers]\ndead = 2026-01-01T00:00:00", "dead"),
    ],
)
def test_a_policy_that_is_not_as_it_must_be_is_named(tmp_path, text, said):
    course = serving.small_course(tmp_path)
    (tmp_path / "solutions" / "policy.toml").write_text(text)
    with pytest.raises(CourseError, match=said):
        policies.load(course)


def test_a_policy_s_times_are_those_of_its_zone(tmp_path):
    course = serving.small_course(tmp_path)
    text = "zone = 'America/New_York'\n[lesson.numbers]\ndeadline = 2026-03-08T12:00:00\n"
    (tmp_path / "solutions" / "policy.toml").write_text(text)
    policy = policies.load(course)
    assert (
        policy.of("numbers").deadline == 1772985600
    )  # 16:00 UTC: New York keeps summer time from that morning on
    assert policy.words(policy.of("numbers").deadline) == "Sun 8 March 2026, 12:00 (America/New_York)"


def test_a_request_that_fails_inside_is_one_sentence(tmp_path, monkeypatch, caplog):
    with handins(tmp_path) as made:
        monkeypatch.setattr(made, "lessons_of", lambda _: 1 / 0)
        header, _ = Desk(made, "key").answer({"do": "page", "who": "ada"}, b"")
        assert header["status"] == 500 and "Nothing was lost" in header["reason"]
        assert "ZeroDivisionError" in caplog.text


def test_a_database_that_cannot_be_opened_is_an_error_of_the_machine(tmp_path):
    with pytest.raises(MachineError):
        Store(tmp_path, f"sqlite:///{tmp_path}/no/such/folder.db")


def test_a_verdict_that_cannot_be_recorded_costs_nobody_else_anything(tmp_path, monkeypatch):
    record = Handins._record

    def recorded(self, row, result):
        if row["student"] == "ada":
            raise ValueError("what we have not thought of")
        record(self, row, result)

    monkeypatch.setattr("grader.service.writer.PAUSE_S", 0.01)
    monkeypatch.setattr(Handins, "_record", recorded)
    with handins(tmp_path) as made:
        for student in ("ada", "bo"):
            made.done(Job(made.take(student, "numbers", "token-01", b"{}"), b"{}"), verdict(made.course, 2))
        states = lambda: [made.store.of(student)[0]["state"] for student in ("ada", "bo")]  # noqa: E731
        serving.until(
            lambda: states() == ["fault", "graded"],
            "ada's is our fault, bo's is graded",
            20,
            lambda: str(states()),
        )
        assert "not thought of" in made.store.of("ada")[0]["reason"]


def test_a_disk_that_is_full_while_a_verdict_is_recorded_is_waited_for(tmp_path, monkeypatch):
    tries, write = [], Recorder.write

    def full_at_first(self, verdicts):
        tries.append(1)
        if len(tries) < 6:
            raise MachineError("the disk is full")
        write(self, verdicts)

    monkeypatch.setattr("grader.service.writer.PAUSE_S", 0.01)
    monkeypatch.setattr(Recorder, "write", full_at_first)
    with handins(tmp_path) as made:
        made.done(Job(made.take("ada", "numbers", "token-01", b"{}"), b"{}"), verdict(made.course, 2))
        serving.until(lambda: made.store.of("ada")[0]["state"] == "graded", "it is graded in the end", 20)
        assert len(tries) == 6


@pytest.mark.database
def test_hand_ins_are_kept_in_postgresql_by_the_same_rules(tmp_path):
    if postgres.binaries() is None:
        pytest.skip("no PostgreSQL server: apt-get install postgresql")
    with postgres.server() as running:
        made = Store(tmp_path / "handins", running.new_database())
        row, new = made.add("ada", "numbers", "token-01", b"{}", lambda *_: None)
        assert new and made.add("ada", "numbers", "token-01", b"{}", lambda *_: None)[0]["id"] == row["id"]
        made.choose("ada", "numbers", row["id"])
        made.grant("ada", "numbers", None)
        made.admit("ada", anew=True)
        assert made.of("ada")[0]["counts"] and made.grants("ada", "numbers") == (None, 1)
        assert made.waiting()[0]["id"] == row["id"] and made.forget("ada") == 1 and made.of("ada") == []
        made.close()


def test_what_takes_longer_than_its_turn_waits_for_another_one_and_delays_nobody():
    told, over = {}, threading.Event()

    held = SubmissionResult("numbers", "held", None, 0.0, 2.0, "")

    def graded(_lesson, content, turn_s, _nice):
        if (content == b"endless" and turn_s) or (content == b"slow" and turn_s == TURNS_S[0]):
            return held
        if content == b"endless":
            over.wait(20)
        return SubmissionResult("numbers", "graded", None, 1.0, 2.0, "")

    def done(job, _result):
        told[job.row["id"]] = job.turn

    rooms = Rooms(graded, done, first=1, later=1)
    for name in ("endless", "slow", "quick", "quick-too"):
        rooms.put(Job({"id": name, "lesson": "numbers"}, name.encode()))
    serving.until(lambda: len(told) == 2, "the quick ones are graded", 20, lambda: str(told))
    assert told == {"quick": 1, "quick-too": 1}
    over.set()
    serving.until(lambda: len(told) == 4, "all are graded", 20, lambda: str(told))
    assert (told["slow"], told["endless"]) == (2, LAST)


def test_the_last_turn_comes_even_where_everybody_needs_a_second_one():
    told = []

    def graded(_lesson, content, turn_s, _nice):
        if turn_s == TURNS_S[0] or (content == b"hard" and turn_s):
            return SubmissionResult("numbers", "held", None, 0.0, 2.0, "")
        time.sleep(0.05)
        return SubmissionResult("numbers", "graded", None, 1.0, 2.0, "")

    rooms = Rooms(graded, lambda job, _result: told.append(job.row["id"]), first=1, later=1)
    for number in range(20):
        rooms.put(Job({"id": number, "lesson": "numbers"}, b"easy" if number else b"hard"))
    serving.until(lambda: len(told) == 20, "all are graded", 20, lambda: str(told))
    assert told.index(0) < 10


def test_a_fault_is_tried_again_and_then_said():
    told, tries = [], []

    def graded(*_):
        tries.append(1)
        raise OSError("no more processes")

    rooms = Rooms(graded, lambda _job, result: told.append(result), first=1, later=1)
    rooms.put(Job({"id": "x", "lesson": "numbers"}, b""))
    serving.until(lambda: told, "a fault is said", 20)
    assert told[0].status == "fault" and "no more processes" in told[0].reason and len(tries) == 3


def test_what_was_cut_off_while_others_had_the_processor_is_tried_again_on_a_par_with_them():
    told, tries = [], []
    lost = CheckResult("f_hidden", "f", 0.0, 1.0, "timed_out")

    def graded(_lesson, _content, turn_s, nice):
        tries.append((turn_s, nice))
        if turn_s:
            return SubmissionResult("numbers", "held", None, 0.0, 2.0, "")
        crowded = len(tries) < 4
        checks = (lost,) if crowded else ()
        return SubmissionResult("numbers", "graded", None, 1.0, 2.0, "", checks=checks, crowded=crowded)

    rooms = Rooms(graded, lambda _job, result: told.append(result), first=1, later=1)
    rooms.put(Job({"id": "x", "lesson": "numbers"}, b""))
    serving.until(lambda: told, "a verdict is told", 20)
    assert tries == [(TURNS_S[0], 0), (TURNS_S[1], NICE), (0.0, NICE), (0.0, 0)]
    assert not told[0].checks
