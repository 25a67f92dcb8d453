"""The bank of bad submissions, handed to stock nbgrader and to us: `python -m tests.against_stock FOLDER [NAME…]`.

Stock nbgrader gets each in a throw-away sandbox of its own, between two neighbours; we get them all as one class.
What was seen goes into FOLDER as JSON, one file each, and is not measured again; the table goes into
tests/submissions/README.md once nothing is missing. Run it as root or as an ordinary user, under `nice`.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from queue import Queue
from typing import Any
from unittest import mock

import psutil

from grader import cli
from grader.grading import grade
from grader.rooms.limits import Limits
from tests import fates, stockroom
from tests import submissions as bank
from tests.here import ROOT, load_lesson
from tests.submissions import BANK, LESSON, Bad, reaching
from tests.test_bad_submissions import FULL, hand_in, state_of_the_course
from tests.traces import acts, below, digests, scores, tells

TABLE = ROOT / "tests" / "submissions" / "README.md"
RULES = "\n\n## What is graded though it could be refused\n"  # from here on the page is written by hand
SECRET = "the instructor's password"
BEFORE, STUDENT, AFTER = "neighbour", "student", "the-other-neighbour"
NEIGHBOURS = ("aaa", BEFORE, "zzz")  # among all of them
PARTS = (
    "helpers",
    "data",
    "grader",
    "tests",
    f"solutions/{LESSON}",
    f"solutions/{LESSON}/{LESSON}.py",
    f"notebooks/{LESSON}",
)
WHERE = b"(PORT,) if 'PORT' in globals() else"
CELL_S, RUN_S = 10, 180  # stock nbgrader's time for a cell (its default is 30) and for the three submissions
OURS = Limits(cell_s=5.0, call_s=5.0, least_s=1.0, cells_s=30.0, submission_s=90.0)


def stock_course(folder: Path) -> Path:
    """A course as an instructor has it, with nbgrader as it comes: our folders' names, none of our preprocessors."""
    course = folder / "stock"
    if (course / "ready").exists():
        return course
    shutil.rmtree(course, ignore_errors=True)
    for part in PARTS:
        source, target = ROOT / part, course / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    config = (ROOT / "nbgrader_config.py").read_text().splitlines()
    kept = [line for line in config if "from grader" not in line and ".configure(c)" not in line]
    (course / "nbgrader_config.py").write_text("\n".join(kept) + "\n")
    (course / "grades").mkdir()
    seen = stockroom.run(ROOT, course, [nbgrader("generate_assignment", "--create", "--force")])
    if seen["codes"] != [0]:
        raise RuntimeError(f"no stock course: {(folder / 'stock.log').read_text()[-2000:]}")
    (course / "ready").touch()
    return course


def nbgrader(command: str, *options: str) -> list[str]:
    """A command of nbgrader's on the lesson."""
    return [sys.executable, "-m", "nbgrader", command, LESSON, *options]


@functools.cache
def quick() -> str:
    """The honest notebook with its experiments emptied: no check needs them, and they take most of stock's time."""
    notebook = bank.honest()
    experiments = {cell.release.rstrip() for cell in load_lesson(LESSON).cells if cell.role == "experiment"}
    for cell in notebook["cells"]:
        if bank.text_of(cell).rstrip() in experiments:
            cell["source"] = "pass"
    return json.dumps(notebook)


def stock(bad: Bad, folder: Path, uid: int) -> dict[str, Any]:
    """What stock nbgrader makes of one bad submission and of its neighbours."""
    course = folder / f"case-{uid}"
    subprocess.run(["rm", "-rf", course, f"{course}-home"], check=True)
    subprocess.run(["cp", "-a", folder / "stock", course], check=True)
    content = bad.mutate(json.loads(quick()))
    content = content if isinstance(content, bytes) else bank.dump(content)
    for student in (BEFORE, AFTER):
        hand_in(course / "submissions", student, quick().encode())
    hand_in(course / "submissions", STUDENT, content.replace(WHERE, b"(8888,) or"), bad.place)
    handed_in, before = set(below(course / "submissions" / STUDENT)), digests(course)
    commands = [nbgrader("autograde", "--create", f"--Execute.timeout={CELL_S}")]
    if bad.group == "pages":
        commands.append(nbgrader("generate_feedback"))
    variables = {reaching.SECRET_VARIABLE: SECRET, "MPLBACKEND": "agg"}
    variables["PYTHONPATH"] = (
        f"{ROOT / 'helpers'}{os.pathsep}{ROOT}"  # both are installed where a course is graded
    )
    variables |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "COURSE_QUIET": "1"}
    seen = stockroom.run(ROOT, course, commands, uid=uid, timeout_s=RUN_S, **variables)
    after = digests(course)
    seen["changed"] = sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )
    graded = course / "grades" / "autograded" / STUDENT
    own = {*handed_in, f"{LESSON}/{LESSON}.ipynb", f"{LESSON}/timestamp.txt"}
    seen["beside"] = [name for name in below(graded) if name not in own][:1000]
    seen["scores"] = scores(course / "grades" / "gradebook.db")
    seen["secret"] = tells(graded, SECRET, stockroom.KEY)
    seen["log"] = (folder / f"{course.name}.log").read_text(errors="replace")[-1500:]
    page = course / "grades" / "feedback" / STUDENT / LESSON / f"{LESSON}.html"
    if bad.group == "pages" and page.is_file():
        shutil.copy(page, folder / "pages" / f"stock-{bad.name}.html")
    return seen


def ours(bads: list[Bad], folder: Path) -> dict[str, Any]:
    """What `grader grade` makes of all of them as one class, with neighbours among them."""
    course = folder / "ours"
    subprocess.run(["rm", "-rf", course], check=True)
    reached: list[int] = []
    (port,) = stockroom.listen([0], reached)
    with ExitStack() as stack:
        for bad in bads:
            content = bad.content().replace(WHERE, f"({port},) or".encode())
            hand_in(course / "submissions", bad.name, content, bad.place)
        for student in NEIGHBOURS:
            hand_in(course / "submissions", student, bank.dump(bank.honest()))
        stack.enter_context(mock.patch.dict(os.environ, {reaching.SECRET_VARIABLE: SECRET}))
        stack.enter_context(
            mock.patch.object(grade, "grading", functools.partial(grade.grading, limits=OURS))
        )
        grade.SANDBOXES.close()  # the template is to have the secret to lose
        before, state = stockroom.lying_about(), state_of_the_course()
        folders = ["--submissions", f"{course}/submissions", "--grades", f"{course}/grades"]
        code = cli.main(["grade", LESSON, *folders, "--jobs", "2"])
        cli.main(["feedback", *folders[2:]])
        grade.SANDBOXES.close()
        results = {
            path.parent.name: json.loads(path.read_text())
            for path in (course / "grades").glob("results/*/*.json")
        }
        (folder / "pages").mkdir(exist_ok=True)
        for bad in bads:
            page = course / "grades" / "feedback" / bad.name / LESSON / f"{LESSON}.html"
            if bad.group == "pages" and page.is_file():
                shutil.copy(page, folder / "pages" / f"ours-{bad.name}.html")
        return {
            "code": code,
            "verdicts": {name: (one["status"], one["score"]) for name, one in results.items()},
            "scores": scores(course / "grades" / "gradebook.db"),
            "changed": state_of_the_course() != state,
            "reached": len(reached),
            "processes": [str(child.cmdline()) for child in psutil.Process().children(recursive=True)],
            "files": [name for name in stockroom.lying_about() - before if reaching.LEFT_BEHIND in name],
            "secret": tells(course / "grades", SECRET),
        }


HOOKED = """
import functools, sys
from grader.grading import nbgrader_hooks
from grader.rooms.limits import Limits
from nbgrader.apps import NbGraderApp
nbgrader_hooks.grade = functools.partial(nbgrader_hooks.grade, limits=Limits(**{limits}))
NbGraderApp.launch_instance(["autograde", {lesson!r}, "--create"])
"""


def hooked(bads: list[Bad], folder: Path) -> dict[str, tuple[float | None, bool]]:
    """What nbgrader's own command does with our rebuild and rooms in its lists: points, or None, and the others kept theirs.

    Those that only our intake withstands are graded each in a class of its own, the others in one.
    """
    found: dict[str, tuple[float | None, bool]] = {}
    for number, group in enumerate(
        [[bad for bad in bads if not bad.only_intake], *([b] for b in bads if b.only_intake)]
    ):
        course = folder / f"hooked-{number}"
        subprocess.run(["rm", "-rf", course], check=True)
        for part in (f"solutions/{LESSON}", f"notebooks/{LESSON}"):
            shutil.copytree(ROOT / part, course / part)
        for part in ("helpers", "data"):
            shutil.copytree(ROOT / part, course / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "solutions" / "course.toml", course / "solutions")
        (course / "grades").mkdir()
        shutil.copy(ROOT / "nbgrader_config.py", course)
        shutil.copy(folder / "stock" / "grades" / "gradebook.db", course / "grades")
        for bad in group:
            hand_in(course / "submissions", bad.name, bad.content(), bad.place)
        for student in NEIGHBOURS:
            hand_in(course / "submissions", student, bank.dump(bank.honest()))
        code = HOOKED.format(limits=OURS.to_json(), lesson=LESSON)
        with open(course / "log.txt", "w") as log, suppress(subprocess.TimeoutExpired):
            subprocess.run([sys.executable, "-c", code], cwd=course, stdout=log, stderr=log,
                           timeout=RUN_S * len(group), preexec_fn=stockroom.bounded, check=False)  # fmt: skip
        points = scores(course / "grades" / "gradebook.db") or {}
        spared = all(points.get(student) == FULL for student in NEIGHBOURS)
        found |= {bad.name: (points.get(bad.name), spared) for bad in group}
    return found


def remembered(path: Path, measure: Any) -> Any:
    """What a file holds; measured and kept if there is none."""
    if not path.exists():
        value = json.dumps(measure(), indent=1)
        path.with_suffix(".part").write_text(value)
        path.with_suffix(".part").rename(path)
    return json.loads(path.read_text())


def measure(bads: list[Bad], folder: Path, jobs: int) -> Iterator[tuple[Bad, dict[str, Any]]]:
    """What stock nbgrader made of each, as it is known."""
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    stock_course(folder)
    free: Queue[int] = Queue()
    for number in range(jobs):
        free.put(stockroom.GUEST + number)

    def one(bad: Bad) -> dict[str, Any]:
        uid = free.get()
        try:
            return remembered(folder / f"{bad.name}.json", lambda: stock(bad, folder, uid))
        finally:
            free.put(uid)

    with ThreadPoolExecutor(jobs) as pool:
        yield from zip(bads, pool.map(one, bads), strict=True)


def main(argv: list[str] | None = None) -> int:
    """Measures what is missing, prints a line each, and writes the table when the whole bank is known."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.against_stock", description=__doc__.splitlines()[0]
    )
    parser.add_argument("folder", type=Path, help="where measurements are kept")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these submissions, and no table")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args(argv)
    folder = args.folder.resolve()
    bads = [bad for bad in BANK if not args.names or bad.name in args.names]
    honest = Bad("honest", "pages", lambda notebook: notebook, "full")
    seen = {}
    for bad, record in measure([honest, *bads], folder, args.jobs):
        seen[bad.name] = record
        print(f"{bad.group:10} {bad.name}: {'; '.join(fates.stock(bad, record)) or 'withstands'}", flush=True)
    if args.names:
        return 0
    mine = remembered(folder / "ours.result", lambda: ours([honest, *BANK], folder))
    pages = remembered(folder / "pages.result", lambda: acts(folder / "pages"))
    with_hooks = remembered(folder / "hooks.result", lambda: hooked(BANK, folder))
    _, rules, by_hand = TABLE.read_text().partition(RULES)
    TABLE.write_text(fates.table(BANK, seen, with_hooks, mine, pages).rstrip("\n") + rules + by_hand)
    return 0


if __name__ == "__main__":
    sys.exit(main())
