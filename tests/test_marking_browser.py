"""The instructors' page of written answers in a real Chromium: by keyboard, on a phone, without scripts, among attacks."""

import dataclasses
import json
from urllib.parse import urlencode

import pytest

from grader.course import Course
from grader.records.record import Recorder, Verdict
from grader.views import byhand
from tests import pagecase, serving, small
from tests.browser import DESKTOP, PHONE, violations, visit

pytestmark = [pytest.mark.browser, pytest.mark.sandbox, pytest.mark.xdist_group("service")]
QUESTION = "tiny_question"
ANSWERS = {
    "ada": "Because two and two are four.",
    "bo": "Because two and two  are four.",
    "cy": "# Four\n\n" + "Twice two. " * 200,
    **{f"e{number}": "" for number in range(8)},
    **{f"x{number}": markup for number, markup in enumerate(pagecase.MARKUP)},
}
WAIT_MS = 20_000


def put(root, answers):
    """Makes the answers those of graded work in the service's grades."""
    lesson = Course.load(root / "course").lesson(small.NAME)
    verdicts = []
    for student, text in answers.items():
        notebook = json.dumps(pagecase.executed(tiny_question=text))
        verdicts.append(Verdict(dataclasses.replace(pagecase.result(student=student), notebook=notebook)))
    with Recorder(root / "grades", [lesson]) as recorder:
        recorder.write(verdicts)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    root = tmp_path_factory.mktemp("service")
    serving.small_course(root / "course")  # for its helpers
    small.course(root / "course")
    put(root, ANSWERS)
    with serving.serving(root, root / "course") as running:
        yield running


@pytest.fixture
def fresh(service):
    """The service, with no points given."""
    book = f"sqlite:///{service.grades}/gradebook.db"
    from nbgrader.api import Gradebook

    with Gradebook(book, "default_course") as gradebook:
        for student in ANSWERS:
            grade = gradebook.find_grade(QUESTION, small.NAME, small.NAME, student)
            grade.manual_score, grade.needs_manual_grade = None, True
            gradebook.find_comment(QUESTION, small.NAME, small.NAME, student).manual_comment = None
        gradebook.db.commit()
    return service


def hands(service):
    return byhand.read(f"sqlite:///{service.grades}/gradebook.db", small.NAME)


def address(service, who="prof"):
    return f"http://127.0.0.1:{service.port}/in/{service.links[who]}"


def enter(seen, service):
    seen.page.goto(f"http://127.0.0.1:{service.port}/staff/written?lesson={small.NAME}")


def card(seen, text):
    return seen.page.locator(".group", has_text=text)


def said(seen, text, words):
    card(seen, text).locator(".said", has_text=words).wait_for(timeout=WAIT_MS)
    return card(seen, text).locator(".said").inner_text()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_fits_with_a_rubric_beside_or_above(chromium, fresh, scheme, size):
    with visit(chromium, address(fresh), size, color_scheme=scheme) as seen:
        enter(seen, fresh)
        card(seen, "Twice two").locator("[name=points]").fill("3")
        card(seen, "Twice two").locator("textarea").fill("Why?")
        card(seen, "Twice two").get_by_role("button", name="Save").click()
        said(seen, "Twice two", "Written for cy")
        seen.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        seen.page.locator(".reuse button").first.wait_for()
        assert violations(seen.page) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        seen.page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
        rubric, answers = (seen.page.locator(one).bounding_box() for one in (".rubric", ".groups"))
        if size is DESKTOP:
            assert 0 <= rubric["y"] < 100 and rubric["x"] + rubric["width"] <= answers["x"]
        else:
            assert rubric["y"] + rubric["height"] <= answers["y"]


def test_points_are_given_by_keyboard_one_group_after_the_other_and_nothing_typed_is_lost(chromium, fresh):
    with visit(chromium, address(fresh)) as seen:
        enter(seen, fresh)
        before = int(seen.page.inner_text("#open"))
        card(seen, "Twice two").locator("[name=points]").fill("3")  # and not saved
        card(seen, "Because two").locator("[name=points]").focus()
        for keys in ("4", ".", "5", "Tab", "G", "o", "o", "d", "Control+Enter"):
            seen.page.keyboard.press(keys)
        words = said(seen, "Because two", "Written for")
        assert words == f"Written for ada and bo: 4.5 of 5 points and the comment. {before - 1} still open."
        assert int(seen.page.inner_text("#open")) == before - 1
        assert "4.5 of 5" in card(seen, "Because two").locator(".state").inner_text()
        assert seen.page.evaluate("document.activeElement.name + document.activeElement.value") == "points"
        assert card(seen, "Twice two").locator("[name=points]").input_value() == "3"
        seen.page.keyboard.press("1")
        seen.page.keyboard.press("Tab")
        seen.page.keyboard.press("Tab")
        seen.page.keyboard.press("Tab")  # over Save
        seen.page.keyboard.press("Enter")
        seen.page.keyboard.press("Tab")
        seen.page.keyboard.press("Enter")  # the comment used before
        assert (
            seen.page.evaluate("document.activeElement.name + document.activeElement.value") == "commentGood"
        )
        seen.page.keyboard.press("Control+Enter")
        seen.page.locator(f'#open:text-is("{before - 2}")').wait_for(timeout=WAIT_MS)
        assert (hands(fresh)["bo"].points, hands(fresh)["bo"].comments) == (
            {QUESTION: 4.5},
            {QUESTION: "Good"},
        )
        assert (hands(fresh)["e7"].points, hands(fresh)["e7"].comments) == (
            {QUESTION: 1.0},
            {QUESTION: "Good"},
        )
        assert not hands(fresh)["cy"].points


def test_points_out_of_range_do_not_leave_the_page_and_an_answer_that_changed_is_refused_there(
    chromium, fresh
):
    with visit(chromium, address(fresh)) as seen:
        enter(seen, fresh)
        form = card(seen, "Because two")
        form.locator("[name=points]").fill("5.5")
        form.get_by_role("button", name="Save").click()
        assert form.locator("[name=points]").evaluate("one => one.validity.rangeOverflow")
        form.locator("[name=points]").fill("5")
        form.locator("[name=mark]").evaluate("one => { one.value = 'that of an answer of before'; }")
        form.get_by_role("button", name="Save").click()
        words = said(seen, "Because two", "another by now")
        assert (
            words == "The answer of ada and bo is another by now. Nothing was written; load the page again."
        )
        assert form.locator("[name=points]").input_value() == "5" and not hands(fresh)["ada"].points


def test_without_scripts_a_group_is_saved_and_one_goes_on(chromium, fresh):
    with visit(chromium, address(fresh), java_script_enabled=False) as seen:
        enter(seen, fresh)
        card(seen, "Because two").locator("[name=points]").fill("2")
        card(seen, "Because two").get_by_role("button", name="Save").click()
        assert "Written for ada and bo: 2 of 5 points." in seen.page.inner_text("main")
        seen.page.get_by_role("link", name="Go on").click()
        assert card(seen, "Because two").locator("[name=points]").input_value() == "2"
        assert hands(fresh)["ada"].points == {QUESTION: 2.0}


def test_nothing_that_students_wrote_runs_loads_or_moves_the_page(chromium, fresh):
    with visit(chromium, address(fresh)) as seen:
        seen.requests.clear()
        enter(seen, fresh)
        title = seen.page.title()
        for element in seen.page.locator(".theirs :is(a, summary, img)").all()[:40]:
            if element.is_visible():
                element.hover(timeout=2000, force=True)
        seen.page.wait_for_timeout(500)
        assert not seen.dialogs and not seen.popups and seen.page.title() == title == "Written answers"
        ours = f"http://127.0.0.1:{fresh.port}/"
        assert {url for url in seen.requests if not url.startswith((ours, "data:"))} == set()
        paths = {url.removeprefix(ours).partition("?")[0] for url in seen.requests if url.startswith(ours)}
        assert paths == {"staff/written", "page.css", "service.css", "written.js"}


def test_another_site_s_form_and_a_student_give_no_points(fresh):
    values = {"lesson": small.NAME, "question": QUESTION, "student": "ada", "points": "5"}
    body = urlencode(values).encode()
    kind = {"Content_Type": "application/x-www-form-urlencoded"}
    cookie = f"grader_link={fresh.links['prof']}"
    assert fresh.ask("POST", "/staff/written", None, body, Cookie=cookie, **kind)[0] == 403
    assert fresh.ask("POST", "/staff/written", "ada", body, **kind)[0] == 403
    assert fresh.ask("GET", f"/staff/written?lesson={small.NAME}", "ada")[0] == 403
    assert fresh.ask("GET", f"/staff/written?lesson={small.NAME}", None)[0] == 401
    assert fresh.ask("GET", f"/staff/written?lesson={small.NAME}&start=-1", "prof")[0] == 404
    assert fresh.ask("GET", "/staff/written?lesson=none", "prof")[0] == 409
    assert not hands(fresh)["ada"].points
