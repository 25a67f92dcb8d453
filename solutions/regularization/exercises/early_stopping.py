"""`early_stopping`: what tells answers apart, wrong answers that people give, and right ones in many styles."""

import numpy as np

from .shared import attempted


def _indices(pair):
    return tuple(map(int, pair)) if np.shape(pair) == (2,) and np.asarray(pair).dtype.kind in "iu" else pair


def visible(implementation):
    lists = [[5, 4, 3, 3.1, 3.2, 1], [5, 4, 3, 3.1, 3.2, 1], [0.9, 0.7, 0.8, 0.75, 0.72, 0.71, 0.73, 0.2]]
    lists += [[0.5, 0.5, 0.5, 0.4], [5, 4, 4.5, 3, 3.5, 2, 2.5, 2.6], [3, 2, 1]]
    pairs = [_indices(implementation(costs, p)) for costs, p in zip(lists, (2, 3, 4, 2, 2, 1), strict=True)]
    return [pairs, lists]


def fresh(implementation):
    cases = (
        ([4, 2, 2, 3, 1, 5], 3),
        ([7, 6, 8, 7.5, 7, 6.5, 2], 3),
        ([7, 6, 8, 5, 9, 4, 9, 9, 1], 2),
        ([1, 2, 3, 4], 1),
        ([3, 2, 2, 4], 5),
        ([-1, -2, -2, -2, -5], 3),
        ([9, 8, 8.5, 7, 7.5, 6, 6.5, 6.6, 9], 2),
        ([4e30, 3e30, 3.5e30, 2e30, 1e30], 2),
    )
    seen = []
    for costs, patience in cases:
        seen += [_indices(attempted(implementation, costs, patience)), len(costs)]
    if seen[::2] == RIGHT:  # only such answers are told apart by small gains
        for gain in (1e-3, 1e-9):
            pair = attempted(implementation, [2.0, 1.0, 1 - gain, 1 - 2 * gain, 1 - 3 * gain], 2)
            seen.append(str(_indices(pair) == (4, 4)))
    return seen


RIGHT = [(4, 5), (1, 4), (5, 7), (0, 1), (1, 3), (4, 4), (5, 7), (4, 4)]


ANSWER = """\
def early_stopping(dev_costs, patience):
    best = 0
    for t, cost in enumerate(dev_costs):
        if cost < dev_costs[best]:
            best = t
        if t - best >= patience:
            return best, t
    return best, len(dev_costs) - 1
"""

wrong(
    "best-below-zero",
    (
        "if cost < dev_costs[best]:\n"
        "            best = t",
        "if cost < lowest:\n"
        "            lowest, best = cost, t",
    ),
    ("best = 0", "lowest, best = 0, 0"),
    looks_like="the best cost so far starts from a low number of your own",
    hint="A cost above that number never counts as best, so best stays where it began. With what does your function "
    "compare the first cost?",
)

wrong(
    "best-below-ten",
    (
        "if cost < dev_costs[best]:\n"
        "            best = t",
        "if cost < lowest:\n"
        "            lowest, best = cost, t",
    ),
    ("best = 0", "lowest, best = 10, 0"),
    looks_like="the best cost so far starts from a number of your own",
    hint="Your function knows a best cost before it has read one, so costs above that number never count as best. "
    "Costs may be of any size. Which cost is the best when only the first has been read?",
)


@wrong(
    "whole-list-searched",
    looks_like="the smallest cost of the whole list is taken",
    hint="Your best index is that of the smallest cost in the whole list. A training that has stopped never "
    "sees what would have come later. Which part of the list may the answer depend on?",
)
def stop_global(dev_costs, patience):
    best = int(np.argmin(dev_costs))
    return best, min(best + patience, len(dev_costs) - 1)

wrong(
    "ties-improve",
    ("cost <", "cost <="),
    looks_like="an equal cost counts as an improvement",
    hint="Your best moves on to a later cost that is only equal. The rule says strictly smaller: staying level "
    "is no progress, and patience should run out. Which comparison lets equal costs through?",
)

wrong(
    "one-step-too-patient",
    ("best >=", "best >"),
    looks_like="the stop comes one step too late",
    hint="You stop one index too late. With best 2 and patience 2 the stop is at 4, where t - best is exactly "
    "2. Does your comparison let equality through?",
)


@wrong(
    "compared-with-the-previous",
    looks_like="each cost is compared with the one before it",
    hint="You compare each cost with the one before it. After a jump upwards, a small step down then counts as "
    "progress, though it is far above the best. With which cost should the new one be compared?",
)
def stop_previous(dev_costs, patience):
    best, waited = 0, 0
    for t in range(1, len(dev_costs)):
        if dev_costs[t] < dev_costs[t - 1]:
            best, waited = t, 0
        else:
            waited += 1
        if waited >= patience:
            return best, t
    return best, len(dev_costs) - 1


wrong(
    "patience-never-reset",
    (
        "if t - best >= patience:",
        "elif t > 0:\n"
        "            waited += 1\n"
        "        if waited >= patience:",
    ),
    ("best = 0", "best, waited = 0, 0"),
    looks_like="steps without improvement are counted over the whole training",
    hint="Your count of steps without improvement goes on after an improvement. Patience is about the time "
    "since the best cost. What happens to the count when a new best is found?",
)

wrong(
    "costs-not-indices",
    ("return best", "return dev_costs[best]"),
    looks_like="the best cost is returned instead of its index",
    hint="Your first value is the best cost. What is asked for is its index, counted from 0: with it, the "
    "caller finds both the cost and the parameters. What does your loop need to remember?",
)

wrong(
    "counted-from-one",
    (
        "return best, t\n"
        "    return best, len(dev_costs) - 1",
        "return best + 1, t + 1\n"
        "    return best + 1, len(dev_costs)",
    ),
    looks_like="the indices are counted from 1",
    hint="Both of your indices are one too large: you count from 1. The first cost of a Python list has index "
    "0.",
)

wrong(
    "end-is-the-length",
    ("(dev_costs) - 1", "(dev_costs)"),
    looks_like="without a stop, the length of the list is returned",
    hint="When patience never runs out, your stop is the length of the list, and no cost has that index. Which "
    "index does the last cost have?",
)

wrong(
    "stop-and-best-swapped",
    (
        "return best, t\n"
        "    return best, len(dev_costs) - 1",
        "return t, best\n"
        "    return len(dev_costs) - 1, best",
    ),
    looks_like="the two answers are swapped",
    hint="Your two indices come in the other order. The pair is best first, then stop. Which of the two is "
    "never larger than the other?",
)

wrong(
    "best-alone",
    (
        "return best, t\n"
        "    return best, len(dev_costs) - 1",
        "return best\n"
        "    return best",
    ),
    looks_like="only the best index comes back",
    hint="You give back one number. The caller also wants to know how far the training went: the pair is "
    "(best, stop). Which variable of your loop is the second one?",
)


@wrong(
    "list-consumed",
    looks_like="the list of costs is emptied",
    hint="Your answer is right, but the caller's list of costs is shorter afterwards: costs were taken out of "
    "it. The caller wants to plot them. How can you look at a list without changing it?",
)
def stop_consumes(dev_costs, patience):
    best, t, lowest = 0, 0, dev_costs.pop(0)
    while dev_costs and t - best < patience:
        t = t + 1
        cost = dev_costs.pop(0)
        if cost < lowest:
            best, lowest = t, cost
    return best, t


wrong(
    "indices-as-floats",
    (
        "return best, t\n"
        "    return best, len(dev_costs) - 1",
        "return float(best), float(t)\n"
        "    return float(best), float(len(dev_costs) - 1)",
    ),
    looks_like="the indices are floats",
    hint="Your numbers are right, but they are floats, and a list cannot be indexed with 2.0. The caller wants to look "
    "up the cost and the parameters of that moment. Which of your variables starts as a float?",
)

wrong(
    "indices-as-text",
    (
        "return best, t\n"
        "    return best, len(dev_costs) - 1",
        "return str(best), str(t)\n"
        "    return str(best), str(len(dev_costs) - 1)",
    ),
    looks_like="the indices are texts",
    hint="Your numbers are right, but they are written out as texts, and a list cannot be indexed with those. Formatting "
    "is for printing; what is given back should be numbers. Which step turned them into text?",
)

wrong(
    "small-gains-do-not-count",
    ("[best]", "[best] - 0.01 * abs(dev_costs[best])"),
    looks_like="a cost counts as better only if it is smaller by some amount",
    hint="Your best stays where it is when a cost is only a little smaller. The rule asks for a strictly smaller one, "
    "by however little. What does your comparison ask for?",
)

wrong(
    "nearly-equal-costs",
    ("best = 0", 'dev_costs = np.asarray(dev_costs, dtype="float32")\n    best = 0'),
    looks_like="two costs that differ by very little are taken for equal",
    hint="Two costs that differ by very little count as equal in your answer. The rule asks for a strictly smaller one, "
    "by however little. Are they rounded, kept with fewer digits, or compared with a tolerance?",
)


right("plain", ANSWER)
right("while-loop", """
def early_stopping(dev_costs, patience):
    best_cost = float("inf")
    best, t = 0, 0
    while t < len(dev_costs):
        if dev_costs[t] < best_cost:
            best_cost, best = dev_costs[t], t
        if t - best >= patience:
            break
        t += 1
    return best, min(t, len(dev_costs) - 1)
""")
right("counts-the-steps-without-improvement", """
def early_stopping(dev_costs, patience):
    best, best_cost, waited, stop = 0, dev_costs[0], 0, len(dev_costs) - 1
    for i in range(1, len(dev_costs)):
        if dev_costs[i] < best_cost:
            best, best_cost, waited = i, dev_costs[i], 0
        else:
            waited += 1
            if waited == patience:
                stop = i
                break
    return (best, stop)
""")
right("argmin-of-what-was-read", """
def early_stopping(dev_costs, patience):
    for t in range(len(dev_costs)):
        best = np.argmin(dev_costs[: t + 1])
        if t - best >= patience:
            return best, t
    return best, t
""")
right("running-minimum", """
def early_stopping(dev_costs, patience):
    costs = np.asarray(dev_costs, dtype=float)
    lowest = np.minimum.accumulate(costs)
    fresh = np.concatenate([[True], lowest[1:] < lowest[:-1]])
    best_at = np.maximum.accumulate(np.where(fresh, np.arange(costs.size), 0))
    late = np.flatnonzero(np.arange(costs.size) - best_at >= patience)
    stop = late[0] if late.size else costs.size - 1
    return best_at[stop], stop
""")
right("a-list-comes-back", """
def early_stopping(dev_costs, patience):
    best = 0
    for t in range(len(dev_costs)):
        best = t if dev_costs[t] < dev_costs[best] else best
        if t == best + patience:
            return [best, t]
    return [best, len(dev_costs) - 1]
""")
right("recursive", """
def early_stopping(dev_costs, patience, best=0, t=0):
    if dev_costs[t] < dev_costs[best]:
        best = t
    if t - best >= patience or t + 1 == len(dev_costs):
        return best, t
    return early_stopping(dev_costs, patience, best, t + 1)
""")
right("works-on-its-own-copy", """
def early_stopping(dev_costs, patience):
    remaining = list(dev_costs)
    best, best_cost, t = 0, remaining.pop(0), 0
    while remaining and t - best < patience:
        t += 1
        cost = remaining.pop(0)
        if cost < best_cost:
            best, best_cost = t, cost
    return best, t
""")
right("an-iterator-of-windows", """
def early_stopping(dev_costs, patience):
    n = len(dev_costs)
    stops = (t for t in range(patience, n) if min(dev_costs[: t - patience + 1]) <= min(dev_costs[t - patience + 1 : t + 1]))
    stop = next(stops, n - 1)
    best = dev_costs.index(min(dev_costs[: stop + 1]))
    return best, stop
""")
right("break-and-loop-variable", """
def early_stopping(dev_costs, patience):
    best_cost, best = np.inf, 0
    for stop, c in enumerate(dev_costs):
        if c < best_cost:
            best_cost, best = c, stop
        elif stop - best == patience:
            break
    return best, stop
""")
right("accumulated-minima", """
def early_stopping(dev_costs, patience):
    from itertools import accumulate
    lows = list(accumulate(dev_costs, min))
    best_at = [lows.index(low) for low in lows]
    for t, b in enumerate(best_at):
        if t - b >= patience:
            return b, t
    return best_at[-1], len(lows) - 1
""")
right("an-iterator", """
def early_stopping(dev_costs, patience):
    costs = iter(dev_costs)
    low, best, t = next(costs), 0, 0
    for c in costs:
        t += 1
        if c < low:
            low, best = c, t
        if t - best >= patience:
            break
    return best, t
""")
right("an-array-of-two", """
def early_stopping(dev_costs, patience):
    best = 0
    for t, cost in enumerate(dev_costs):
        if cost < dev_costs[best]:
            best = t
        if t - best >= patience:
            return np.array([best, t])
    return best, len(dev_costs) - 1
""")

equivalent(
    'The first cost is the best so far whether it is read or not, and no patience is below 1.',
    ('for t, cost in enumerate(dev_costs):', 'for t, cost in list(enumerate(dev_costs))[1:]:'),
)
equivalent(
    'The distance to the best grows by one a step, so it meets the patience before it exceeds it.',
    ('if t - best >= patience:', 'if t - best == patience:'),
)
