"""What checks use: stand-ins for given helpers, and fingerprints that name a known wrong answer."""

import contextlib
import functools
import json

import course_fingerprints
import gc_utils
import numpy as np
import pytest
import testCases

from grader.rooms import exercise, recognise


def calls_a_helper(x, theta):
    return helper(x, theta)  # noqa: F821  (only there while a stand-in is)


def test_given_replaces_what_a_function_calls_and_puts_it_back():
    with testCases.given(calls_a_helper, helper=gc_utils.cubic):
        assert calls_a_helper(2, 3) == 216
    with pytest.raises(NameError):
        calls_a_helper(2, 3)
    calls_a_helper.__globals__["helper"] = "kept"
    with pytest.raises(RuntimeError), testCases.given(calls_a_helper, helper=gc_utils.cubic):
        raise RuntimeError
    assert calls_a_helper.__globals__.pop("helper") == "kept"


def test_given_reaches_the_names_of_a_partial_and_of_a_callable_object():
    class Caller:
        def __call__(self, x, theta):
            return calls_a_helper(x, theta)

    for function in (functools.partial(calls_a_helper, 2), Caller()):
        with testCases.given(function, helper=gc_utils.cubic):
            assert calls_a_helper(2, 3) == 216


def test_given_sends_only_dotted_names_of_helpers_to_a_proxy():
    class Proxy:
        sent = None

        def _given_(self, names):
            self.sent = names
            return contextlib.nullcontext()

    proxy = Proxy()
    with testCases.given(proxy, backward_propagation=gc_utils.cubic_slope):
        assert proxy.sent == {"backward_propagation": "gc_stand_ins.cubic_slope"}
    with pytest.raises(ValueError, match="top-level function"), testCases.given(proxy, helper=lambda x: x):
        pass
    with (
        pytest.raises(TypeError, match="expected a Python function, got int"),
        testCases.given(3, helper=abs),
    ):
        pass


def test_fingerprint_survives_json_and_tells_value_shape_kind_and_key_apart():
    base = {"W1": np.array([[1.0, 2.0]]), "b1": None}
    others = [
        {"W1": np.array([[1.0, 2.001]]), "b1": None},
        {"W1": np.array([[1.0], [2.0]]), "b1": None},
        {"W1": np.array([[1, 2]]), "b1": None},
        {"W2": np.array([[1.0, 2.0]]), "b1": None},
        {"W1": np.array([[1.0, 0.0]]), "b1": None},
        {"W1": np.array([[1.0, np.nan]]), "b1": None},
        {"W1": np.array([[1.0, np.inf]]), "b1": None},
        [np.array([[1.0, 2.0]]), None],
        "ValueError",
    ]
    prints = [testCases.fingerprint("exactly", got) for got in [base, *others]]
    for one, vector in enumerate(prints):
        assert json.loads(json.dumps(vector, allow_nan=False)) == vector
        assert [testCases.alike(vector, other) for other in prints].index(True) == one
    same = {"b1": None, "W1": np.array([[1.0 + 1e-9, 2.0]])}
    assert testCases.alike(testCases.fingerprint("exactly", same), prints[0])
    assert testCases.fingerprint("exactly", (1, 2.5)) == testCases.fingerprint(
        "exactly", [1, np.float64(2.5)]
    )


def test_fingerprint_of_random_parameters_is_stable_over_seeds_and_tells_distributions_apart():
    def parameters(seed, draw):
        random = np.random.RandomState(seed)
        return {"W1": draw(random, 200, 40), "b1": np.zeros((200, 1))}

    draws = {
        "he": lambda r, n, k: r.randn(n, k) * np.sqrt(2 / k),
        "no root": lambda r, n, k: r.randn(n, k) * 2 / k,
        "n_out": lambda r, n, k: r.randn(n, k) * np.sqrt(2 / n),
        "uniform": lambda r, n, k: (r.rand(n, k) * 2 - 1) * np.sqrt(6 / k),
        "positive": lambda r, n, k: r.rand(n, k) * np.sqrt(2 / k),
        "transposed": lambda r, n, k: r.randn(k, n) * np.sqrt(2 / k),
    }
    prints = {
        name: [testCases.fingerprint("parameter_statistics", parameters(seed, draw)) for seed in range(5)]
        for name, draw in draws.items()
    }
    for name, own in prints.items():
        for other, theirs in prints.items():
            assert all(testCases.alike(own[0], vector) is (name == other) for vector in theirs), (name, other)


def test_fingerprint_never_raises():
    for describe in course_fingerprints.DESCRIPTIONS:
        for got in (
            None,
            "TypeError",
            object(),
            {"W1": "x"},
            (1, ()),
            np.array(["a"]),
            {1: {2: [3]}},
            [None],
        ):
            assert testCases.fingerprint(describe, got)


def test_why_names_a_known_wrong_answer_and_nothing_else(tmp_path, monkeypatch):
    vector = testCases.fingerprint("exactly", [(True, False)])
    table = {
        "diagnose": {
            "describe": "exactly",
            "known": [
                {
                    "name": "sum",
                    "looks_like": "the errors added.",
                    "hint": "Which gap is it?",
                    "vector": vector,
                }
            ],
        }
    }
    (tmp_path / "fingerprints.json").write_text(json.dumps(table))
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    course_fingerprints._table.cache_clear()
    try:
        told = {"misconception": "sum", "looks_like": "the errors added.", "hint": "Which gap is it?"}
        assert testCases.why("diagnose", [(True, False)]) == told
        assert testCases.why("diagnose", [(False, False)]) == {} == testCases.why("unknown", 1)
    finally:
        course_fingerprints._table.cache_clear()


def test_a_finding_reads_as_one_sentence_after_the_other():
    found = testCases.Finding(
        "is 3, expected 4.", "W1[0, 1]", looks_like="the bias", hint="look.", function="f"
    )
    assert str(found) == "f: W1[0, 1] is 3, expected 4. This looks like: the bias. Hint: look."
    assert str(testCases.Finding("it is None.")) == "it is None."


def test_mistakes_of_one_family_are_spoken_for_by_the_one_that_it_is_named_after(tmp_path, monkeypatch):
    vector = testCases.fingerprint("exactly", 1)
    rows = [
        {"name": name, "family": "b", "looks_like": f"like {name}", "hint": f"hint {name}", "vector": vector}
        for name in "abc"
    ]
    (tmp_path / "fingerprints.json").write_text(
        json.dumps({"diagnose": {"describe": "exactly", "known": rows}})
    )
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    course_fingerprints._table.cache_clear()
    try:
        told = testCases.why("diagnose", 1)
    finally:
        course_fingerprints._table.cache_clear()
    assert told == {"misconception": "b", "looks_like": "like b", "hint": "hint b"}
    alike = [exercise.Wrong(n, "diagnose", abs, f"like {n}", f"hint {n}", "b") for n in "abc"]
    assert recognise.named(alike) == told and recognise.named(alike[2:])["misconception"] == "c"
