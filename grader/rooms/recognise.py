"""Which known mistake an answer behaves like, on inputs that no student has seen."""

from __future__ import annotations

import functools
import marshal
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from . import exercise

SEED = 4321
NOT_COMPARED = re.compile(
    "[0-9'\"]+"
)  # numbers are those of the inputs, and a KeyError quotes its text twice


def recognise(
    function: str, student: Callable[..., Any], exercises: bytes, ended: type[BaseException]
) -> tuple[dict[str, str] | None, dict[str, Any]]:
    """The misconception behind a failed answer, and the fingerprints that had to be computed for it.

    Returns
    -------
    tuple
        `{"misconception", "looks_like", "hint"}` or None; and `{function: [vector, ...]}`, empty if `exercises` had them.
    """
    files, vectors = unpacked(exercises)
    if function not in files:
        return None, {}
    known, learned = vectors.get(function), {}
    own = opened(function, exercises)
    if not own.wrong or own.fresh is None:
        return None, {}
    if known is None:
        known = [fingerprint(own, wrong.implementation) for wrong in own.wrong]
        learned = {function: known}
    errors: list[str] = []
    try:
        mine = fingerprint(own, watched(student, errors))
    except ended:
        return None, learned
    found = alike(own, known, mine)
    if errors:  # that two raise is not yet the same mistake: any slip of the pen raises
        found = [wrong for wrong in found if first_error(own, wrong.implementation) == errors[0]]
    return named(found) if found else None, learned


def watched(answer: Callable[..., Any], errors: list[str]) -> Callable[..., Any]:
    """The same answer; what it raises is noted in `errors`, less what may differ between two runs."""

    def noting(call: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(call)
        def noted(*args: Any, **kwargs: Any) -> Any:
            try:
                return call(*args, **kwargs)
            except Exception as error:
                kind = type(error).__name__ if type(error).__module__ == "builtins" else "error"
                errors.append(f"{kind}: {NOT_COMPARED.sub('', str(error))}"[:300])
                raise

        return noted

    whole = noting(answer)
    if hasattr(answer, "_answers_"):
        whole._answers_ = noting(answer._answers_)  # type: ignore[attr-defined]
    return whole


def first_error(own: exercise.Exercise, answer: Callable[..., Any]) -> str:
    """What an answer raises first on fresh inputs; empty if nothing."""
    errors: list[str] = []
    fingerprint(own, watched(answer, errors))
    return errors[0] if errors else ""


def alike(
    own: exercise.Exercise, known: list[list[float] | None], mine: list[float] | None
) -> list[exercise.Wrong]:
    """The known mistakes that behave as the answer with the fingerprint `mine` does, in the order of their file."""
    return [wrong for wrong, vector in zip(own.wrong, known, strict=True) if same(mine, vector)]


def named(found: list[exercise.Wrong]) -> dict[str, str]:
    """What is said of mistakes that cannot be told apart: the words of the one that their family is named after.

    Name, words and hint are always those of one entry, so they cannot contradict each other.
    """
    name = found[0].family if len(found) > 1 and found[0].family else found[0].name
    speaker = next((wrong for wrong in found if wrong.name == name), found[0])
    return {"misconception": name, "looks_like": speaker.looks_like, "hint": speaker.hint}


def fingerprint(own: exercise.Exercise, answer: Callable[..., Any]) -> list[float] | None:
    """The fingerprint of an answer on fresh inputs; None if it has none."""
    import testCases  # the course's, on the room's path

    assert own.fresh is not None
    np.random.seed(SEED)
    try:
        with np.errstate(all="ignore"):
            return [float(x) for x in testCases.fingerprint(own.describe, own.fresh(answer))]
    except Exception:
        return None


def same(mine: list[float] | None, other: list[float] | None) -> bool:
    """Whether two fingerprints are of the same behaviour, as the students' own checks compare them."""
    import testCases

    return mine is not None and other is not None and bool(testCases.alike(mine, other))


@functools.cache
def unpacked(exercises: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """A lesson's exercises, as code by function (and "shared"), and the fingerprints that are known already."""
    files, vectors = marshal.loads(exercises)  # of our own
    return files, vectors


@functools.cache
def opened(function: str, exercises: bytes) -> exercise.Exercise:
    """One exercise of a lesson, run."""
    files, _ = unpacked(exercises)
    return exercise.load(function, files[function], files.get("shared"))
