"""The README's first example is what the course says today."""

import re

from tests import bank
from tests.here import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_first_example_is_what_the_student_reads():
    source = re.search(r"```python\n(def .*?)```", README, re.DOTALL)[1]
    quoted = re.search(r"say:\n\n((?:> .*\n)+)", README)[1].replace("> ", "").replace("\n", " ").strip()
    function = re.match(r"def (\w+)", source)[1]
    said = bank.run_checks("regularization", {function: source})
    share = re.compile(r"keeps 0\.6\d* of")  # drawn, so its last digits differ from run to run
    assert share.sub("keeps 0.6 of", " ".join(str(said[f"{function}_visible"]).split())) == quoted
    assert [check for check, error in said.items() if error] == [f"{function}_visible", f"{function}_hidden"]


def test_every_file_that_the_readme_links_to_is_there():
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_files_that_it_says_are_derived_are_there():
    table = README.split("| derived |")[1].split("\n\n")[0]
    for pattern in re.findall(r"^\| `([^`]+)`", table, re.MULTILINE):
        path = pattern.replace("<lesson>", "regularization")
        assert path == "grades/" or (ROOT / path).exists(), path
