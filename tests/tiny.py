"""A whole lesson of ten cells, for tests of the steps that work on any lesson."""

import shutil
from pathlib import Path

from grader.course import Course
from tests.here import ROOT

TEXT = '''# %% [markdown]
# # Double a number
# What you'll do: write a function that doubles.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import matplotlib.pyplot as plt

# %% [markdown]
# ## Twice
# Twice 3 is 6.

# %% nbgrader={"grade": false, "grade_id": "double", "locked": false, "schema_version": 3, "solution": true, "task": false}
def double(x):
    """Return twice x, a number."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %%
print(double(3))

# %% nbgrader={"grade": true, "grade_id": "double_visible", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
import numpy as np

assert double(2) == 4, "double(2) is 4"
assert np.isfinite(double(1)), "double(1) is a number"

# %% nbgrader={"grade": true, "grade_id": "double_hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden checks of double run here.
### BEGIN HIDDEN TESTS
for number in range(5):
    assert double(number) == number + number, "double gives another value"
### END HIDDEN TESTS

# %% tags=["experiment"] alt="A line through the origin. It rises by two for each step to the right."
fig, ax = plt.subplots()
ax.plot([0, 1], [0, double(1)])
plt.show()

# %% [markdown]
# ## Question
# Why is twice zero zero?

# %% [markdown] nbgrader={"grade": true, "grade_id": "tiny_question", "locked": false, "points": 5, "schema_version": 3, "solution": true, "task": false}
# Nothing and nothing make nothing.
'''


EXERCISE = '''"""`double`, in the least that an exercise may be."""


def visible(implementation):
    return implementation(2)


def fresh(implementation):
    return [implementation(n) for n in (3, 4.5)]


@wrong("squared", looks_like="the number is squared", hint="Two is doubled and squared alike. What is twice three?")
def _(x):
    return x**2


@wrong("tripled", looks_like="the number is tripled", hint="You count it three times. How often does twice count it?")
def _(x):
    return 3 * x


right("a-sum", "def double(x):\\n    return x + x")
equivalent("The product is the same.", ("return 2 * x", "return x * 2"))
'''
SETTINGS = """[[lesson]]
name = "tiny"

[exercise]
wrong = 2
right = 1
fingerprint = 50
"""


def write_course(root: Path, text: str = TEXT, exercise: str = EXERCISE) -> Course:
    """A course at `root` whose one lesson, tiny, has this text."""
    folder = root / "solutions" / "tiny"
    (folder / "exercises").mkdir(parents=True, exist_ok=True)
    shutil.copytree(
        ROOT / "helpers", root / "helpers", ignore=shutil.ignore_patterns("*.json", "__pycache__")
    )
    (root / "solutions" / "course.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "tiny.py").write_text(text, encoding="utf-8")
    (folder / "exercises" / "double.py").write_text(exercise, encoding="utf-8")
    return Course.load(root)
