"""A whole lesson of ten cells, for tests of the steps that work on any lesson."""

from pathlib import Path

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


def write_course(root: Path, text: str = TEXT) -> Path:
    """A course at `root` whose one lesson, tiny, has this text."""
    (root / "helpers").mkdir(parents=True, exist_ok=True)
    (root / "solutions").mkdir(exist_ok=True)
    (root / "solutions" / "tiny.py").write_text(text, encoding="utf-8")
    return root
