"""Points for written answers on the instructors' page: what it shows, what it writes, and what it refuses to write."""

import dataclasses
import html.parser
import json
import threading
import time

import pytest

from grader.service import marking
from grader.service.desk import Desk
from grader.service.policy import Policy, Terms
from grader.views import byhand, pages
from tests import handinscase, pagecase, serving, small
from tests.test_statement import CONFIG

QUESTION = "tiny_question"
ANSWERS = {
    "ada": "Because two and two are four.",
    "bo": "  Because two and  two\nare four.\n",
    "cy": "# Because\n\n**four**",
    "di": "YOUR ANSWER HERE",
    "ed": " \n",
}


@pytest.fixture
def made(tmp_path):
    small.course(tmp_path)
    (tmp_path / "nbgrader_config.py").write_text(CONFIG)
    yesterday = {small.NAME: Terms(deadline=time.time() - 20 * 3600)}
    with handinscase.handins(tmp_path, Policy(attempts=0, lessons=yesterday)) as handins:
        for student, text in ANSWERS.items():
            hand_in(handins, student, text)
        yield handins


class Tags(html.parser.HTMLParser):
    """The tags of a text and their attributes."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs


def hand_in(made, student, text, **cell):
    notebook = pagecase.executed(tiny_question=text)
    small.cell_of(notebook, QUESTION).update(cell)
    result = dataclasses.replace(pagecase.result(student=student), notebook=json.dumps(notebook))
    token = f"token-{len(made.store.of(student)):03}"
    row = made.take(student, small.NAME, token, small.as_bytes(small.release()))
    made._record(row, result)
    return made.store.get(row["id"])


def page(made, start=0, question=""):
    desk = Desk(made, "key", frozenset({"prof"}))
    asked = {"do": "written", "who": "prof", "lesson": small.NAME, "question": question, "start": start}
    return desk.answer(asked, b"")[0]


def group_of(made, student):
    return next(group for group in page(made)["groups"] if student in group["students"])


def save(made, group, who="prof", **typed):
    """What the form of a group sends, with what was typed into it."""
    values = {"lesson": small.NAME, "question": QUESTION, "mark": group["mark"]}
    values |= {"students": list(group["students"]), "had": "1" if group["comment"] else ""} | typed
    desk = Desk(made, "key", frozenset({"prof"}))
    return desk.answer({"do": "act", "who": who, "action": "points", "values": values}, b"")[0]


def hands(made):
    return byhand.read(made.db, small.NAME)


def drawn(made):
    return pages.render("service.html.j2", base="/", view="written", xsrf="x", staff=True, data=page(made))


def test_equal_answers_are_one_group_open_ones_come_first_and_are_counted(made):
    seen = page(made)
    assert [group["students"] for group in seen["groups"]] == [("cy",), ("ada", "bo"), ("di", "ed")]
    assert (seen["open"], seen["total"], seen["students"]) == (3, 3, 5)
    assert "Because." in seen["rubric"] and seen["most"] == 5
    assert save(made, group_of(made, "cy"), points="4.5")["status"] == 200
    seen = page(made)
    assert [group["students"] for group in seen["groups"]] == [("ada", "bo"), ("di", "ed"), ("cy",)]
    assert seen["open"] == 2 and seen["groups"][-1]["points"] == "4.5"
    assert '<strong id="open">2</strong> of 3 answers still open' in drawn(made)


def test_points_and_comment_go_to_every_student_of_a_group_and_it_is_said(made):
    said = save(made, group_of(made, "bo"), points="4,5", comment="Good;\r\nwhy? ")["said"]
    assert said.startswith("Written for ada and bo: 4.5 of 5 points and the comment.")
    for student in ("ada", "bo"):
        hand = hands(made)[student]
        assert (hand.points, hand.comments, hand.waiting) == (
            {QUESTION: 4.5},
            {QUESTION: "Good;\nwhy?"},
            set(),
        )
    assert page(made)["comments"] == ["Good;\nwhy?"]
    assert (
        save(made, group_of(made, "bo"), points="4")["said"].count("2 students had other points before") == 1
    )
    assert hands(made)["ada"].comments == {}  # its field was emptied


def test_an_empty_field_of_a_group_that_showed_no_comment_leaves_what_there_is(made):
    save(made, group_of(made, "bo") | {"students": ("ada",)}, points="3", comment="So so.")
    both = group_of(made, "bo")
    assert (both["points"], both["comment"], both["open"]) == ("", "", True)
    assert both["mixed"] == ["ada 3", "bo none"] and both["told"]
    save(made, both, points="2")
    assert [hands(made)[student].points[QUESTION] for student in ("ada", "bo")] == [2, 2]
    assert hands(made)["ada"].comments == {QUESTION: "So so."}


def test_a_student_s_page_shows_the_new_points_the_next_time(made):
    row = next(row for row in made.store.of("ada") if row["counts"])
    assert b"not graded yet, 5 points" in made.page_of(row)
    save(made, group_of(made, "ada"), points="4.5", comment="Good; why?")
    shown = made.page_of(row)
    assert b"Written question: 4.5 of 5" in shown and b"Good; why?" in shown


def test_late_penalties_follow_the_points(made):
    before = hands(made)["cy"].penalty
    said = save(made, group_of(made, "cy"), points="5")["said"]
    assert hands(made)["cy"].penalty == before + 0.5
    assert f"Late penalty of cy: {before:g} before, {before + 0.5:g} now." in said


def test_an_answer_that_changed_since_is_refused_and_nothing_is_written(made):
    group = group_of(made, "bo")
    hand_in(made, "bo", "Two and two are five.")
    answer = save(made, group, points="5", comment="Good.")
    assert answer["status"] == 409
    assert answer["reason"].startswith("The answer of bo is another by now. Nothing was written")
    assert not any(hand.points or hand.comments for hand in hands(made).values())


def test_points_that_were_given_to_an_earlier_answer_are_open_again(made):
    save(made, group_of(made, "cy"), points="5")
    hand_in(made, "cy", "Something else.")
    assert group_of(made, "cy")["open"] and group_of(made, "cy")["points"] == ""


def test_a_student_who_gave_the_same_answer_later_gets_nothing_unseen(made):
    group = group_of(made, "ada")
    hand_in(made, "flo", ANSWERS["ada"])
    assert save(made, group, points="5")["status"] == 200
    assert not hands(made)["flo"].points and group_of(made, "flo")["open"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"points": "5.01"}, "no number from 0 to 5"),
        ({"points": "-1"}, "no number from 0 to 5"),
        ({"points": "nan"}, "no number from 0 to 5"),
        ({"points": "inf"}, "no number from 0 to 5"),
        ({"points": "<b>good"}, "no number from 0 to 5"),
        ({}, "neither points nor a comment"),
        ({"points": "5", "comment": "x" * 5001}, "5,001 characters, more than 5,000"),
        ({"points": "5", "students": []}, "not said for whom"),
        ({"points": "5", "students": ["ada", "eve"]}, "The answer of eve is another"),
        ({"points": "5", "students": ["../ada"]}, "The answer of ../ada is another"),
        ({"points": "5", "mark": ""}, "The answer of ada and bo is another"),
        ({"points": "5", "lesson": "none"}, "no such question"),
        ({"points": "5", "question": "double"}, "no such question"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_writes_nothing(made, typed, said):
    before = hands(made)
    answer = save(made, group_of(made, "ada"), **typed)
    assert answer["status"] == 409 and said in answer["reason"]
    assert hands(made) == before


def test_only_the_staff_sees_the_answers_and_gives_points(made):
    group = group_of(made, "ada")
    assert save(made, group, who="ada", points="5")["status"] == 403
    asked = {"do": "written", "who": "ada", "lesson": small.NAME, "question": "", "start": 0}
    assert Desk(made, "key").answer(asked, b"")[0]["status"] == 403
    assert not hands(made)["ada"].points


def test_points_wait_for_the_one_writer_but_not_long_and_are_not_written_later(made, monkeypatch):
    monkeypatch.setattr("grader.service.writer.PROMPT_S", 0.2)
    group, begun, over = group_of(made, "ada"), threading.Event(), threading.Event()

    def slow():
        begun.set()
        over.wait(20)

    made.writer.at(0.0, "something slow", slow)
    assert begun.wait(10)
    answer = save(made, group, points="5")
    assert answer["status"] == 507 and "Nothing was written; try again" in answer["reason"]
    over.set()
    made.writer.at_once("a mark", lambda: None)
    assert not hands(made)["ada"].points
    assert save(made, group, points="5")["status"] == 200


def test_points_come_before_verdicts_that_are_due(made, monkeypatch):
    done, over, give = [], threading.Event(), marking.give
    monkeypatch.setattr(marking, "give", lambda *given: done.append("points") or give(*given))
    made.writer.at(0.0, "something slow", lambda: over.wait(20))
    for number in range(5):
        made.writer.at(time.time() - 9, "a verdict", lambda number=number: done.append(number))
    threading.Timer(0.5, over.set).start()
    assert save(made, group_of(made, "ada"), points="5")["status"] == 200
    serving.until(lambda: len(done) == 6, "all is written", 20)
    assert done == ["points", 0, 1, 2, 3, 4]


def test_a_page_has_so_many_groups_and_the_next_one_the_others(made, monkeypatch):
    monkeypatch.setattr(marking, "SHOWN", 2)
    assert (len(page(made)["groups"]), page(made)["next"]) == (2, 2)
    assert (len(page(made, 2)["groups"]), page(made, 2)["next"]) == (1, None)
    assert len(page(made, 999)["groups"]) == 1
    assert "start=2" in drawn(made)


def test_pictures_are_drawn_and_a_page_of_large_ones_is_cut(made, monkeypatch):
    for number, student in enumerate(("cy", "di")):
        attachments = {"p.png": {"image/png": pagecase.png(8 + number)}}
        hand_in(made, student, f"![plot](attachment:p.png) {number}", attachments=attachments)
    shown = [group for group in page(made)["groups"] if "data:image/png;base64," in group["answer"]]
    assert [group["students"] for group in shown] == [("cy",), ("di",)]
    monkeypatch.setattr(marking, "MOST_DRAWN", 10)
    assert len(page(made)["groups"]) == 1


def test_what_a_student_wrote_is_inert_and_its_headings_are_none_of_the_page(made):
    for number, markup in enumerate(pagecase.MARKUP):
        hand_in(made, f"x{number}", markup)
    save(made, group_of(made, "cy"), comment=pagecase.MARKUP[0])
    found = Tags()
    found.feed("".join(group["answer"] for group in page(made)["groups"]))
    assert not found.tags & {
        "script",
        "form",
        "input",
        "iframe",
        "style",
        "object",
        "link",
        "base",
        "meta",
        "h3",
    }
    assert not [
        name for name, _ in found.attributes if name.startswith("on") or name in ("style", "id", "srcdoc")
    ]
    assert not [value for _, value in found.attributes if (value or "").lower().startswith("javascript")]
    shown = drawn(made)
    assert shown.count("<script") == 1 and '<p class="head">Because</p>' in shown


def test_a_damaged_notebook_is_named_and_the_others_are_shown(made):
    path = made.grades.executed("bo", small.NAME)
    path.chmod(0o644)
    path.write_text("{")
    assert page(made)["damaged"] == ["bo"] and group_of(made, "ada")["students"] == ("ada",)
    assert "notebook of bo cannot be read" in drawn(made)
