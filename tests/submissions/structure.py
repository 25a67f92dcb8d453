"""Changed structure: what a student, an editor or a merge does to a notebook, by accident or not."""

import copy

from . import Notebook, add_cell, answer, bad, cell_of, position, text_of

CHECKS = ("_visible", "_hidden")
FUNCTIONS = ("forward_propagation", "backward_propagation", "gradient_check", "gradient_check_n",
             "backward_propagation_n", "wrong_blocks")  # fmt: skip


@bad("full")
def check_deleted(nb: Notebook) -> Notebook:
    del nb["cells"][position(nb, "gradient_check_visible")]
    return nb


@bad("full")
def all_checks_deleted(nb: Notebook) -> Notebook:
    nb["cells"] = [
        c for c in nb["cells"] if not c["metadata"].get("nbgrader", {}).get("grade_id", "").endswith(CHECKS)
    ]
    return nb


@bad(("gradient_check",))
def check_edited_to_pass(nb: Notebook) -> Notebook:
    cell_of(nb, "gradient_check_visible")["source"] = "assert True"
    cell_of(nb, "gradient_check_hidden")["source"] = "assert True"
    return answer(nb, "gradient_check", "def gradient_check(x, theta, epsilon=1e-7):\n    return 1.0\n")


@bad("full")
def check_duplicated(nb: Notebook) -> Notebook:
    nb["cells"].append(copy.deepcopy(cell_of(nb, "gradient_check_visible")))
    return nb


@bad("full")
def answer_duplicated_with_a_stub_behind(nb: Notebook) -> Notebook:
    stub = copy.deepcopy(cell_of(nb, "gradient_check"))
    stub["source"] = (
        "def gradient_check(x, theta, epsilon=1e-7):\n    # YOUR CODE HERE\n    raise NotImplementedError()\n"
    )
    nb["cells"].insert(position(nb, "gradient_check") + 1, stub)
    return nb


@bad("full")
def answer_duplicated_word_for_word(nb: Notebook) -> Notebook:
    nb["cells"].insert(position(nb, "gradient_check") + 1, copy.deepcopy(cell_of(nb, "gradient_check")))
    return nb


@bad("full")
def answer_duplicated_with_fresh_cell_ids(nb: Notebook) -> Notebook:
    twin = copy.deepcopy(cell_of(nb, "gradient_check")) | {"id": "twin0001"}
    nb["cells"].insert(position(nb, "gradient_check") + 1, twin)
    return nb


@bad("full")
def cells_in_reverse_order(nb: Notebook) -> Notebook:
    nb["cells"].reverse()
    return nb


@bad("full")
def two_answers_swapped(nb: Notebook) -> Notebook:
    one, two = position(nb, "gradient_check"), position(nb, "wrong_blocks")
    nb["cells"][one], nb["cells"][two] = nb["cells"][two], nb["cells"][one]
    return nb


@bad("full")
def texts_of_two_answers_swapped(nb: Notebook) -> Notebook:
    one, two = cell_of(nb, "forward_propagation"), cell_of(nb, "backward_propagation")
    one["source"], two["source"] = two["source"], one["source"]
    return nb


@bad("full")
def grade_ids_of_two_answers_swapped(nb: Notebook) -> Notebook:
    one, two = cell_of(nb, "forward_propagation"), cell_of(nb, "backward_propagation")
    one["metadata"], two["metadata"] = two["metadata"], one["metadata"]
    return nb


@bad("full")
def answer_turned_into_markdown(nb: Notebook) -> Notebook:
    cell = cell_of(nb, "gradient_check")
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]
    return nb


@bad("full")
def answer_turned_into_raw(nb: Notebook) -> Notebook:
    cell = cell_of(nb, "gradient_check")
    cell["cell_type"] = "raw"
    del cell["outputs"], cell["execution_count"]
    return nb


@bad("full")
def check_turned_into_markdown(nb: Notebook) -> Notebook:
    cell = cell_of(nb, "gradient_check_hidden")
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]
    return nb


@bad("full")
def nbgrader_metadata_stripped(nb: Notebook) -> Notebook:
    for cell in nb["cells"]:
        cell["metadata"].pop("nbgrader", None)
    return nb


@bad("full")
def all_metadata_and_ids_stripped(nb: Notebook) -> Notebook:
    for cell in nb["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    nb["metadata"] = {}
    nb["nbformat_minor"] = 4
    return nb


@bad(("wrong_blocks",))
def points_raised_to_a_thousand(nb: Notebook) -> Notebook:
    for function in FUNCTIONS:
        for check in CHECKS:
            cell_of(nb, function + check)["metadata"]["nbgrader"]["points"] = 1000
    return answer(nb, "wrong_blocks", "def wrong_blocks(*args, **kwargs):\n    return ['W9']\n")


@bad("full")
def points_not_a_number(nb: Notebook) -> Notebook:
    cell_of(nb, "gradient_check_visible")["metadata"]["nbgrader"]["points"] = "many"
    return nb


@bad("full")
def checks_marked_as_answers(nb: Notebook) -> Notebook:
    for function in FUNCTIONS:
        cell_of(nb, function + "_hidden")["metadata"]["nbgrader"] |= {
            "solution": True,
            "grade": False,
            "locked": False,
        }
    return nb


@bad("full")
def answers_marked_as_locked(nb: Notebook) -> Notebook:
    for function in FUNCTIONS:
        cell_of(nb, function)["metadata"]["nbgrader"] |= {"solution": False, "locked": True}
    return nb


@bad("full")
def set_up_cell_deleted(nb: Notebook) -> Notebook:
    del nb["cells"][next(i for i, c in enumerate(nb["cells"]) if c["cell_type"] == "code")]
    return nb


@bad("full")
def set_up_cell_edited(nb: Notebook) -> Notebook:
    cell = next(c for c in nb["cells"] if c["cell_type"] == "code")
    cell["source"] = "numpy = np = None"
    return nb


@bad("full")
def all_answers_in_one_cell(nb: Notebook) -> Notebook:
    sources = [text_of(cell_of(nb, function)) for function in FUNCTIONS]
    for function in FUNCTIONS:
        cell_of(nb, function)["source"] = ""
    cell_of(nb, FUNCTIONS[0])["source"] = "\n".join(sources)
    return nb


@bad("full")
def answer_moved_to_an_added_cell(nb: Notebook) -> Notebook:
    source = text_of(cell_of(nb, "gradient_check"))
    cell_of(nb, "gradient_check")["source"] = "# see above"
    return add_cell(nb, source, before="gradient_check")


@bad("full")
def answer_cell_deleted_answer_in_an_added_cell(nb: Notebook) -> Notebook:
    source, at = text_of(cell_of(nb, "gradient_check")), position(nb, "gradient_check")
    nb = add_cell(nb, source, before="gradient_check")
    del nb["cells"][at + 1]
    return nb


@bad(("gradient_check",))
def answer_cell_deleted(nb: Notebook) -> Notebook:
    del nb["cells"][position(nb, "gradient_check")]
    return nb


@bad(("gradient_check",))
def answer_cell_emptied(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", "")


@bad(("gradient_check",))
def answer_with_a_syntax_error(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", "def gradient_check(x, theta, epsilon=1e-7)\n    return 0.0\n")


@bad(("gradient_check",))
def answer_with_a_merge_conflict(nb: Notebook) -> Notebook:
    source = text_of(cell_of(nb, "gradient_check"))
    return answer(nb, "gradient_check", "<<<<<<< HEAD\n" + source + "=======\npass\n>>>>>>> mine\n")


@bad("full")
def added_cell_fails(nb: Notebook) -> Notebook:
    return add_cell(nb, "1 / 0")


@bad("full")
def added_cell_with_a_syntax_error(nb: Notebook) -> Notebook:
    return add_cell(nb, "this is not python")


@bad("full")
def three_hundred_added_cells(nb: Notebook) -> Notebook:
    at = position(nb, "forward_propagation")
    extra = [
        {
            "cell_type": "code",
            "id": f"more{i:04}",
            "metadata": {},
            "source": "x = 1",
            "outputs": [],
            "execution_count": None,
        }
        for i in range(300)
    ]
    nb["cells"][at:at] = extra
    return nb


@bad("full")
def cells_tagged_to_be_skipped(nb: Notebook) -> Notebook:
    for cell in nb["cells"]:
        cell["metadata"]["tags"] = ["skip-execution", "raises-exception", "experiment"]
    return nb


@bad("full")
def kernel_of_another_language(nb: Notebook) -> Notebook:
    nb["metadata"] = {"kernelspec": {"name": "bash", "display_name": "Bash", "language": "bash"}}
    return nb


@bad("full")
def kernel_that_does_not_exist(nb: Notebook) -> Notebook:
    nb["metadata"] = {"kernelspec": {"name": "../../evil", "display_name": "x", "language": "x"}}
    return nb


@bad(("wrong_blocks",))
def outputs_that_claim_success(nb: Notebook) -> Notebook:
    fine = [{"output_type": "stream", "name": "stdout", "text": "All tests passed\n"}]
    cell_of(nb, "wrong_blocks_visible")["outputs"] = fine
    cell_of(nb, "wrong_blocks_hidden")["outputs"] = fine
    return answer(nb, "wrong_blocks", "def wrong_blocks(*args, **kwargs):\n    return 'none'\n")


@bad("full")
def every_cell_id_the_same(nb: Notebook) -> Notebook:
    for cell in nb["cells"]:
        cell["id"] = "same"
    return nb


@bad("full")
def function_rebound_in_a_later_added_cell_after_its_checks(nb: Notebook) -> Notebook:
    at = position(nb, "gradient_check_hidden") + 1
    nb["cells"].insert(at, {"cell_type": "code", "id": "later001", "metadata": {}, "outputs": [], "execution_count": None,
                            "source": "gradient_check = None"})  # fmt: skip
    return nb


@bad("refused")
def notebook_of_another_lesson(nb: Notebook) -> Notebook:
    from tests.here import load_lesson

    return copy.deepcopy(load_lesson("initialization").release)


@bad("refused")
def no_cells_at_all(nb: Notebook) -> Notebook:
    nb["cells"] = []
    return nb


@bad("full")
def answer_under_a_timing_magic(nb: Notebook) -> Notebook:
    return answer(nb, "gradient_check", "%%time\n" + text_of(cell_of(nb, "gradient_check")))


@bad("full")
def grade_ids_that_are_no_text(nb: Notebook) -> Notebook:
    for name, value in (("gradient_check", ["x"]), ("gradient_check_hidden", {"a": 1}), ("wrong_blocks", 5)):
        cell_of(nb, name)["metadata"]["nbgrader"]["grade_id"] = value
    return nb


@bad("full")
def twin_whose_grade_id_only_looks_the_same(nb: Notebook) -> Notebook:
    twin = copy.deepcopy(cell_of(nb, "gradient_check")) | {"id": "twin0001"}
    twin["metadata"]["nbgrader"]["grade_id"] = "gr\u0430dient_check"
    twin["source"] = "def gradient_check(*args, **kwargs):\n    return 1.0\n"
    nb["cells"].insert(position(nb, "gradient_check"), twin)
    return nb
