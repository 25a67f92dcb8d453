"""Rebuild: whatever a student did to the notebook, the rooms get our cells with the student's work in them."""

import json

import pytest

from grader.errors import SubmissionError
from grader.submission.rebuild import Rebuilt, rebuild

from . import small
from .here import load_lesson
from .papers import notebook_of


@pytest.fixture(scope="module")
def lesson(tmp_path_factory):
    return small.course(tmp_path_factory.mktemp("course"))


def rebuilt(lesson, notebook) -> Rebuilt:
    return rebuild(lesson, small.as_bytes(notebook))


def ids(result: Rebuilt) -> list[str]:
    return [cell.id for cell in result.cells]


def source(result: Rebuilt, identity: str) -> str:
    return next(cell.source for cell in result.cells if cell.id == identity)


def student_part(result: Rebuilt) -> list[tuple[str, str]]:
    return [(cell.id, cell.source) for cell in result.cells if cell.origin == "student"]


def test_an_untouched_release_gives_our_cells_and_nothing_restored(lesson):
    result = rebuilt(lesson, small.release())
    assert ids(result) == [cell.id for cell in lesson.cells]
    assert result.restored == ()
    assert student_part(result) == []


@pytest.mark.parametrize("way", ["below", "among", "instead"])
def test_an_answer_typed_into_the_text_of_the_question_is_the_written_answer(way):
    lesson = load_lesson("initialization")
    index = next(i for i, cell in enumerate(lesson.cells) if cell.role == "written")
    text = lesson.cells[index - 1].release
    first, _, rest = text.partition("\n\n")
    notebook = notebook_of(lesson)
    for cell in notebook["cells"]:
        if "".join(cell["source"]) == text:
            ways = {
                "below": f"{text}\n\nBecause of symmetry.",
                "among": f"{first}\n\nBecause of symmetry.\n\n{rest}",
            }
            cell["source"] = ways.get(way, "Because of symmetry.")
        elif cell["metadata"].get("nbgrader", {}).get("grade_id") == lesson.cells[index].id:
            cell["source"] = lesson.cells[index].release
    rebuilt = rebuild(lesson, json.dumps(notebook).encode())
    answer = next(cell for cell in rebuilt.cells if cell.role == "written")
    assert answer.source.endswith("Because of symmetry.") and answer.origin == "student"
    assert (
        "the written answer stood in the question's own text and was put into its place" in rebuilt.restored
    )
    assert [cell.source for cell in rebuilt.cells if cell.id == lesson.cells[index - 1].id] == [text]


def test_answers_come_from_the_student_and_checks_with_hidden_parts_from_us(lesson):
    result = rebuilt(lesson, small.perfect())
    assert [name for name, _ in student_part(result)] == ["double", "triple", "tiny_question"]
    assert "return x + x" in source(result, "double")
    assert "twice five is ten" in source(result, "double_hidden")
    assert result.restored == ()


def test_no_answer_cell_ever_holds_our_solution(lesson):
    for cell in rebuilt(lesson, {"cells": [small.cell_of(small.release(), "double_visible")]}).cells:
        assert cell.role == "check" or "return 2 * x" not in cell.source


def test_an_edited_check_and_an_edited_given_cell_are_put_back(lesson):
    notebook = small.perfect()
    small.cell_of(notebook, "double_visible")["source"] = "pass"
    small.cell_of(notebook, "setup")["source"] = "np = None"
    result = rebuilt(lesson, notebook)
    assert source(result, "double_visible").startswith("assert double(2) == 4")
    assert source(result, "setup") == "import numpy as np\n"
    assert result.restored == (
        "the given cell setup had been edited, or is of an older release, and was put back",
        "the visible check of double had been edited, or is of an older release, and was put back",
    )


def test_deleted_cells_come_back(lesson):
    notebook = small.perfect()
    gone = {"t2", "t3", "f1", "x1", "double_visible", "double_hidden", "setup"}
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] not in gone]
    result = rebuilt(lesson, notebook)
    assert ids(result) == [cell.id for cell in lesson.cells]
    assert "the hidden check of double had been deleted and was put back" in result.restored
    assert "2 text, 1 example, 1 experiment cells had been deleted and were put back" in result.restored


def test_a_deleted_answer_is_a_stub_again(lesson):
    notebook = small.perfect()
    notebook["cells"].remove(small.cell_of(notebook, "double"))
    result = rebuilt(lesson, notebook)
    assert source(result, "double").endswith(small.STUB)
    assert result.restored == ("the answer cell of double had been deleted and was put back",)


def test_moved_cells_return_to_our_order_and_only_they_are_named(lesson):
    notebook = small.perfect()
    notebook["cells"].insert(0, notebook["cells"].pop(small.index_of(notebook, "triple_visible")))
    result = rebuilt(lesson, notebook)
    assert ids(result) == [cell.id for cell in lesson.cells]
    assert result.restored == ("the visible check of triple had been moved and was put back in its place",)


def test_a_notebook_turned_upside_down_is_put_in_order(lesson):
    notebook = small.perfect()
    notebook["cells"].reverse()
    result = rebuilt(lesson, notebook)
    assert ids(result) == [cell.id for cell in lesson.cells]
    assert "return x + x" in source(result, "double")


@pytest.mark.parametrize("kind", ["markdown", "raw", "heading", 7])
def test_an_answer_turned_into_another_type_of_cell_still_counts(lesson, kind):
    notebook = small.perfect()
    small.cell_of(notebook, "double")["cell_type"] = kind
    result = rebuilt(lesson, notebook)
    cell = next(cell for cell in result.cells if cell.id == "double")
    assert (cell.kind, cell.origin) == ("code", "student")
    assert result.restored == ("the answer cell of double had been turned into text and was turned back",)


def test_a_copied_answer_cell_counts_by_the_copy_that_is_answered(lesson):
    for stub_first in (True, False):
        notebook = small.perfect()
        stub = small.DOUBLE + small.STUB
        at = small.index_of(notebook, "double") + (0 if stub_first else 1)
        small.copy_cell(notebook, "double", stub, at=at)
        result = rebuilt(lesson, notebook)
        assert "return x + x" in source(result, "double")
        assert ids(result) == [cell.id for cell in lesson.cells]
        assert result.restored == ("the answer cell of double was there 2 times; one was graded",)


def test_of_two_attempts_under_one_id_the_later_is_graded_and_the_earlier_runs_before_it(lesson):
    notebook = small.perfect()
    small.copy_cell(
        notebook, "double", small.DOUBLE + "    return 0\n", at=small.index_of(notebook, "double")
    )
    result = rebuilt(lesson, notebook)
    assert "return x + x" in source(result, "double")
    at = ids(result).index("double")
    assert result.cells[at - 1].role == "added" and "return 0" in result.cells[at - 1].source


def test_a_cell_split_in_two_keeps_the_helper_before_the_answer(lesson):
    notebook = small.release(double="def helper(x):\n    return x + x\n")
    small.copy_cell(notebook, "double", "def double(x):\n    return helper(x)\n")
    result = rebuilt(lesson, notebook)
    at = ids(result).index("double")
    assert "helper(x)" in source(result, "double")
    assert result.cells[at - 1].source.startswith("def helper")


def test_a_helper_split_off_without_the_id_keeps_its_place_too(lesson):
    notebook = small.release(double="def helper(x):\n    return x + x\n")
    small.insert(notebook, "double", "def double(x):\n    return helper(x)\n")
    result = rebuilt(lesson, notebook)
    at = ids(result).index("double")
    assert "helper(x)" in source(result, "double")
    assert result.cells[at - 1].source.startswith("def helper")


def test_two_answers_merged_into_one_cell_both_count(lesson):
    notebook = small.release(
        double=small.DOUBLE + "    return x + x\n" + small.TRIPLE + "    return x + x + x\n"
    )
    notebook["cells"].remove(small.cell_of(notebook, "triple"))
    result = rebuilt(lesson, notebook)
    assert "return x + x + x" in source(result, "triple")
    assert "the answer of triple stood in another cell and was taken from there" in result.restored


def test_two_answers_written_into_each_others_cells_are_put_right(lesson):
    notebook = small.release(
        double=small.TRIPLE + "    return x + x + x\n", triple=small.DOUBLE + "    return x + x\n"
    )
    result = rebuilt(lesson, notebook)
    assert source(result, "double").startswith("def double")
    assert source(result, "triple").startswith("def triple")
    assert ids(result) == [cell.id for cell in lesson.cells]


@pytest.mark.parametrize("after", ["f1", "double_hidden", "tiny_question", None])
def test_an_answer_in_an_added_cell_anywhere_counts(lesson, after):
    notebook = small.release()
    small.insert(notebook, after, small.DOUBLE + "    return x + x\n")
    result = rebuilt(lesson, notebook)
    assert "return x + x" in source(result, "double")
    assert ids(result) == [cell.id for cell in lesson.cells]
    assert result.restored == ("the answer of double stood in another cell and was taken from there",)


def test_an_answer_in_the_example_cell_counts_and_the_cell_stays(lesson):
    text = small.DOUBLE + "    return x + x\nprint(double(3))\n"
    result = rebuilt(lesson, small.release(f1=text))
    assert source(result, "double") == text
    assert source(result, "f1") == text


def test_an_answer_typed_into_a_locked_check_counts_and_the_check_is_ours(lesson):
    result = rebuilt(lesson, small.release(double_hidden="def double(x):\n    return x + x\n"))
    assert "return x + x" in source(result, "double")
    assert "twice five is ten" in source(result, "double_hidden")


def test_added_cells_stand_where_the_student_put_them(lesson):
    notebook = small.perfect()
    small.insert(notebook, None, "first = 1", identity="a")
    small.insert(notebook, "f1", "second = 2", identity="b")
    small.insert(notebook, "b", "my note", kind="markdown", identity="c")
    small.insert(notebook, "tiny_question", "last = 3", identity="d")
    result = rebuilt(lesson, notebook)
    at = {cell.source: i for i, cell in enumerate(result.cells)}
    assert at["first = 1"] == 0
    assert ids(result)[at["second = 2"] - 1] == "f1"
    assert at["my note"] == at["second = 2"] + 1
    assert at["last = 3"] == len(result.cells) - 1
    assert result.restored == ()
    assert len(set(ids(result))) == len(result.cells)


def test_edited_free_cells_and_experiments_carry_the_students_text(lesson):
    result = rebuilt(lesson, small.release(f1="print(double(3))\n", x1="double(1)\n"))
    assert student_part(result) == [("f1", "print(double(3))\n"), ("x1", "double(1)\n")]


def test_tags_and_metadata_of_the_student_do_not_travel(lesson):
    notebook = small.perfect()
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = ["skip-execution", "experiment"]
        cell["metadata"].get("nbgrader", {}).update(points=100, grade=True, locked=False, solution=True)
    notebook["metadata"]["kernelspec"] = {"name": "bash"}
    assert rebuilt(lesson, notebook) == rebuilt(lesson, small.perfect())


def test_a_notebook_without_any_ids_or_metadata_gives_the_same(lesson):
    notebook = small.perfect()
    small.cell_of(notebook, "f1")["source"] = "print(double(2))\nprint(double(7))\n"
    for cell in notebook["cells"]:
        del cell["id"]
        cell["metadata"] = {}
    result = rebuilt(lesson, notebook)
    assert ids(result) == [cell.id for cell in lesson.cells]
    assert "return x + x" in source(result, "double")
    assert source(result, "tiny_question").endswith("Because two and two are four.")
    assert "double(7)" in source(result, "f1")


def test_a_second_copy_of_a_check_is_dropped(lesson):
    notebook = small.perfect()
    small.copy_cell(notebook, "double_visible", at=0)
    small.insert(notebook, None, "assert triple(2) == 6, 'three times two'\n", identity="no-name")
    result = rebuilt(lesson, notebook)
    assert ids(result) == [cell.id for cell in lesson.cells]


def test_the_written_answer_is_kept_and_one_below_the_question_is_put_into_it(lesson):
    assert source(rebuilt(lesson, small.perfect()), "tiny_question").startswith("Because two")
    notebook = small.release()
    small.insert(notebook, "tiny_question", "My <b>answer</b>.", kind="markdown")
    result = rebuilt(lesson, notebook)
    assert source(result, "tiny_question") == "YOUR ANSWER HERE\n\nMy <b>answer</b>."
    assert "the written answer stood in a cell of its own" in result.restored[0]


def test_an_answer_right_above_an_untouched_question_is_one(lesson):
    notebook = small.release()
    before = notebook["cells"][[cell["id"] for cell in notebook["cells"]].index("tiny_question") - 1]["id"]
    small.insert(notebook, before, "My answer.", kind="markdown")
    result = rebuilt(lesson, notebook)
    assert source(result, "tiny_question") == "YOUR ANSWER HERE\n\nMy answer."
    assert "the written answer stood in a cell of its own" in result.restored[0]


def test_a_picture_below_a_written_answer_is_part_of_it(lesson):
    notebook = small.perfect()
    small.insert(notebook, "tiny_question", "![](attachment:a.png)", kind="markdown", identity="drawn")
    drawn = next(cell for cell in notebook["cells"] if cell["id"] == "drawn")
    drawn["attachments"] = {"a.png": {"image/png": "iVBORw0KGgo="}}
    result = rebuilt(lesson, notebook)
    assert source(result, "tiny_question").startswith("Because two")
    assert source(result, "tiny_question").endswith("![](attachment:a.png)")
    pictures = next(cell.pictures for cell in result.cells if cell.id == "tiny_question")
    assert pictures == (("a.png", "image/png", "iVBORw0KGgo="),)
    assert "more of the written answer" in result.restored[0]
    assert ids(result) == [cell.id for cell in lesson.cells]


def test_a_notebook_in_pieces_is_summed_up(lesson):
    notebook = small.release()
    for cell in notebook["cells"]:
        cell["cell_type"] = "markdown" if cell["cell_type"] == "code" else "code"
    result = rebuilt(lesson, notebook)
    assert ids(result) == [cell.id for cell in lesson.cells]
    assert len(result.restored) <= 13
    assert result.restored[-1] == "and 2 more cells like these"


def test_an_unreadable_notebook_is_refused(lesson):
    with pytest.raises(SubmissionError, match="cannot be read as JSON"):
        rebuild(lesson, b"\x00\x01 no notebook")


def test_a_notebook_of_another_lesson_is_refused_and_one_cell_of_ours_is_enough(lesson):
    other = {
        "cells": [
            {"cell_type": "code", "source": "import numpy as np\n"},
            {"cell_type": "code", "source": "x"},
        ]
    }
    with pytest.raises(SubmissionError, match="nothing in this notebook belongs to the lesson tiny"):
        rebuilt(lesson, other)
    other["cells"].append({"cell_type": "code", "source": "def double(x):\n    return x + x\n"})
    assert "return x + x" in source(rebuilt(lesson, other), "double")


def test_format_3_is_read(lesson):
    cells = []
    for cell in small.perfect()["cells"]:
        old = {**cell, "input": cell["source"], "language": "python"}
        if cell["cell_type"] == "code":
            del old["source"]
        del old["id"]
        cells.append(old)
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}
    assert rebuilt(lesson, old).cells == rebuilt(lesson, small.perfect()).cells


def test_a_flood_of_cells_is_matched_in_no_time(lesson):
    notebook = small.release()
    lines = "\n".join(f"x{i} = {i}" for i in range(100))
    flood = [{"cell_type": "code", "source": lines + f"\ny = {i}"} for i in range(900)]
    notebook["cells"] = [small.cell_of(notebook, "double"), *flood]
    result = rebuild(lesson, json.dumps(notebook).encode())
    assert len(result.cells) == len(lesson.cells) + 900
