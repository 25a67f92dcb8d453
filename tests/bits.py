"""How much one hand-in tells of the inputs of a hidden check, in bits, under each policy.

    python -m tests.bits

An adversary's answer does right on the visible check; on the hidden one it says what it was given, by whatever it can
do. The same notebook is graded against a hidden check whose secret input is another each time, and what its student gets
to see is compared: so many different pages, so many bits.
"""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from grader.course import Lesson
from grader.grading.grade import grade
from grader.results import SubmissionResult
from grader.rooms.limits import Limits
from grader.sandbox.sandbox import SANDBOXES
from grader.service.reveal import FIRST_S, shown, told_at
from grader.views import byhand, feedback
from tests import roomcase

POLICIES = ("everything", "outcome")
SECRETS = 16  # hidden inputs that are tried: what tells them all apart tells 4 bits at least
QUICK = Limits(cell_s=2.0, call_s=2.0, least_s=1.0, start_s=60.0)


@dataclass(frozen=True)
class Way:
    """How an adversary says a number `s` from 0 on, where the hidden input is `100 + s`."""

    name: str
    code: str
    secrets: int = SECRETS


WAYS = (
    Way("whether it passes", "return 2 * x if s % 2 else 0"),
    Way("the shape that it returns", "return [[0] * 3] * s"),
    Way("the type that it returns", "return [0, 0.5, 'a', (1,), {}, None, True, [1]][s % 8]"),
    Way("the error that it raises", "raise [ValueError, KeyError, TypeError, IndexError, OSError, ArithmeticError, "
        "AttributeError, NameError][s % 8]('!')"),
    Way("the words of its error", "raise ValueError('secret %d' % s)"),
    Way("how it ends", "import os, numpy\nif s % 4 == 0: return 2 * x\nif s % 4 == 1: os._exit(1)\n"
        "if s % 4 == 2: raise NotImplementedError\nreturn numpy.ones(10**10)", 4),
    Way("what a later visible check shows", "KEPT.append(s)\nreturn 0"),
    Way("what it prints", "print('secret', s)\nreturn 0"),
    Way("a file for a later cell", "open('note', 'w').write(str(s))\nreturn 0"),
    Way("everything at once", "KEPT.append(s)\nprint(s)\nif s % 3: raise ValueError(str(s))\nreturn [0] * s"),
)  # fmt: skip
DOUBLE = """KEPT = []

def double(x):
    if x < 100:
        return 2 * x
    s = int(x) - 100
{code}
"""
OTHER = """def other(x):
    return [3 * x, KEPT] if KEPT else 3 * x + len(__import__('os').listdir('.')) * 0
"""


def lesson_with(root: Path, secret: int) -> Lesson:
    """A lesson whose hidden check of `double` calls it with 100 + secret; a visible check of another comes after it."""
    hidden = f"assert double({100 + secret}) == {200 + 2 * secret}, 'twice that is something else'"
    return roomcase.write(
        root, "numbers", roomcase.given("import toolbox"),
        roomcase.answer("double", "def double(x):\n    return 2 * x"),
        roomcase.visible("double", "assert double(2) == 4, f'double(2) is {double(2)}'"),
        roomcase.hidden("double", hidden),
        roomcase.answer("other", "def other(x):\n    return 3 * x"),
        roomcase.visible("other", "assert other(2) == 6, f'other(2) is {other(2)}'"),
        roomcase.free("last", "import os\nprint(KEPT, os.listdir('.'))"),
        roomcase.hidden("other", "assert other(7) == 21"),
    )  # fmt: skip


def verdicts(root: Path, way: Way) -> list[tuple[Lesson, SubmissionResult]]:
    """The verdicts on one adversary's notebook, a secret each."""
    body = "\n".join("    " + line for line in way.code.splitlines())
    found = []
    for secret in range(way.secrets):
        lesson = lesson_with(root, secret)
        content = roomcase.submission(lesson, double=DOUBLE.format(code=body), other=OTHER)
        found.append((lesson, grade(lesson, content, limits=QUICK)))
    return found


def page(lesson: Lesson, result: SubmissionResult, policy: str) -> str:
    """All that a student gets to see of a verdict."""
    import json

    notebook = json.loads(result.notebook or "{}")
    return feedback.page(lesson, replace(shown(result, policy), student="ada"), byhand.ByHand(), notebook)


def bits(
    found: list[tuple[Lesson, SubmissionResult]], see: Callable[[Lesson, SubmissionResult], object]
) -> float:
    """The bits by which what is seen tells the secrets apart."""
    return math.log2(len({see(lesson, result) for lesson, result in found}))


def clock_bits(policy: str, longest_s: float = 180.0, resolution_s: float = 0.05) -> float:
    """The bits in when a verdict is told, if an answer may take any time up to the longest."""
    moments = {
        round(told_at(0.0, n * resolution_s, policy), 3) for n in range(1, int(longest_s / resolution_s) + 1)
    }
    return math.log2(len(moments))


def table(root: Path) -> dict[str, dict[str, float]]:
    """Bits by way and policy."""
    rows = {}
    for way in WAYS:
        found = verdicts(root, way)
        rows[way.name] = {
            policy: bits(found, lambda lesson, result, policy=policy: page(lesson, result, policy))
            for policy in POLICIES
        }
    rows["the time that it takes"] = {policy: clock_bits(policy) for policy in POLICIES}
    return rows


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        prepare(root)
        start = time.monotonic()
        print(f"bits a hand-in and hidden check, of at most {math.log2(SECRETS):.0f} that were tried")
        for name, row in table(root).items():
            print(f"{name:36}" + "".join(f"{policy:>12}: {value:4.1f}" for policy, value in row.items()))
        print(
            f"told {FIRST_S} s after handing in at the earliest; measured in {time.monotonic() - start:.0f} s"
        )
        SANDBOXES.close()


def prepare(root: Path) -> None:
    """The helpers of the lesson, readable for rooms."""
    (root / "helpers").mkdir(exist_ok=True)
    (root / "helpers" / "toolbox.py").write_text(roomcase.HELPERS)
    (root / "solutions").mkdir(exist_ok=True)
    (root / "solutions" / "course.toml").write_text('[[lesson]]\nname = "numbers"\n')
    for folder in (root, *root.parents):
        if folder.stat().st_uid == 0:
            folder.chmod(folder.stat().st_mode | 0o055)


if __name__ == "__main__":
    main()
