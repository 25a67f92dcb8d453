"""Label the bank a second time without seeing its labels.

    python -m tests.strangers.blind show ROUND LESSON FUNCTION              the answers, shuffled and numbered, code only
    python -m tests.strangers.blind compare ROUND LESSON FUNCTION VERDICTS  where verdicts differ from the bank's labels

VERDICTS has one letter for each answer in the order shown: w(rong), r(ight) or u(nclear); spaces are ignored.
"""

from __future__ import annotations

import random
import sys

from tests.strangers import LABELS, Answer, answers


def shuffled(number: int, lesson: str, function: str) -> list[Answer]:
    """The answers of a round in an order that tells nothing; it changes with every answer that is added."""
    found = answers(lesson, function, number)
    random.Random(f"{function} {len(found)}").shuffle(found)
    return found


def compare(number: int, lesson: str, function: str, verdicts: str) -> list[str]:
    """One line for each answer whose verdict is not its label.

    Raises
    ------
    ValueError
        If there are more or fewer verdicts than answers, or other letters than w, r and u.
    """
    found, letters = shuffled(number, lesson, function), "".join(verdicts.split())
    names = {label[0]: label for label in LABELS}
    if len(letters) != len(found) or not set(letters) <= set(names):
        raise ValueError(f"{function}: {len(found)} answers need as many letters w, r, u; got {letters!r}")
    return [
        f"{place}. {answer.name}: {answer.label} in the bank, {names[letter]} in the verdict"
        for place, (answer, letter) in enumerate(zip(found, letters, strict=True), start=1)
        if answer.label != names[letter]
    ]


def main(command: str, number: str, lesson: str, function: str, *verdicts: str) -> None:
    if command == "compare":
        print("\n".join(compare(int(number), lesson, function, "".join(verdicts))) or "no difference")
    else:
        for place, answer in enumerate(shuffled(int(number), lesson, function), start=1):
            print(f"# {place}\n{answer.code}")


if __name__ == "__main__":
    main(*sys.argv[1:])
