"""The command line of `grader collect`, and what it says."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ...course import Course
from ...errors import CourseError, GraderError, MachineError
from ...records.grades import Grades
from ...records.opening import opened
from ...submission import intake
from .. import formats
from .beside import NAMED
from .decide import decide
from .decisions import DECISIONS, HOW, Decisions, Memory, decisions, write_decisions
from .downloads import downloads
from .people import People, read_roster
from .place import place, withdraw
from .settle import Found
from .whose import file_key, lasting

LISTED = 40  # lines of the table that are printed; --all prints all


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Called by `grader.cli`."""
    parser.add_argument(
        "downloads", nargs="+", type=Path, metavar="DOWNLOAD",
        help="a ZIP file, folder or mail as it came from Canvas, Moodle, Blackboard, Gradescope, Google Classroom, "
        "GitHub, Teams or nbgrader's exchange; Moodle's worksheet may be named too",
    )  # fmt: skip
    parser.add_argument(
        "--roster", type=Path, metavar="FILE", help="a CSV of the class; default: the gradebook's"
    )
    parser.add_argument("--dry-run", action="store_true", help="show the table; write nothing")
    parser.add_argument(
        "--all", action="store_true", help="a line for every file, those too that need nobody's hand"
    )
    parser.add_argument(
        "--timezone", default="UTC", metavar="NAME", help="of times without a zone (Blackboard's)"
    )
    parser.add_argument("--submissions", type=Path, metavar="DIR", help="default: submissions in the course")
    parser.add_argument("--grades", type=Path, metavar="DIR", help="default: grades in the course")
    parser.add_argument("--db", metavar="URL", help="the gradebook with the roster")


def run(args: argparse.Namespace, course: Course) -> int:
    """Collects. 0: everything is in its place; 1: something is undecided or could not be written; 2: wrong usage."""
    missing = [str(path) for path in args.downloads if not path.exists()]
    if missing:
        print(f"grader collect: there is no {', '.join(missing)}", file=sys.stderr)
        return 2
    try:
        zone = ZoneInfo(args.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        print(
            f"grader collect: no time zone is called {args.timezone}; one is Europe/Berlin", file=sys.stderr
        )
        return 2
    submissions = args.submissions or course.submissions
    roster = _roster(args, course)
    decided = decisions(submissions / DECISIONS, [person.id for person in roster], course.lessons)
    people, memory = People(roster, decided.people), Memory.of(submissions)
    with downloads(args.downloads, people) as files:
        found = decide(files, course, people, decided.lessons, zone, memory.names)
        print("would collect" if args.dry_run else "collected")
        failed = _withdraw(memory, decided, submissions, args.dry_run)
        work = [piece for piece in found if piece.fate in ("counts", "earlier", "empty")]
        failed |= _write(work, submissions, args, course)
    if not args.dry_run:
        _remember(memory, work, decided, submissions)
    _tell_beside(found, args.all)
    for doubt in sorted({piece.doubt for piece in work if piece.doubt}):
        print(f"doubtful: {doubt}", file=sys.stderr)
    undecided = [piece for piece in found if piece.fate == "undecided"]
    _tell_undecided(undecided, decided, submissions / DECISIONS, args, course)
    _reconcile(work, people, submissions, course)
    return 1 if undecided or decided.wrong or failed else 0


def _withdraw(memory: Memory, decided: Decisions, submissions: Path, dry: bool) -> bool:
    """Takes back what a decision did that says something else now; whether that failed for one."""
    failed = False
    for student, lesson, digest in memory.taken_back(decided):
        try:
            if left := withdraw(submissions, student, lesson, digest, dry):
                graded = (
                    "; a grade that it has got stands until there is another"
                    if left.startswith("nothing")
                    else ""
                )
                print(
                    f"  {student:<20} {lesson:<20} withdrawn, for it is decided otherwise now; {left}{graded}"
                )
        except (GraderError, OSError) as err:
            print(f"{student}, {lesson}: not withdrawn: {err}", file=sys.stderr)
            failed = True
    return failed


def _remember(memory: Memory, work: Sequence[Found], decided: Decisions, submissions: Path) -> None:
    """What the next run must know: what was put where by a decision, and whom a name alone told."""
    for piece in work:
        student, lesson, key = str(piece.student), str(piece.lesson), piece.claim.key
        keys = [
            one for one in (file_key(piece.file, piece.digest), key) if student in decided.people.get(one, ())
        ]
        for one in keys:
            places = memory.placed.setdefault(one, [])
            if (student, lesson, piece.digest) not in places:
                places.append((student, lesson, piece.digest))
        if piece.by_name and not keys and lasting(piece.platform):
            memory.names.setdefault(piece.platform, {}).setdefault(student, key)
    memory.write(submissions)


def _roster(args: argparse.Namespace, course: Course) -> list[formats.Person]:
    if args.roster:
        return read_roster(args.roster)
    try:
        with opened(args.db or Grades(args.grades or course.grades).gradebook) as gradebook:
            people = formats.people(gradebook)
    except MachineError:
        if args.db:
            raise
        people = []
    if not people:
        raise CourseError(
            "nobody is on the roster; name a CSV with --roster (columns id, first_name, last_name, email, lms_user_id)"
        )
    return people


def _write(found: Sequence[Found], submissions: Path, args: argparse.Namespace, course: Course) -> bool:
    failed, quiet = False, 0
    for piece in found:
        try:
            fate = place(submissions, piece, course, args.dry_run)
        except (GraderError, OSError) as err:
            fate, failed = f"not collected: {err}", True
        odd = fate.startswith(("not", "earlier", "without")) or piece.claim.late or piece.doubt
        if odd or args.all or args.dry_run or quiet < LISTED:
            print(f"  {piece.student:<20} {piece.lesson:<20} {_when(piece):<22} {fate}: {piece.file.name}")
            quiet += not odd
        else:
            quiet += 1
    if quiet > LISTED and not (args.all or args.dry_run):
        print(f"  and {quiet - LISTED} more; --all lists them")
    return failed


def _when(piece: Found) -> str:
    late = "late " if piece.claim.late else ""
    if piece.moment is None:
        return f"{late}at an unknown time" if not late else "late, time unknown"
    return f"{late}{piece.moment:%Y-%m-%d %H:%M}" + (" (doubtful)" if piece.doubt else "")


def _tell_beside(found: Sequence[Found], all_of_them: bool) -> None:
    """What lies beside the work, and what was left out by hand."""
    pieces = [piece for piece in found if piece.fate == "beside"]
    for piece in pieces if all_of_them else pieces[:LISTED]:
        print(f"  {piece.student:<20} beside the work, and left in the download: {piece.why}")
    if len(pieces) > LISTED and not all_of_them:
        print(f"  files beside the work of {len(pieces) - LISTED} more; --all lists them")
    if out := [piece.file.name for piece in found if piece.fate == "left out"]:
        some = out if all_of_them else out[:NAMED]
        more = f" and {len(out) - len(some)} more" if len(out) > len(some) else ""
        print(f"left out, as {DECISIONS} says: {', '.join(some)}{more}")


def _tell_undecided(
    undecided: Sequence[Found], decided: Decisions, path: Path, args: argparse.Namespace, course: Course
) -> None:
    for piece in undecided:
        who = f"{piece.student}: " if piece.student else ""
        print(f"undecided: {who}{piece.file.name}: {piece.why}", file=sys.stderr)
    for key, why in decided.wrong.items():
        print(f"{DECISIONS}: {key}: {why}; until then it is undecided", file=sys.stderr)
    if args.dry_run:
        return
    if number := write_decisions(path, undecided, course.lessons, decided.wrong):
        print(f"{number} to be decided in {path}: {HOW}; then run the command again", file=sys.stderr)


def _reconcile(found: Sequence[Found], people: People, submissions: Path, course: Course) -> None:
    """Who of the roster is missing, by lesson, and whose folder is nobody's on it."""
    for lesson in course.lessons:
        here = {piece.student for piece in found if piece.lesson == lesson}
        if not here:
            continue
        there = {who for who in people.by_id if (submissions / who / lesson).is_dir()}
        missing = sorted(set(people.by_id) - here - there)
        told = (
            f": {', '.join(missing[:LISTED])}" + (" and more" if len(missing) > LISTED else "")
            if missing
            else ""
        )
        print(
            f"{lesson}: {len(here)} of {len(people.by_id)} on the roster, {len(missing)} handed in nothing{told}"
        )
    if submissions.is_dir():
        strange = sorted(
            {f.student for f in intake.discover(submissions, course.lessons)} - set(people.by_id)
        )
        if strange:
            print(
                f"not on the roster, though in {submissions}: {', '.join(strange[:LISTED])}", file=sys.stderr
            )


__all__ = ["add_arguments", "run"]
