"""What was killed, when, and what was lost: runs the tests that cause each fault, and prints the table.

    python -m tests.faults

A row passes if what came out afterwards is what an undisturbed run gives: nothing lost, nothing doubled. The same table
stands in deploy/README.md.
"""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.here import ROOT

HEADING = ("killed or gone", "when", "then", "test")


@dataclass(frozen=True)
class Fault:
    """What is killed when, what the grader does then, and the test (file without `tests/test_`, name)."""

    what: str
    when: str
    then: str
    file: str
    test: str

    @property
    def row(self) -> str:
        """The fault as a row of the table."""
        return f"| {self.what} | {self.when} | {self.then} | `test_{self.file}.py`: {self.test} |"


FAULTS = (
    Fault("student room", "in the middle of an answer", "only that answer's points",
          "rooms", "test_an_answer_that_cannot_be_had_costs_only_its_own_points"),
    Fault("student room", "in the middle of another cell", "the cell is left out, all points stay",
          "rooms", "test_a_cell_that_is_no_answer_costs_nothing"),
    Fault("checker room", "in the middle of a submission", "made again",
          "room_lives", "test_a_checker_room_that_is_killed_is_made_again"),
    Fault("template of all rooms", "in the middle of a class of 12", "made again, 12 full scores",
          "room_lives", "test_a_template_that_dies_in_the_middle_of_a_class_costs_nobody_a_point"),
    Fault("grader, kill -9", "at each write and commit of a batch, one after the other", "the next run goes on",
          "record", "test_killed_at_any_moment_and_run_again_it_comes_to_the_same_end"),
    Fault("grader, kill -9", "20 times at random moments of a class of 30", "the next run goes on",
          "classroom", "test_killed_at_twenty_random_moments_a_class_comes_to_the_same_end"),
    Fault("grader, kill -9", "twice in the middle of a class of 40", "at most one batch is graded again",
          "classroom", "test_killed_in_the_middle_of_a_class_nothing_is_lost_or_doubled"),
    Fault("grader, Ctrl-C", "in the middle of a class", "what is finished is recorded",
          "classroom", "test_a_stop_records_what_is_finished_and_the_next_run_goes_on"),
    Fault("room on the disk", "in the middle of a class of 60", "one line says so, the next run goes on",
          "classroom", "test_a_disk_that_is_really_full_loses_nothing_once_there_is_room"),
    Fault("SQLite, locked by another program", "at the first write", "waited for, a minute at most",
          "record", "test_a_locked_gradebook_is_waited_for"),
    Fault("PostgreSQL, crashed and restarted", "after the first verdict", "waited for, a minute at most",
          "postgres", "test_a_server_that_crashes_is_one_clear_line_and_the_next_run_goes_on"),
    Fault("grader on PostgreSQL, kill -9", "at the start, and after the first verdict", "the next run goes on",
          "postgres", "test_a_grader_killed_and_run_again_loses_and_doubles_nothing"),
    Fault("Dask worker, kill -9", "after the first verdict", "the other worker takes over",
          "cluster", "test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed"),
    Fault("Dask scheduler, kill -9", "after the first verdict", "one line says so after 30 s, the next run goes on",
          "cluster", "test_a_scheduler_that_is_killed_ends_the_run_in_one_line_and_the_next_run_goes_on"),
    Fault("grader on a cluster, kill -9", "after the seventh verdict", "the next run goes on, with the same workers",
          "cluster", "test_a_client_that_is_killed_goes_on_with_the_same_scheduler"),
    Fault("`grader serve`: front, grader side, rooms, kill -9", "twice while a class hands in nine times",
          "started again; each is graded once",
          "service_faults", "test_killed_while_a_class_hands_in_nothing_is_lost_or_doubled"),
    Fault("`grader serve` itself, kill -9", "with four hand-ins on their way", "a new start grades them",
          "service_faults", "test_killed_with_its_children_and_started_again_it_goes_on"),
    Fault("`grader serve`, grader side", "at each step of recording a verdict", "the next start comes to the same end",
          "handins", "test_a_crash_at_any_step_of_recording_and_a_new_start_come_to_the_same_end"),
    Fault("room on the disk of `grader serve`", "when a hand-in arrives", "refused with a reason; no attempt is used",
          "handins", "test_a_full_disk_is_a_clear_refusal_and_leaves_nothing_behind"),
)  # fmt: skip


def table() -> str:
    """The table as deploy/README.md shows it."""
    head = [f"| {' | '.join(HEADING)} |", f"|{'---|' * len(HEADING)}"]
    return "\n".join([*head, *(fault.row for fault in FAULTS)])


def outcomes(report: Path) -> dict[str, list[str]]:
    """For each test of a JUnit report, what became of its cases."""
    found: dict[str, list[str]] = {}
    for case in ET.parse(report).iter("testcase"):
        ended = next((child.tag for child in case if child.tag in ("failure", "error", "skipped")), "passed")
        found.setdefault(case.attrib["name"].split("[")[0], []).append(ended)
    return found


def main() -> int:
    """Causes every fault; 1 if something was lost or doubled, or could not be tried."""
    with TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        names = [f"tests/test_{fault.file}.py::{fault.test}" for fault in FAULTS]
        subprocess.run([sys.executable, "-m", "pytest", "-q", f"--junit-xml={report}", *names], cwd=ROOT)
        seen = outcomes(report)
    print(f"\n{'what':<38}{'when':<58}{'times':>6}  lost or doubled")
    for fault in FAULTS:
        ended = seen.get(fault.test, ["not run"])
        told = "nothing" if set(ended) == {"passed"} else ", ".join(sorted(set(ended) - {"passed"}))
        print(f"{fault.what:<38}{fault.when:<58}{len(ended):>6}  {told}")
    return int(any(set(seen.get(fault.test, [""])) != {"passed"} for fault in FAULTS))


if __name__ == "__main__":
    sys.exit(main())
