"""The whole bank of hostile submissions, handed in over HTTP: each must get the verdict that `grader grade` gives.

python -m tests.bench.bank_over_http
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests import serving
from tests.here import ROOT
from tests.submissions import BANK, LESSON, Bad
from tests.test_bad_submissions import expected

NEIGHBOUR = "neighbour"


def handed_in(place: Path, bank: Sequence[Bad], within_s: float = 900) -> list[str]:
    """What went wrong, a line each. Attacks on the folder itself (links, devices) cannot be sent over HTTP."""
    from tests.submissions import dump, honest

    bank, wrong = [bad for bad in bank if bad.place is None], []
    people = (*(bad.name for bad in bank), NEIGHBOUR)
    with serving.serving(place, ROOT, people=people) as service:
        taken = {}
        for bad in bank:
            status, answer = service.hand_in(bad.name, bad.content(), LESSON)
            if status == 413 and bad.verdict == "refused":
                continue
            if status != 200:
                wrong.append(f"{bad.name}: {status} {answer}")
                continue
            taken[bad] = answer["id"]
        neighbour = service.taken(NEIGHBOUR, dump(honest()), LESSON)
        end = time.monotonic() + within_s
        for bad, handin in taken.items():
            found = service.verdict(bad.name, handin, max(end - time.monotonic(), 1))
            if (found["state"], found["score"]) != expected(bad):
                wrong.append(f"{bad.name}: {found['state']} {found['score']}, expected {expected(bad)}")
        found = service.verdict(NEIGHBOUR, neighbour, max(end - time.monotonic(), 1))
        if found["score"] != found["max_score"]:
            wrong.append(f"the neighbour has {found['score']}")
    return wrong


def main() -> int:
    """1 if one of them got another verdict."""
    with tempfile.TemporaryDirectory() as folder:
        wrong = handed_in(Path(folder), BANK, 3600)
    print(
        f"{len(BANK)} hostile submissions, {sum(bad.place is None for bad in BANK)} of them over HTTP; wrong: {len(wrong)}"
    )
    print(*wrong, sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
