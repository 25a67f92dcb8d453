"""The rules of a lesson's source: each finding names the cell, the rule and what to do.

`findings` is all of it: the tuple RULES at the end is the list of rules, in the order in which they are checked.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..course import HIDDEN, SETTINGS, VISIBLE
from .cellnames import code_lines, words
from .parts import Finding, Part, Scope, part_of

ONE_LINE = 'import testCases; testCases.check("{name}")'  # a visible check whose code is a helper's
METADATA = frozenset({"nbgrader", "tags", "alt"})
TAGS = frozenset({"experiment", "nbval-ignore-output", "raises-exception"})


Found = Iterator[Finding]


def findings(scope: Scope, cells: list[dict[str, Any]]) -> list[Finding]:
    """Every rule that the cells of a lesson break, in the order of the cells."""
    broken: list[Finding] = []
    parts = []
    for index, cell in enumerate(cells):
        try:
            parts.append(part_of(index, cell))
        except SyntaxError as err:
            broken.append(
                Finding(index, f"code must be valid Python: {err.msg}", f"see line {err.lineno} of the cell")
            )
    if not broken:
        broken = [finding for rule in RULES for finding in rule(scope, parts)]
    return sorted(broken, key=lambda finding: finding.cell)


def _metadata(scope: Scope, parts: list[Part]) -> Found:
    for part in parts:
        for key in sorted(set(part.metadata) - METADATA):
            yield Finding(
                part.index, f"metadata '{key}' is not used", f"keep only {', '.join(sorted(METADATA))}"
            )
        for tag in sorted(set(part.metadata.get("tags", [])) - TAGS):
            yield Finding(part.index, f"tag '{tag}' is not known", f"use one of {', '.join(sorted(TAGS))}")
        if not part.grading:
            continue
        wanted = {"grade", "grade_id", "locked", "schema_version", "solution", "task"}
        if part.role in ("check", "written"):
            wanted |= {"points"}
        if set(part.grading) != wanted or part.grading["schema_version"] != 3:
            yield Finding(
                part.index, "nbgrader metadata must be complete", f"give exactly {', '.join(sorted(wanted))}"
            )
        elif part.role in ("check", "given") and not part.grading["locked"]:
            yield Finding(part.index, "checks and given cells are locked", "set locked: true")


def _ids(scope: Scope, parts: list[Part]) -> Found:
    seen: set[str] = set()
    for part in parts:
        if not part.grading:
            continue
        grade_id = str(part.grading.get("grade_id", ""))
        if not re.fullmatch(r"[a-zA-Z][\w-]{0,63}", grade_id, re.ASCII):
            yield Finding(
                part.index, f"grade id '{grade_id}' must be a plain word", "letters, digits, _ and -"
            )
        if grade_id in seen:
            yield Finding(part.index, f"grade id '{grade_id}' is used twice", "give each cell its own")
        seen.add(grade_id)


def _exercise(scope: Scope, parts: list[Part]) -> Found:
    """Text, answer, free cell, visible check, hidden check: always in this order."""
    for part in parts:
        if part.role == "answer":
            around = parts[max(part.index - 1, 0) : part.index + 4]
            ids = [around[-2].grading.get("grade_id"), around[-1].grading.get("grade_id")]
            wanted = [f"{part.function}{VISIBLE}", f"{part.function}{HIDDEN}"]
            if [p.role for p in around] != ["text", "answer", "free", "check", "check"] or ids != wanted:
                yield Finding(
                    part.index,
                    "an exercise is five cells",
                    f"order them: text, answer, free cell, {wanted[0]}, {wanted[1]}",
                )
        if part.role == "check" and part.function not in {p.function for p in parts if p.role == "answer"}:
            yield Finding(
                part.index, "a check belongs to an answer", "name it <function>_visible or <function>_hidden"
            )


def _answer(scope: Scope, parts: list[Part]) -> Found:
    """One function with a docstring and one solution region."""
    for part in (p for p in parts if p.role == "answer"):
        body = ast.parse(part.source).body
        function = body[0] if len(body) == 1 and isinstance(body[0], ast.FunctionDef) else None
        if function is None or function.name != part.function:
            yield Finding(
                part.index, f"the answer cell defines {part.function} and nothing else", "move the rest out"
            )
        elif not ast.get_docstring(function):
            yield Finding(part.index, "the answer has a docstring with shapes", "write one")
        region = re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", part.source, re.DOTALL)
        if len(region) != 1:
            yield Finding(
                part.index, "one solution region", "put '### BEGIN SOLUTION' and '### END SOLUTION' around it"
            )
        elif code_lines(region[0]) > scope.code_lines:
            yield Finding(
                part.index, f"a solution has at most {scope.code_lines} lines", "shorten it, or give a helper"
            )


def _hidden(scope: Scope, parts: list[Part]) -> Found:
    for part in (p for p in parts if p.role == "check"):
        region = re.fullmatch(
            r"# Hidden checks of (\w+) run here\.\n### BEGIN HIDDEN TESTS\n.*\n### END HIDDEN TESTS\n*",
            part.source,
            re.DOTALL,
        )
        if part.grading["grade_id"].endswith(HIDDEN):
            if region is None or region[1] != part.function or part.source.count("HIDDEN TESTS") != 2:
                opening = f"# Hidden checks of {part.function} run here."
                yield Finding(
                    part.index, f"a hidden check opens with '{opening}'", "then one HIDDEN TESTS region, only"
                )
        elif "HIDDEN TESTS" in part.source:
            yield Finding(
                part.index, "a visible check hides nothing", f"move that part to {part.function}{HIDDEN}"
            )


def _checks(scope: Scope, parts: list[Part]) -> Found:
    """A check uses graded names, helpers, NumPy and its own locals, and ends with no bare value."""
    graded = {part.function for part in parts if part.role == "answer"}
    for part in (p for p in parts if p.role == "check"):
        for name in sorted(part.needs - graded):
            yield Finding(
                part.index, f"the check uses the name '{name}'", "import it in the cell, or compute it there"
            )
        if part.source.strip() == ONE_LINE.format(name=part.function):
            continue
        tree = ast.parse(part.source)
        for module in sorted(_imports(tree) - scope.modules):
            yield Finding(part.index, f"the check imports '{module}'", "use helpers and NumPy only")
        if tree.body and isinstance(tree.body[-1], ast.Expr):
            yield Finding(
                part.index, "a check ends with no bare value", "end with an assert: nbgrader grades values"
            )
        if not any(isinstance(node, ast.Assert | ast.Raise) for node in ast.walk(tree)):
            yield Finding(part.index, "a check asserts something", "add an assert with a message")
        for node in ast.walk(tree):
            if isinstance(node, ast.Assert) and node.msg is None:
                yield Finding(part.index, "every assert has a message", f"see line {node.lineno} of the cell")
        if part.lines > scope.check_lines:
            yield Finding(
                part.index, f"a check has at most {scope.check_lines} lines", "move arithmetic to a helper"
            )


def _imports(tree: ast.AST) -> set[str]:
    modules = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add((node.module or "").split(".")[0])
    return modules


def _graded_names(scope: Scope, parts: list[Part]) -> Found:
    graded = {part.function for part in parts if part.role == "answer"}
    for part in parts:
        own = {part.function} if part.role == "answer" else set()
        for name in sorted((part.binds & graded) - own):
            yield Finding(part.index, f"the cell rebinds the graded name '{name}'", "use another name")


def _experiments(scope: Scope, parts: list[Part]) -> Found:
    """Nothing that is run when grading needs a name that only an experiment binds."""
    from_experiments: set[str] = set()
    elsewhere: set[str] = set()
    for part in parts:
        if part.role == "experiment":
            if part.grading:
                yield Finding(part.index, "an experiment is not graded", "remove its nbgrader metadata")
            from_experiments |= part.binds
            continue
        if "experiment" in part.metadata.get("tags", []):
            yield Finding(part.index, "only a plain code cell is an experiment", "remove the tag")
        for name in sorted((part.needs & from_experiments) - elsewhere):
            yield Finding(
                part.index, f"needs '{name}' from an experiment, which grading skips", "bind it before"
            )
        elsewhere |= part.binds


def _sizes(scope: Scope, parts: list[Part]) -> Found:
    answers = [part for part in parts if part.role == "answer"]
    split = f"split the lesson in two: another [[lesson]] in {SETTINGS}, which also has this limit"
    if len(parts) > scope.cells:
        yield Finding(len(parts) - 1, f"{len(parts)} cells; a lesson has at most {scope.cells}", split)
    if len(answers) > scope.answers:
        yield Finding(answers[-1].index, f"a lesson has at most {scope.answers} answers", split)
    for part in parts:
        length = words(part.source)
        if part.role in ("text", "written") and length > scope.text_words:
            yield Finding(
                part.index,
                f"{length} words; a text cell has at most {scope.text_words}",
                "split or shorten it",
            )
        if part.role in ("given", "free", "experiment") and part.lines > scope.code_lines:
            yield Finding(
                part.index,
                f"{part.lines} lines; a code cell has at most {scope.code_lines}",
                "split or shorten it",
            )


def _points(scope: Scope, parts: list[Part]) -> Found:
    checks = [part for part in parts if part.role == "check"]
    written = [part for part in parts if part.role == "written"]
    for part in checks:
        if part.grading.get("points", 0) <= 0:
            yield Finding(part.index, "every check has points", "give it some")
    wanted = [(f"{scope.lesson}_question", scope.written_points)]
    if [(part.grading["grade_id"], part.grading.get("points")) for part in written] != wanted:
        where = written[-1].index if written else len(parts) - 1
        yield Finding(
            where,
            f"one written question of {scope.written_points} points",
            f"name it {scope.lesson}_question",
        )
    for function, count in Counter(part.function for part in checks).items():
        if count != 2:
            yield Finding(checks[-1].index, f"{function} has {count} checks", "one visible and one hidden")


RULES = (
    _metadata,
    _ids,
    _exercise,
    _answer,
    _hidden,
    _checks,
    _graded_names,
    _experiments,
    _sizes,
    _points,
)
