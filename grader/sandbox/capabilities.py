"""What grading needs of the machine, by capability and not by tool, and what a missing one allows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PIDS, MOUNTS, NETWORK = "process table of its own", "mounts of its own", "network of its own"
LANDLOCK, SECCOMP, LIMITS, STRANGER = "Landlock", "seccomp", "resource limits", "user id of its own"
CLEAN = "environment of its own"


@dataclass(frozen=True)
class Capability:
    """One thing that a room must not be able to do. It is held if all mechanisms of any one way are in use."""

    name: str
    promise: str
    ways: tuple[frozenset[str], ...]
    otherwise: str

    def held_by(self, used: Iterable[str]) -> tuple[str, ...]:
        """The mechanisms in use that hold it; empty if it is not held."""
        have = set(used)
        return tuple(sorted({part for way in self.ways if way <= have for part in way}))


CAPABILITIES = (
    Capability(
        "files",
        "a room reads Python, the packages, helpers and data, and writes only to a small scratch of its own",
        (frozenset({MOUNTS}), frozenset({LANDLOCK})),
        "a submission could read solutions, checks, other submissions and your files, and change them",
    ),
    Capability(
        "network",
        "a room reaches no network and no socket of this machine",
        (frozenset({NETWORK}), frozenset({SECCOMP})),
        "a submission could send away what it reads, and use services of this machine",
    ),
    Capability(
        "processes",
        "a room sees, signals and changes no process but its own, and none of its own outlives it",
        (frozenset({PIDS}), frozenset({SECCOMP})),
        "a submission could end or change the grader, or stay behind after it",
    ),
    Capability(
        "secrets",
        "a room has no variable, descriptor or memory of the grader",
        (frozenset({CLEAN, PIDS}), frozenset({CLEAN, LANDLOCK, SECCOMP})),
        "a submission could read passwords and tokens from the grader's environment or memory",
    ),
    Capability(
        "limits",
        "time, memory, processes, files and output of a room are bounded",
        (frozenset({LIMITS, SECCOMP}),),
        "a submission could fill the memory or the process table of this machine, and take time from others",
    ),
)


def missing(used: Iterable[str]) -> tuple[Capability, ...]:
    """The capabilities that these mechanisms do not hold."""
    have = tuple(used)
    return tuple(capability for capability in CAPABILITIES if not capability.held_by(have))
