"""`--scheduler ADDRESS`: the class is mapped over the workers of a Dask cluster instead of local rooms.

Every worker has its own copy of the course, installed like the instructor's; only a submission's bytes travel there,
and only its result back. A worker whose copy differs is refused by name, because two versions could give two grades.
Start one with `dask scheduler` and, on each machine, `dask worker ADDRESS --nthreads 1 --nworkers CORES`.
"""

from __future__ import annotations

import functools
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any

from ..course import Course, find_course
from ..errors import MachineError
from ..results import SubmissionResult
from ..version import course_version

TIMEOUT_S = 30
WAITING = 2  # submissions a worker has in hand, so that none idles and memory stays flat


@contextmanager
def grading(address: str, course: Course) -> Iterator[tuple[Executor, Callable[..., SubmissionResult], int]]:
    """What `classroom` maps a class with: the cluster as an executor, the call, and how many may be under way.

    Raises
    ------
    MachineError
        If `distributed` is not installed, nobody answers, there is no worker, or a worker's course differs.
    """
    try:
        from distributed import Client
    except ImportError as err:
        raise MachineError("--scheduler needs Dask: pip install 'practical-aspects-course[scale]'") from err
    _reach(address)
    try:
        client = Client(address, timeout=TIMEOUT_S, set_as_default=False)
    except (OSError, TypeError, ValueError) as err:  # TypeError: a tls address without certificates
        raise MachineError(f"no Dask scheduler answers at {address} ({err}); is it running?") from err
    with client:
        version = course_version(course)
        refuse_strangers(client.run(version_here), version, address)
        # A killed worker's submissions go to the others; Dask gives up on one that has taken several workers with it.
        grade = functools.partial(grade_on_worker, version)
        yield Cluster(client, address), grade, WAITING * sum(client.nthreads().values())


def _reach(address: str) -> None:
    """Looks whether somebody listens, for a client that finds nobody keeps the program from ending for a minute."""
    from distributed.comm.addressing import parse_address, parse_host_port

    try:
        scheme, place = parse_address(address)
        if scheme in ("tcp", "tls"):
            socket.create_connection(parse_host_port(place, 8786), TIMEOUT_S).close()
    except (OSError, ValueError) as err:
        raise MachineError(f"no Dask scheduler answers at {address} ({err}); is it running?") from err


class Cluster(Executor):
    """The workers behind a Dask client. A scheduler that is gone is an error, where Dask's own executor waits for ever."""

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address = client, address
        self._executor = client.get_executor(pure=False, retries=2)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Raises MachineError if the client has given the scheduler up, which it does after TIMEOUT_S."""
        if self._client.status in ("closing", "closed"):
            raise MachineError(
                f"the Dask scheduler at {self._address} is gone; what was graded is recorded. Start it and its workers "
                "again, then run the same command: it goes on from here"
            )
        future: Future[Any] = self._executor.submit(fn, *args, **kwargs)
        return future


def refuse_strangers(versions: dict[str, str], mine: str, address: str) -> None:
    """MachineError if `versions` (worker: course version) is empty or names a worker with another version than `mine`."""
    if not versions:
        raise MachineError(
            f"the scheduler at {address} has no worker; start one: dask worker {address} --nthreads 1"
        )
    strangers = sorted(worker for worker, version in versions.items() if version != mine)
    if strangers:
        raise MachineError(
            f"another version of the course is installed on {', '.join(strangers)}; "
            "install this one there, or stop those workers"
        )


def version_here() -> str:
    """The version of the course that a worker would grade with."""
    return course_version(find_course())


def grade_on_worker(version: str, lesson: str, notebook: bytes, turn_s: float = 0.0) -> SubmissionResult:
    """What a worker runs: `grade`, unless it joined late with another version of the course."""
    if version != version_here():
        here = socket.gethostname()
        raise MachineError(f"another version of the course is installed on {here}; install this one there")
    from .grade import grade

    return grade(_course().lesson(lesson), notebook, turn_s=turn_s)


@functools.cache
def _course() -> Course:
    return find_course()
