"""Print every published figure of the classic course, with ours beside it: python -m tests.figures_table"""

from __future__ import annotations

from typing import Any

import numpy as np

from tests import facts_runs  # noqa: F401  (fills FACTS)
from tests.course import CLASSIC, NO_CLASSIC, Course
from tests.facts import FACTS


def row(group: str, name: str, source: str, published: Any, ours: Any) -> str:
    """One row of the Markdown table."""
    return f"| {group} | {name} | {source} | {_text(published)} | {_text(ours)} |"


def _text(value: Any) -> str:
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        return str(value)
    if array.ndim and not array.any():
        return f"zeros {'x'.join(map(str, array.shape))}"
    digits = ".8g" if array.ndim > 1 else ".16g"
    text = np.array2string(array, max_line_width=10**6, formatter={"all": lambda x: format(x, digits)})
    return text.replace("\n", "")


def main() -> None:
    """The table, and a last line that counts the figures within their tolerance."""
    course, agree, known = Course(), 0, 0
    print("| FACTS | figure | source | published | ours |\n|---|---|---|---|---|")
    for fact in sorted(FACTS, key=lambda fact: fact.group):
        if fact.classic and not CLASSIC.is_file():
            print(row(fact.group, fact.name, fact.source, fact.value, NO_CLASSIC))
            continue
        ours = fact.ours(course)
        known += 1
        agree += np.allclose(np.asarray(ours, dtype=float), fact.value, rtol=fact.rtol, atol=fact.atol)
        print(row(fact.group, fact.name, fact.source, fact.value, ours))
    print(f"\n{agree} of {known} figures agree within their tolerance.")


if __name__ == "__main__":
    main()
