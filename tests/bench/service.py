"""How long from handing in to the verdict, while a whole class hands in within a minute.

    python -m tests.bench.service                  # 200 hand-ins in a minute, honest; then a tenth endless loops
    python -m tests.bench.service --memory 10000   # what the service holds after so many hand-ins

Seconds run from the last byte sent to the event that tells an open page the verdict; "page" is until the feedback page
is there. The one-shot command and stock nbgrader grade the same notebook in the same run. 500 pages are open meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import copy
import json
import logging
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections import deque
from pathlib import Path
from typing import Any

import psutil
from tornado.httpclient import AsyncHTTPClient, HTTPRequest

from grader.author import papers
from tests import serving
from tests.here import ROOT, load_lesson

from . import classes
from .throughput import stock

LESSON, PAGES = "gradient_checking", 500
AHEAD = 16  # hand-ins under way while memory is looked at
WITHIN_S = 120.0
POLICIES = ("everything", "outcome")


def endless(lesson: str) -> bytes:
    """Everything right but one function, which never ends."""
    made = papers.Paper(load_lesson(lesson), copy.deepcopy(load_lesson(lesson).release))
    papers.perfect(made)
    papers.endless(made)
    return json.dumps(made.notebook).encode()


class Client:
    """The pages of a class: one open stream of events a student."""

    def __init__(self, service: serving.Service) -> None:
        AsyncHTTPClient.configure(None, max_clients=3000)
        self.http, self.service = AsyncHTTPClient(), service
        self.told: dict[str, float] = {}
        self.open = 0

    def request(self, path: str, who: str, **more: Any) -> HTTPRequest:
        headers = {"Authorization": f"Link {self.service.links[who]}", **more.pop("headers", {})}
        return HTTPRequest(
            f"http://127.0.0.1:{self.service.port}{path}", headers=headers, request_timeout=900, **more
        )

    async def listen(self, who: str) -> None:
        """An open page of a student's: notes when each verdict is told."""
        self.open += 1

        def part(chunk: bytes) -> None:
            for line in chunk.splitlines():
                if line.startswith(b"data:"):
                    event = json.loads(line[5:])
                    if event.get("state") not in ("waiting", "anew"):
                        self.told.setdefault(event["id"], time.perf_counter())

        await self.http.fetch(self.request("/events", who, streaming_callback=part))

    async def hand_in(self, who: str, content: bytes, *, wait: bool = True) -> tuple[float, float]:
        """Seconds until the verdict is told, and until its feedback page is there; not a number without waiting."""
        key = {"Idempotency-Key": uuid.uuid4().hex}
        answer = await self.http.fetch(
            self.request("/hand-in/" + LESSON, who, method="POST", body=content, headers=key)
        )
        sent, handin = time.perf_counter(), json.loads(answer.body)["id"]
        while wait and handin not in self.told:
            if time.perf_counter() > sent + WITHIN_S:
                raise TimeoutError(
                    f"no verdict on {handin} of {who} within {WITHIN_S} s; {self.service.tail()}"
                )
            await asyncio.sleep(0.005)
        if not wait:
            return math.nan, math.nan
        await self.http.fetch(self.request(f"/feedback/{handin}", who))
        return self.told[handin] - sent, time.perf_counter() - sent


async def minute(
    client: Client, works: list[bytes], honest: bytes, seconds: float
) -> list[tuple[float, float]]:
    """Hands all in, evenly over so many seconds, and waits for what is honest."""
    names = list(client.service.links)
    streams = [asyncio.create_task(client.listen(who)) for who in names[:PAGES]]
    await asyncio.sleep(3)

    async def one(number: int, work: bytes) -> tuple[float, float]:
        await asyncio.sleep(number * seconds / len(works))
        return await client.hand_in(names[number], work, wait=work is honest)

    try:
        return await asyncio.gather(*(one(number, work) for number, work in enumerate(works)))
    finally:
        for stream in streams:
            stream.cancel()


def row(name: str, seconds: list[float]) -> str:
    """One line of the table."""
    cut = statistics.quantiles(seconds, n=100, method="inclusive")
    return f"{name:46}{len(seconds):5}{cut[49]:9.3f}{cut[94]:9.3f}{max(seconds):9.3f}"


def one_shot(place: Path, content: bytes) -> float:
    """Seconds of `grader grade` for one such notebook, from cold."""
    path = place / "submissions" / "ada" / LESSON / f"{LESSON}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    where = ["--submissions", str(place / "submissions"), "--grades", str(place / "grades")]
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "grader", "grade", LESSON, *where], cwd=ROOT, check=True, capture_output=True
    )
    return time.perf_counter() - start


def class_of(number: int, reveal: str, endless_share: float, seconds: float) -> None:
    """One class: its lines of the table."""
    honest, loop = classes.perfect_notebook(LESSON), endless(LESSON)
    every = round(1 / endless_share) if endless_share else 0
    works = [loop if every and n % every == every - 1 else honest for n in range(number)]
    people = tuple(f"s{n:04}" for n in range(max(number, PAGES)))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "policy.toml").write_text(f'reveal = "{reveal}"\n')
        with serving.serving(
            Path(folder), ROOT, "--policy", f"{folder}/policy.toml", people=people, cold=False
        ) as service:
            found = asyncio.run(minute(Client(service), works, honest, seconds))
    name = f"{reveal}, {f'{endless_share:.0%} endless' if every else 'all honest'}"
    for what, place in (("told", 0), ("page", 1)):
        print(
            row(
                f"{name}: honest, {what}",
                [one[place] for one, work in zip(found, works, strict=True) if work is honest],
            )
        )
    sys.stdout.flush()


def memory(number: int) -> None:
    """What the processes hold as hand-ins go through, no two alike, each with its pages looked at by student and staff.

    The lesson is tiny, so that ten thousand pass in minutes: what grows with hand-ins does so whatever the lesson.
    """
    people = tuple(f"s{n:05}" for n in range(max(number // 10, 1)))
    with tempfile.TemporaryDirectory() as folder:
        course, policy = serving.small_course(Path(folder, "course")), Path(folder, "policy.toml")
        policy.write_text("attempts = 0\n")
        with serving.serving(
            Path(folder, "s"), course.root, "--policy", str(policy), people=people
        ) as service:
            under_way, start = deque[tuple[str, str]](), time.perf_counter()
            for count in range(1, number + 1):
                who = people[count % len(people)]
                source = f"def double(x):\n    return x + x  # {count}\n"
                under_way.append((who, service.taken(who, serving.answered(course, source))))
                while len(under_way) > (0 if count == number else AHEAD):
                    _look_at(service, *under_way.popleft())
                if count in (100, number) or count % 1000 == 0:
                    _say_memory(service, count, time.perf_counter() - start)


def _look_at(service: serving.Service, who: str, handin: str) -> None:
    """The verdict and the pages of a hand-in; it has all its points."""
    told = service.verdict(who, handin, 300)
    assert told["score"] == told["max_score"] == 2, told
    for path, reader in ((f"/feedback/{handin}", who), ("/", who), (f"/feedback/{handin}", "prof")):
        assert service.ask("GET", path, reader)[0] == 200


def _say_memory(service: serving.Service, count: int, seconds: float) -> None:
    """One line; the staff has looked at the class first."""
    for path in ("/staff", "/metrics"):
        assert service.ask("GET", path, "prof")[0] == 200
    desk, door = (service.child(name) for name in ("desk", "door"))
    held = [one.memory_info().rss / 2**20 for one in (desk, door)]
    others = sum(_own(one) for one in desk.children(recursive=True))
    print(f"after {count:6} hand-ins: desk {held[0]:.0f} MB, door {held[1]:.0f} MB", end=", ")
    print(f"its rooms and what draws {others:.0f} MB of their own, {seconds / count:.3f} s each", flush=True)


def _own(process: psutil.Process) -> float:
    try:
        return process.memory_full_info().uss / 2**20
    except psutil.Error:
        return 0.0


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--number", type=int, default=200, help="hand-ins")
    parser.add_argument("--seconds", type=float, default=60.0, help="within which they come")
    parser.add_argument("--memory", type=int, metavar="N", help="only see what is held after N hand-ins")
    parser.add_argument("--reveal", choices=POLICIES, nargs="+", default=POLICIES)
    args = parser.parse_args()
    logging.getLogger("tornado").setLevel(logging.CRITICAL)  # what it says of streams that we end
    if args.memory:
        memory(args.memory)
        return
    print(
        f"{args.number} hand-ins of {LESSON} in {args.seconds:.0f} s, {PAGES} pages open, {os.cpu_count()} cores"
    )
    print(f"{'seconds':46}{'n':>5}{'p50':>9}{'p95':>9}{'most':>9}")
    with tempfile.TemporaryDirectory() as folder:
        content = classes.perfect_notebook(LESSON)
        cold = [one_shot(Path(folder, str(n)), content) for n in range(3)]
    print(row("grader grade, one-shot, from cold", cold))
    theirs = [stock(LESSON, 1, training=True).wall_s for _ in range(3)]
    print(row("nbgrader autograde, one-shot, from cold", theirs), flush=True)
    for reveal in args.reveal:
        for share in (0.0, 0.1):
            class_of(args.number, reveal, share, args.seconds)


if __name__ == "__main__":
    main()
