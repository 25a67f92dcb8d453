"""`grader serve`: the verdict is that of `grader grade`, told at once; what is taken is kept; who one is, is kept apart."""

import copy
import json
import re
import sqlite3
import threading

import course_handin
import pytest

from grader import cli
from grader.author import papers
from grader.service.life import folder_of
from tests import serving
from tests.here import ROOT, load_lesson
from tests.serving import answered

pytestmark = [pytest.mark.sandbox, pytest.mark.xdist_group("service")]
ENDLESS = "def double(x):\n    while True:\n        pass"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return serving.small_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def service(made, tmp_path_factory):
    with serving.serving(tmp_path_factory.mktemp("service"), made.root) as running:
        yield running


def paper(lesson, write):
    made = papers.Paper(load_lesson(lesson), copy.deepcopy(load_lesson(lesson).release))
    write(made)
    return json.dumps(made.notebook).encode()


def test_the_verdict_is_byte_for_byte_that_of_grader_grade(tmp_path):
    lesson = "gradient_checking"
    work = {
        name: paper(lesson, getattr(papers, name))
        for name in ("perfect", "many_slips", "untouched", "endless")
    }
    work["broken"] = work["perfect"][:1000]
    with serving.serving(tmp_path / "served", ROOT, people=tuple(work)) as service:
        taken = {name: service.taken(name, content, lesson) for name, content in work.items()}
        # the endless one needs 50 s on a quiet machine, and more than twice that beside three busy processes
        told = {name: service.verdict(name, handin, 400) for name, handin in taken.items()}
    assert {name: answer["state"] for name, answer in told.items()} == dict.fromkeys(work, "graded") | {
        "broken": "refused"
    }
    for name, content in work.items():
        path = tmp_path / "submissions" / name / lesson / f"{lesson}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    where = ["--submissions", f"{tmp_path}/submissions", "--grades", f"{tmp_path}/grades"]
    assert cli.main(["grade", lesson, *where]) == 0
    for kind in ("results/*/*.json", "autograded/*/*/*.ipynb"):
        once = {
            path.relative_to(tmp_path / "grades"): path.read_bytes()
            for path in (tmp_path / "grades").glob(kind)
        }
        served = tmp_path / "served" / "grades"
        assert {path.relative_to(served): path.read_bytes() for path in served.glob(kind)} == once
        assert len(once) == (5 if kind.startswith("results") else 4)


def test_an_endless_loop_gets_its_verdict_and_delays_nobody(service, made):
    loop = service.taken("ada", answered(made, ENDLESS))
    quick = service.taken("bo", answered(made))
    assert service.verdict("bo", quick)["score"] == 2
    assert json.loads(service.ask("GET", f"/hand-in/{loop}/state")[2])["state"] == "waiting"
    assert (
        service.verdict("ada", loop, 400)["score"] == 0
    )  # a busy machine takes its time, and tries it once more


def test_a_double_click_and_a_lost_connection_make_one_hand_in(service, made):
    answers = []
    again = [
        threading.Thread(
            target=lambda: answers.append(service.hand_in("cy", answered(made), token="the-same-token"))
        )
        for _ in range(2)
    ]
    for thread in again:
        thread.start()
    for thread in again:
        thread.join(30)
    answers.append(service.hand_in("cy", answered(made), token="the-same-token"))
    assert len({answer["id"] for status, answer in answers if status == 200}) == 1
    with sqlite3.connect(folder_of(service.grades) / "handins.db") as store:
        assert store.execute("SELECT count(*) FROM handin WHERE token = 'the-same-token'").fetchone() == (1,)


def test_a_refusal_says_why_and_uses_no_attempt(service, made):
    left = lambda: re.findall(r"(\d+) attempts? left", service.ask("GET", "/", "bo")[2].decode())  # noqa: E731
    before = left()
    told = service.verdict("bo", service.taken("bo", b"<html>not a notebook</html>"))
    assert told["state"] == "refused" and "not a notebook but a web page" in told["reason"]
    assert left() == before


def test_the_best_counts_and_lies_where_grader_grade_would_have_put_it(service, made, tmp_path):
    best = service.taken("bo", answered(made))
    service.verdict("bo", best)
    worse = service.taken("bo", answered(made, "def double(x):\n    return 3 * x"))
    assert service.verdict("bo", worse)["score"] == 0
    record = json.loads((service.grades / "results" / "bo" / "numbers.json").read_text())
    assert record["score"] == 2
    handed_in = service.grades.parent / "submissions" / "bo" / "numbers" / "numbers.ipynb"
    assert handed_in.read_bytes() == answered(made)


def test_a_hidden_check_tells_one_bit_and_a_visible_one_what_it_found(service, made):
    wrong = "def double(x):\n    return 4 if x == 2 else [x] * 17"
    handin = service.taken("cy", answered(made, wrong))
    service.verdict("cy", handin)
    page = service.ask("GET", f"/feedback/{handin}", "cy")[2].decode()
    assert (
        "17" not in page.replace("return 4 if x == 2 else", "").replace("[x] * 17", "")
        or "length" not in page
    )
    assert "list" not in re.sub(r"<style>.*?</style>", "", page, flags=re.S).split("Your notebook")[0]
    assert "Did not pass" in page
    seen_by_staff = service.ask("GET", f"/feedback/{handin}", "prof")[2].decode()
    assert "list" in seen_by_staff


def test_the_page_of_a_student_shows_lessons_and_hand_ins(service, made):
    page = service.ask("GET", "/", "cy")[2].decode()
    assert "This one counts." in page and "No deadline" in page


def test_nobody_sees_what_is_another_s(service, made):
    handin = service.taken("ada", answered(made))
    service.verdict("ada", handin)
    for path in (f"/feedback/{handin}", f"/notebook/{handin}", f"/hand-in/{handin}/state"):
        assert service.ask("GET", path, "ada")[0] == 200
        assert service.ask("GET", path, "bo")[0] == 404
        assert service.ask("GET", path, None)[0] == 401
    assert service.ask("GET", "/staff", "ada")[0] == 403
    assert service.ask("GET", "/staff", "prof")[0] == 200
    of_bo = service.ask("GET", "/", "bo")[2].decode()
    hexadecimal = "[0-9a-f]{8,}"  # of ids and tokens, in which it may stand by chance
    assert "ada" not in re.sub(hexadecimal, "", of_bo)


@pytest.fixture
def notebook(service, made, tmp_path, monkeypatch):
    """A saved notebook of ada's in the working folder, and a home of her own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("JUPYTERHUB_API_TOKEN", raising=False)
    (tmp_path / "numbers.ipynb").write_bytes(answered(made))
    return tmp_path


def test_a_notebook_hands_itself_in_and_asks_for_the_link_once(service, notebook, monkeypatch, capsys):
    asked = []
    link = f"http://127.0.0.1:{service.port}/in/{service.links['ada']}"
    monkeypatch.setattr("builtins.input", lambda words: asked.append(words) or link)
    for _ in range(2):
        shown = course_handin.hand_in()
        assert "2 of 2 automatic points" in capsys.readouterr().out
        assert "Every check passed" in shown.data and 'sandbox="allow-popups"' in shown.data
    assert len(asked) == 1 and (notebook / ".course_handin").stat().st_mode & 0o77 == 0


def test_a_notebook_that_is_refused_says_why(service, notebook, monkeypatch, capsys):
    link = f"http://127.0.0.1:{service.port}/in/{service.links['ada']}"
    monkeypatch.setattr("builtins.input", lambda _: link)
    (notebook / "numbers.ipynb").write_bytes(b"nothing")
    assert course_handin.hand_in() is None
    assert "save it from Jupyter again. No attempt was used" in capsys.readouterr().out
    assert course_handin.hand_in("letters", "numbers.ipynb") is None
    assert "There is no lesson 'letters'" in capsys.readouterr().out
    service.command("attempt", "ada", "numbers")


def test_a_link_that_is_no_longer_good_is_forgotten(service, notebook, monkeypatch, capsys):
    monkeypatch.setattr("builtins.input", lambda _: f"http://127.0.0.1:{service.port}/in/no-such-link")
    assert course_handin.hand_in() is None
    assert "personal link" in capsys.readouterr().out and not (notebook / ".course_handin").exists()


def test_a_cell_that_hands_in_does_nothing_while_it_is_graded(monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert course_handin.hand_in() is None


def test_the_same_can_be_seen_and_done_from_the_command_line(service, made, tmp_path):
    handin = service.taken("cy", answered(made))
    service.verdict("cy", handin)
    seen = service.command("student", "cy").stdout
    assert handin in seen and "2 of 2, counts" in seen
    assert "cy" in service.command("class").stdout
    assert service.command("download", handin, str(tmp_path / "x.ipynb")).returncode == 0
    assert (tmp_path / "x.ipynb").read_bytes() == answered(made)
    assert "is graded again" in service.command("regrade", handin).stdout
    assert service.verdict("cy", handin)["score"] == 2
    wrong = service.command("extend", "cy", "numbers", "soon")
    assert wrong.returncode == 2 and "no time like" in wrong.stderr
    assert "grader_handins" in service.command("metrics").stdout
