"""The `grader` command: one subcommand a step, each in the module that does it.

A command's module has `add_arguments(parser)` and `run(args, course)`; `run` returns the exit status:
0 when every submission has a verdict, 1 when something of ours failed, 2 for wrong usage.
Only the chosen command's module is imported, so that `grader --help` answers at once.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from .course import VARIABLE, find_course
from .errors import GraderError, MachineError

COMMANDS = {
    "build": ("author.build", "turn lesson sources into executed solutions and student releases"),
    "sample": ("author.sample", "write a sample class into submissions/"),
    "kit": ("author.kit", "write the folder that a student receives"),
    "collect": ("lms.collect", "put a platform's download into submissions/"),
    "grade": ("grading.classroom", "grade what is in submissions/"),
    "explain": ("views.explain", "answer one student's question: why did I lose this?"),
    "feedback": ("views.feedback", "write one feedback page a submission"),
    "report": ("views.report", "write the instructor's report on the class"),
    "extend": ("records.extend", "give one student more time for a lesson"),
    "serve": ("service.serve", "take hand-ins on a page and grade them at once"),
    "handins": ("service.command", "look at hand-ins and help a student, beside a running grader serve"),
    "watch": ("service.watch", "grade what arrives in submissions/ or in nbgrader's exchange"),
    "written": ("lms.written", "grade the answers in words side by side, in a spreadsheet"),
    "export": ("lms.export", "write grades for Canvas, Moodle or a spreadsheet"),
    "site": ("views.site", "write the lessons as pages to read"),
    "doctor": ("sandbox.doctor", "say which isolation this machine gives, and what is missing"),
    "demo": ("author.demo", "sample class, grades, feedback and report in one go"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; an error of the grader's own is one line, not a traceback."""
    # Where jsonschema finds this package, it spends a second on a grammar of web addresses that nothing here needs.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    for stream in (sys.stdout, sys.stderr):  # a name that the terminal's encoding has not stops nothing
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    argv = list(sys.argv[1:] if argv is None else argv)
    chosen = argv[0] if argv and argv[0] in COMMANDS else None
    parser = argparse.ArgumentParser(prog="grader", description="Build the course and grade it.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (module_name, text) in COMMANDS.items():
        sentence = text[0].upper() + text[1:] + "." * (not text.endswith("?"))
        command = commands.add_parser(name, help=text, description=sentence)
        if name == chosen:
            chosen_parser = command
            module = importlib.import_module(f".{module_name}", __package__)
            module.add_arguments(command)
            command.add_argument(
                "--course",
                type=Path,
                metavar="DIR",
                help=f"the course's folder; default: ${VARIABLE}, or around here",
            )
    if chosen is None:
        parser.parse_args(argv)  # help, or wrong usage
        return 2
    # Options may stand between lessons; not so between the commands that handins has of its own.
    parse = chosen_parser.parse_args if chosen == "handins" else chosen_parser.parse_intermixed_args
    args = parse(argv[1:])
    try:
        _look_at(getattr(args, "db", None))
        return int(module.run(args, find_course(args.course)))
    except GraderError as err:
        print(f"grader {chosen}: {err}", file=sys.stderr)
        return 1
    except OSError as err:  # a file where a folder should be, no right to read or write, a full disk
        where = f"{err.filename}: " if err.filename else ""
        print(
            f"grader {chosen}: {where}{err.strerror or err}; name another file or folder, or mend that",
            file=sys.stderr,
        )
        return 1
    except Exception as err:
        if not (type(err).__module__ or "").startswith("sqlalchemy."):
            raise
        cause = str(getattr(err, "orig", None) or err).strip().splitlines()[0]
        print(f"grader {chosen}: the gradebook cannot be used: {cause}; see --db", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"grader {chosen}: stopped; run it again to go on from here", file=sys.stderr)
        return 130


def _look_at(url: str | None) -> None:
    """Raises MachineError if the address of a gradebook, which may hold a password, is none."""
    if url is None:
        return
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        make_url(url)
    except (ArgumentError, ValueError) as err:
        raise MachineError(
            "the gradebook's address is none that can be opened here; it looks like sqlite:////path/gradebook.db "
            "or postgresql+psycopg://user@host/name. See --db"
        ) from err


if __name__ == "__main__":
    sys.exit(main())
