"""What became of a bad submission, in words, and the table that `tests.against_stock` writes."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from tests.submissions import Bad
from tests.test_bad_submissions import FULL, POINTS, expected

GROUPS = ("files", "structure", "runaway", "cheating", "reaching", "pages")
NEIGHBOURS = ("neighbour", "the-other-neighbour")
CARRIES = """() => {
  const all = [...document.body.querySelectorAll('*')], seen = new Set();
  for (const one of all) {
    const name = one.localName;
    if (['iframe', 'object', 'embed'].includes(name)) seen.add('another page');
    if (['form', 'base'].includes(name)) seen.add('a ' + name);
    if (name === 'meta' && one.httpEquiv) seen.add('a meta ' + one.httpEquiv);
    if (['fixed', 'sticky'].includes(getComputedStyle(one).position)) seen.add('a box over the page');
    if (name === 'a' && /^(javascript|data|vbscript):/i.test(one.href)) seen.add('a link that is code');
    for (const attribute of one.attributes) if (/^on/i.test(attribute.name)) seen.add('a handler');
  }
  return [...seen].sort();
}"""


def must(bad: Bad) -> str:
    """What it must get."""
    status, score = expected(bad)
    return "a refusal" if status == "refused" else f"{score:g} of {FULL:g}"


def stock(bad: Bad, seen: Mapping[str, Any]) -> list[str]:
    """What went wrong when stock nbgrader graded it; empty if nothing did."""
    wrong, points = [], seen["scores"]
    hung = None in seen["codes"]
    if hung:
        wrong.append("hung until the time was over")
    if points is None:
        return [*wrong, "gradebook cannot be read"]
    lost = [name for name in NEIGHBOURS if points.get(name) is None]
    if lost and not hung:
        wrong.append("ended the whole class")
    elif lost:
        wrong.append("neighbours not graded")
    wrong += [
        f"a neighbour got {points[name]:g}"
        for name in NEIGHBOURS
        if name not in lost and points[name] != FULL
    ]
    wrong += verdict(bad, points.get("student"), hung or len(lost) > 1)
    if seen["changed"]:
        more = f" and {len(seen['changed']) - 2} more" if len(seen["changed"]) > 2 else ""
        names = ", ".join(plain(name.removeprefix("./")) for name in seen["changed"][:2])
        wrong.append(f"changed {names}{more}")
    if seen["reached"]:
        wrong.append("was connected to")
    if seen["processes"]:
        wrong.append(
            "left a process" if len(seen["processes"]) == 1 else f"left {len(seen['processes'])} processes"
        )
    if left := len(seen["beside"]) + len([name for name in seen["files"] if "pytest" not in name]):
        wrong.append("left a file" if left == 1 else f"left {left}{' or more' if left >= 1000 else ''} files")
    if seen["secret"]:
        wrong.append("repeats a secret")
    return wrong


def verdict(bad: Bad, points: float | None, ended: bool) -> list[str]:
    """What is wrong with the grade; None for no grade."""
    status, due = expected(bad)
    if status == "refused":
        deserved = points == FULL and bad.place is None  # read and graded well, without our limits
        return [] if points is None or deserved else [f"{points:g} points instead of a refusal"]
    if points is None:
        return [] if ended else ["no grade"]
    if points == due or (due == 0 and points == FULL - POINTS["gradient_check"]):
        return []  # the room that the second kind breaks is ours: stock nbgrader has none
    escaped = " (the attack came through)" if bad.group == "reaching" and points < due else ""
    return [f"{points:g} points{escaped}"]


def hooked(bad: Bad, with_hooks: Mapping[str, Sequence[Any]]) -> list[str]:
    """What went wrong in nbgrader's own command with our hooks."""
    points, spared = with_hooks[bad.name]
    return verdict(bad, points, False) + ([] if spared else ["others lost their grades"])


def ours(bad: Bad, mine: Mapping[str, Any]) -> list[str]:
    """What went wrong when we graded it."""
    got = mine["verdicts"].get(bad.name)
    if got is None:
        return ["no result"]
    status, score = got
    if (status, score) == expected(bad):
        return []
    return [f"{score:g} points" if status == "graded" else status]


def acts(seen: Any, url: str) -> list[str]:
    """What a page did by itself or carries, as a browser saw it."""
    loads = [
        one for one in seen.requests if one != url and not one.startswith("data:") and "favicon" not in one
    ]
    found = ["ran a script"] if seen.dialogs or "owned" in seen.page.title() else []
    found += ["moved on"] if [move for move in seen.moves if move not in (url, "about:blank")] else []
    found += ["opened a window"] if seen.popups else []
    found += sorted({f"loaded {one}" for one in loads})
    return found + [f"carries {one}" for one in seen.page.evaluate(CARRIES)]


def page(side: str, bad: Bad, pages: Mapping[str, Sequence[str]]) -> list[str]:
    """What its feedback page does that an honest one does not."""
    if bad.group != "pages":
        return []
    if f"{side}-{bad.name}" not in pages:
        return ["no page"]
    own = [one for one in pages[f"{side}-{bad.name}"] if one not in pages[f"{side}-honest"]]
    words = ["loaded from elsewhere" if one.startswith("loaded") else one for one in own]
    return [f"its page {' and '.join(dict.fromkeys(words))}"] if words else []


def plain(text: str) -> str:
    """Text that no Markdown table takes for markup."""
    return "".join(
        character if character.isalnum() or character in " ._-/:;,()'" else "?" for character in text
    )[:80]


def table(
    bads: Sequence[Bad],
    seen: Mapping[str, Any],
    with_hooks: Mapping[str, Sequence[Any]],
    mine: Mapping[str, Any],
    pages: Mapping[str, Sequence[str]],
) -> str:
    """The whole page."""
    fates = {
        bad.name: (
            stock(bad, seen[bad.name]) + page("stock", bad, pages),
            hooked(bad, with_hooks),
            ours(bad, mine) + page("ours", bad, pages),
        )
        for bad in bads
    }
    lines = [HEAD.format(nbgrader=version("nbgrader"), count=len(bads))]
    lines += [
        "| group | submissions | stock withstands | with our hooks | `grader grade` |",
        "|---|--:|--:|--:|--:|",
    ]
    for name in (*GROUPS, None):
        own = [bad for bad in bads if name in (bad.group, None)]
        kept = [str(sum(not fates[bad.name][road] for bad in own)) for road in range(3)]
        title = f"[{name}](#{name})" if name else "**all**"
        lines.append("| " + " | ".join([title, str(len(own)), *kept]) + " |")
    lines += ["", side_effects(mine)]
    columns = "| it | must get | stock nbgrader | with our hooks | `grader grade` |\n|---|---|---|---|---|"
    for name in GROUPS:
        about = importlib.import_module(f"tests.submissions.{name}").__doc__.splitlines()[0]
        lines += ["", f"## {name}", "", about, "", columns]
        for bad in bads:
            if bad.group == name:
                fate = ["; ".join(wrong) or "withstands" for wrong in fates[bad.name]]
                lines.append("| " + " | ".join([described(bad), must(bad), *fate]) + " |")
    return "\n".join(lines) + "\n"


def described(bad: Bad) -> str:
    """A submission's name in words, and its docstring if it has one."""
    words = bad.name.replace("_", " ")
    about = (bad.mutate.__doc__ or "").splitlines()[:1]
    return words + "".join(f": {line}" for line in about)


def side_effects(mine: Mapping[str, Any]) -> str:
    """One sentence on what the whole class did to others when we graded it."""
    rights = {
        name: score for name, score in mine["scores"].items() if name in ("aaa", "neighbour", "zzz", "honest")
    }
    wrong = {
        "a file of the course was changed": mine["changed"],
        "a connection was made": mine["reached"],
        f"processes were left over: {mine['processes']}": mine["processes"],
        f"files were left over: {mine['files']}": mine["files"],
        "a secret was repeated": mine["secret"],
        f"neighbours got {rights}": set(rights.values()) != {FULL},
        "the gradebook holds other grades than the results": mine["scores"]
        != {name: score for name, (status, score) in mine["verdicts"].items() if status == "graded"},
        "the command did not end as it should": mine["code"] != 0,
    }
    found = [text for text, is_so in wrong.items() if is_so]
    if found:
        return f"When we graded them, {'; '.join(found)}."
    return (
        "We graded all of them as one class: every neighbour kept every point, the gradebook holds the grades due and "
        "no other, no file of the course changed, no process and no file was left, nobody was connected to, and no "
        "secret was repeated."
    )


HEAD = """# What a submission may try, and what becomes of it

<!-- Written by `python -m tests.against_stock`; the submissions themselves are in the modules beside this file. -->

{count} bad submissions, each one small change to an honest notebook that gets full marks. Read from top to bottom it
is the threat model. Each was handed to nbgrader {nbgrader} as it comes (`nbgrader autograde`, its own preprocessors, our
lesson and helpers) between two honest neighbours, and to `grader grade` in a class of all of them.

**Withstood** means: it gets the grade or the refusal it must get; its neighbours keep their grades; no file of the course
changes; no process and no file is left; nothing was connected to; no secret is repeated in a notebook; and, for
`pages`, the feedback page runs, loads, covers and moves nothing in a browser. "The attack came through" is said where
the answer turns wrong as soon as its attack succeeds.

Stock nbgrader ran in a sandbox of this test, which it does not bring along: with processes, a network and a user id
of its own, Python and the system read-only, 4 GiB for a process, 400 processes, 180 s for the three submissions and
10 s a cell (its own default is 30). Without it, what is called hung or full here would take the machine along. Its
pages were opened without a network: what formulas and scripts that it loads would do with a hostile text was not seen.

**With our hooks** is nbgrader's own command, or formgrader's button, with the rebuild and the rooms that
`nbgrader_config.py` puts into its lists; grades are compared, and those of the others. It reads the file itself, before
our hooks are asked: what is not withstood there needs `grader grade`, which has an intake of its own. So do two that
only this test's 4 GiB ended there: a file of twenty gigabytes and a timestamp without end.
"""
