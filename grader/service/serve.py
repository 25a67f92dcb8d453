"""`grader serve`: a resident grader that answers hand-ins at once; `--links` writes the class's personal links."""

from __future__ import annotations

import argparse
import csv
import logging
import os
import signal
import socket
import ssl
import sys
import threading
import time
from pathlib import Path
from types import FrameType
from typing import Any

from ..course import Course
from ..errors import CourseError, SubmissionError
from ..records.opening import answers
from . import links, policy
from .life import both, folder_of, log_lines
from .store import Store
from .wire import Away, Caller

MOST_DAYS = 3650.0  # of a link
START_S = 120.0  # until hand-ins are taken: rooms are started and warmed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Called by `grader.cli`."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on; default: this machine only"
    )
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--url", help="what students type to get here; default: http://HOST:PORT/")
    parser.add_argument("--submissions", type=Path, metavar="DIR", help="default: submissions in the course")
    parser.add_argument("--grades", type=Path, metavar="DIR", help="default: grades in the course")
    parser.add_argument(
        "--db", metavar="URL", help="gradebook and hand-ins; default: SQLite in the grades folder"
    )
    parser.add_argument(
        "--policy", type=Path, metavar="FILE", help="default: solutions/policy.toml, if there is one"
    )
    parser.add_argument(
        "--staff", action="append", default=[], metavar="NAME", help="an instructor; may be repeated"
    )
    parser.add_argument(
        "--jobs", type=int, default=len(os.sched_getaffinity(0)), metavar="N", help="rooms at a time"
    )
    parser.add_argument(
        "--hub", action="store_true", help="as a service of JupyterHub, which knows who one is"
    )
    parser.add_argument(
        "--links", type=Path, metavar="ROSTER", help="write a personal link a student, and end"
    )
    parser.add_argument("--days", type=float, default=180, help="how long those links are good")
    parser.add_argument(
        "--behind-tls", action="store_true", help="a proxy speaks TLS for us; cookies need TLS then"
    )
    parser.add_argument("--certificate", metavar="FILE", help="speak TLS ourselves, with this certificate")
    parser.add_argument("--private-key", metavar="FILE", help="and this key")
    parser.add_argument(
        "--unsafe", action="store_true", help="grade without full isolation: only work you trust"
    )
    parser.add_argument("--cold", action="store_true", help="do not warm the rooms up first")


def run(args: argparse.Namespace, course: Course) -> int:
    """Serve until stopped. 0: stopped, or the links are written; 1: something of ours failed; 2: wrong usage."""
    args.grades = (args.grades or course.grades).resolve()
    policy.load(course, args.policy)  # what is wrong with it is said here
    _look_at_certificate(args)
    if args.db:
        answers(args.db)
    if args.links:
        return write_links(args)
    if args.hub and "JUPYTERHUB_SERVICE_PREFIX" not in os.environ:
        print(
            "grader serve: --hub is for a service that JupyterHub starts; see deploy/README.md",
            file=sys.stderr,
        )
        return 2
    if not args.hub:  # which says where
        _look_at_address(args.host, args.port)
    for name in course.lessons:
        course.lesson(name)
    log_lines()
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _ending(ended))
    desk, front = configuration(args, course)
    with both(desk, front) as children:
        address = (
            args.url
            or f"{'https' if front['secure'] else 'http'}://{front['host']}:{front['port']}{front['base']}"
        )
        if _ready(Path(front["folder"]), ended):
            print(f"grader serve: hand in at {address}", flush=True)
        elif not ended.is_set():
            print(
                f"grader serve: the grader side does not answer within {START_S:.0f} s; see the lines above",
                file=sys.stderr,
            )
            return 1
        ended.wait()
        logging.info(
            "stopped; started %s", ", ".join(f"{child.name} {child.starts} times" for child in children)
        )
    return 0


def _ending(ended: threading.Event) -> Any:
    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    return end


def _ready(folder: Path, ended: threading.Event) -> bool:
    """Whether the grader side answers before it takes too long."""
    until = time.monotonic() + START_S
    while time.monotonic() < until and not ended.wait(0.1):
        try:
            if Caller(folder).ask("health", timeout_s=5)[0]["status"] == 200:
                return True
        except (Away, OSError):
            continue
    return False


def _look_at_certificate(args: argparse.Namespace) -> None:
    """Makes the paths absolute, for the front stands elsewhere. Raises CourseError if TLS cannot be spoken with them."""
    for name in ("certificate", "private_key"):
        if path := getattr(args, name):
            setattr(args, name, os.path.abspath(path))
    if args.certificate:
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(args.certificate, args.private_key)
        except (OSError, ssl.SSLError) as err:
            raise CourseError(
                f"{args.certificate}: no certificate with its key ({err}); see --private-key"
            ) from err


def _look_at_address(host: str, port: int) -> None:
    """Raises CourseError if nobody can listen there."""
    try:
        if not 0 < port < 1 << 16:
            raise OSError("a port is between 1 and 65535")
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, *_, address = found[0]
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
            trial.listen()
    except (OSError, UnicodeError) as err:
        said = getattr(err, "strerror", None) or err
        raise CourseError(
            f"{host}, port {port}: cannot listen there ({said}); name another with --host or --port"
        ) from err


def configuration(args: argparse.Namespace, course: Course) -> tuple[dict[str, Any], dict[str, Any]]:
    """What each of the two processes is told, as JSON. The front hears nothing of the course."""
    folder = folder_of(args.grades)
    desk = {
        "course": str(course.root), "grades": str(args.grades),
        "submissions": str((args.submissions or course.submissions).resolve()), "db": args.db, "staff": args.staff,
        "policy": str(args.policy.resolve()) if args.policy else None, "jobs": max(args.jobs, 1),
        "unsafe": args.unsafe, "warm": not args.cold,
    }  # fmt: skip
    front = {
        "folder": str(folder), "host": args.host, "port": args.port, "base": "/", "hub": args.hub,
        "proxied": args.behind_tls or args.hub, "secure": args.behind_tls or bool(args.certificate),
        "certificate": args.certificate, "private_key": args.private_key,
    }  # fmt: skip
    if args.hub:
        from .hub import place

        front |= place()
    return desk, front


def write_links(args: argparse.Namespace) -> int:
    """Writes links.csv beside the hand-ins: the roster's columns and a link for each row, for a mail merge."""
    if not 0 < args.days <= MOST_DAYS:
        raise CourseError(
            f"--days {args.days:g}: a link is good for more than 0 and at most {MOST_DAYS:g} days"
        )
    folder = folder_of(args.grades)
    store, secret = Store(folder, args.db), links.secret_of(folder)
    address = (args.url or f"http://{args.host}:{args.port}/").rstrip("/")
    until, target = time.time() + args.days * links.DAY_S, folder / "links.csv"
    found, written = links.roster_of(args.links), 0
    with open(
        os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline=""
    ) as file:
        table = csv.DictWriter(file, [*found[0][2], "link"], extrasaction="ignore", lineterminator="\n")
        table.writeheader()
        for student, staff, row in found:
            try:
                person = store.admit(student, staff)
            except SubmissionError as err:
                print(f"grader serve: {err}; no link was written for that row", file=sys.stderr)
                continue
            text = links.token(secret, links.Person(student, person["serial"]), until)
            table.writerow(row | {"link": f"{address}/in/{text}"})
            written += 1
    store.close()
    print(f"{written} links in {target}; each is a student's key, so send each to its own student only")
    return 0 if written == len(found) else 1
