"""Intake: whatever lies in a student's folder, the answer is a notebook or a reason, at once."""

import json
import os
import socket
import time
import zoneinfo
from datetime import datetime

import pytest

from grader.errors import SubmissionError
from grader.submission import intake, notebook
from grader.submission.intake import Found, discover, parse_timestamp, read, stamp_in
from grader.submission.notebook import parse

LESSON = "tiny"
GOOD = {"cells": [{"cell_type": "code", "metadata": {}, "source": "x = 1"}], "nbformat": 4}
FOUND = Found("ada", LESSON, "ada")


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "ada" / LESSON
    place.mkdir(parents=True)
    (place / f"{LESSON}.ipynb").write_text(json.dumps(GOOD))
    return place


def refusal(root, found=FOUND):
    started = time.monotonic()
    with pytest.raises(SubmissionError) as error:
        read(root, found)
    assert time.monotonic() - started < 1.0
    return str(error.value)


def test_notebook_timestamp_and_secret_are_read_and_nothing_else(folder, tmp_path):
    (folder / "timestamp.txt").write_text("2030-01-31 23:59:01.5 UTC\n")
    (folder / "submission_secret.txt").write_text("0af3")
    (folder / "evil.py").write_text("raise SystemExit")
    handed = read(tmp_path, FOUND)
    assert json.loads(handed.notebook) == GOOD
    assert handed.timestamp == datetime(2030, 1, 31, 23, 59, 1, 500_000)
    assert handed.secret == "0af3"


def test_a_secret_that_is_none_is_not_copied(folder, tmp_path):
    (folder / "submission_secret.txt").write_text("<script>")
    assert read(tmp_path, FOUND).secret is None


def replace_by(folder, kind):
    """Puts something that is no regular file in the notebook's place."""
    path = folder / f"{LESSON}.ipynb"
    path.unlink()
    if kind == "link":
        path.symlink_to("/etc/passwd")
    elif kind == "dangling link":
        path.symlink_to("nowhere")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "socket":
        here = os.getcwd()
        os.chdir(folder)
        try:
            with socket.socket(socket.AF_UNIX) as listener:
                listener.bind(path.name)
        finally:
            os.chdir(here)


@pytest.mark.parametrize("kind", ["link", "dangling link", "pipe", "folder", "socket"])
def test_what_is_no_regular_file_is_refused_at_once(folder, tmp_path, kind):
    replace_by(folder, kind)
    assert "tiny.ipynb is" in refusal(tmp_path)


def test_a_link_anywhere_on_the_way_is_refused(folder, tmp_path):
    (tmp_path / "bob").symlink_to(tmp_path / "ada")
    assert "bob is a link" in refusal(tmp_path, Found("bob", LESSON, "bob"))
    (tmp_path / "cy").mkdir()
    (tmp_path / "cy" / LESSON).symlink_to(folder)
    assert "tiny is a link" in refusal(tmp_path, Found("cy", LESSON, "cy"))


def test_a_link_as_timestamp_is_refused_and_a_pipe_does_not_wait(folder, tmp_path):
    (folder / "timestamp.txt").symlink_to("/etc/passwd")
    assert "timestamp.txt is a link" in refusal(tmp_path)
    (folder / "timestamp.txt").unlink()
    os.mkfifo(folder / "timestamp.txt")
    assert "timestamp.txt is not a regular file" in refusal(tmp_path)


def test_a_missing_notebook_says_what_is_there_instead(folder, tmp_path):
    (folder / f"{LESSON}.ipynb").unlink()
    (folder / "tiny.html").write_text("<p>not a notebook</p>")
    assert refusal(tmp_path) == "tiny.ipynb is missing; there is tiny.html; hand in the notebook"


@pytest.mark.parametrize(
    "name",
    ["Tiny (1).ipynb", "HW1.IPYNB", "work.zip", "tiny.py", "deeper/a.ipynb"]
    + ["tiny.ipynb.txt", "tiny.json", "tiny", "tiny.ipynb.part", "deeper/tiny.txt"],
)
def test_a_file_of_another_name_is_read_for_what_is_in_it(folder, tmp_path, name):
    (folder / "deeper").mkdir()
    (folder / f"{LESSON}.ipynb").rename(folder / name)
    handed = read(tmp_path, FOUND)
    assert handed.notebook == b""
    assert [name for name, _ in handed.beside] == [name.rpartition("/")[2]]


def test_what_lies_beside_the_notebook_is_read_but_no_link_and_no_script(folder, tmp_path):
    (folder / "tiny (1).ipynb").write_text("{}")
    (folder / "link.ipynb").symlink_to("/etc/passwd")
    (folder / "helper.py").write_text("x = 1")
    os.mkfifo(folder / "pipe.ipynb")
    handed = read(tmp_path, FOUND)
    assert json.loads(handed.notebook) == GOOD
    assert handed.beside == (("link.ipynb", b""), ("pipe.ipynb", b""), ("tiny (1).ipynb", b"{}"))


@pytest.mark.parametrize("name", ["Tiny", "TINY", "ti-ny", "Ti ny"])
def test_a_lessons_folder_may_be_written_a_little_otherwise(tmp_path, name):
    (tmp_path / "ada" / name).mkdir(parents=True)
    (tmp_path / "ada" / name / "tiny.ipynb").write_text("{}")
    (found,) = discover(tmp_path, [LESSON])
    assert (found.student, found.lesson) == ("ada", LESSON)
    assert read(tmp_path, found).notebook == b"{}"
    assert list(intake.strays(tmp_path, [LESSON])) == []


def test_a_huge_file_is_refused_without_reading_it(folder, tmp_path):
    os.truncate(folder / f"{LESSON}.ipynb", 2**40)
    assert "33,554,432 bytes" in refusal(tmp_path)


def test_students_are_found_in_order_and_strange_folders_carry_a_refusal(tmp_path):
    names = ["bob", "ada", "Zoë Ünal", "x" * 200, "a\nb", "=1+1", " lead", "tab\tname", 'quo"te', "-r", "..."]
    names += ["back\\slash", "bidi\u202ename", "e\u0301va", "\u00e9va", os.fsdecode(b"caf\xe9")]
    for name in names:
        (tmp_path / name / LESSON).mkdir(parents=True)
    (tmp_path / "README.txt").write_text("no student")
    found = list(discover(tmp_path, [LESSON, "another"]))
    assert [item.student for item in found if not item.refusal] == ["Zoë Ünal", "ada", "bob", "\u00e9va"]
    refused = [item for item in found if item.refusal]
    assert len(refused) == len(names) - 4 - 1  # "..." is hidden, as any name with a leading dot
    for item in refused:
        assert item.student.startswith("%") and item.student.isprintable() and len(item.student) < 60
        assert "/" not in item.student
        assert "rename" in refusal(tmp_path, item)
    assert len({item.student for item in found}) == len(found)


def test_a_misspelt_lesson_is_noticed(tmp_path):
    for name in ("tiny", "Toni", "ti\nny", ".cache"):
        (tmp_path / "ada" / name).mkdir(parents=True)
    (tmp_path / "ada" / "notes.txt").write_text("no folder")
    (tmp_path / "ada" / "tiny.ipynb").write_text("a loose one")
    (tmp_path / "bob.zip").write_text("nobody's")
    (tmp_path / "__MACOSX" / "ada").mkdir(parents=True)
    assert sorted(intake.strays(tmp_path, [LESSON])) == [
        ("(nobody)", "bob.zip"),
        ("ada", "Toni"),
        ("ada", "ti%0any"),
        ("ada", "tiny.ipynb"),
    ]
    assert list(intake.strays(tmp_path, [LESSON], ["bob"])) == []


def test_one_student_can_be_asked_for(tmp_path):
    for name in ("ada", "bob"):
        (tmp_path / name / LESSON).mkdir(parents=True)
    assert [item.student for item in discover(tmp_path, [LESSON], ["bob"])] == ["bob"]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2030-01-31 23:59:00 UTC", datetime(2030, 1, 31, 23, 59)),
        ("2030-01-31 23:59:00.123456 UTC", datetime(2030, 1, 31, 23, 59, 0, 123456)),
        ("2030-01-31T23:59:00Z", datetime(2030, 1, 31, 23, 59)),
        ("2030-01-31 23:59:00 +0200", datetime(2030, 1, 31, 21, 59)),
        ("2030-01-31 23:59:00-05:30", datetime(2030, 2, 1, 5, 29)),
        ("2030-07-31 12:00:00 Europe/Berlin", datetime(2030, 7, 31, 10)),
        ("2030-01-31 23:59:00 CEST", datetime(2030, 1, 31, 21, 59)),
        ("2026-07-03 20:00:00.000000 +08", datetime(2026, 7, 3, 12)),
        ("2026-07-03 15:00:00.000000 -03", datetime(2026, 7, 3, 18)),
        ("2026-07-03 15:00:00 +0545", datetime(2026, 7, 3, 9, 15)),
        ("2026-03-03 12:00:00 America/Argentina/Buenos_Aires", datetime(2026, 3, 3, 15)),
        ("2026-03-03 12:00:00 America/Port-au-Prince", datetime(2026, 3, 3, 17)),
        ("2026-03-03 12:00:00 Etc/GMT+3", datetime(2026, 3, 3, 15)),
        ("2026-03-03 12:00:00 UTC+3", datetime(2026, 3, 3, 9)),
        ("\ufeff2026-03-03 12:00:00 UTC", datetime(2026, 3, 3, 12)),
        ("2026-07-03 12:00:00 PDT", datetime(2026, 7, 3, 19)),
        ("2026-07-03 12:00:00 IST", datetime(2026, 7, 3, 6, 30)),
        ("2026-07-03 12:00:00.123456789 Z", datetime(2026, 7, 3, 12, 0, 0, 123456)),
        (" \n", None),
    ],
)
def test_timestamps_are_read_as_nbgrader_writes_them(text, moment):
    assert parse_timestamp(text.encode()) == moment


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "2030-13-01 00:00:00 UTC",
        "0001-01-01 00:00:00 +2300",
        "2030-01-31",
        "٢٠٣٠-01-31 00:00:00",
    ],
)
def test_a_timestamp_that_is_no_date_is_refused(text):
    with pytest.raises(SubmissionError, match=r"timestamp\.txt is not a date"):
        parse_timestamp(text.encode())


@pytest.mark.parametrize(
    ("zone", "doubt"),
    [
        ("IST", "that of India"),
        ("CST", "Central America"),
        ("XYZT", "nobody knows"),
        ("PDT", ""),
        ("+08", ""),
    ],
)
def test_an_abbreviation_of_several_places_is_read_and_said(folder, tmp_path, zone, doubt):
    (folder / "timestamp.txt").write_text(f"2026-07-03 12:00:00 {zone}")
    notes = read(tmp_path, FOUND).notes
    assert [doubt in note and note.startswith("to do: the time of hand-in") for note in notes] == [
        True
    ] * bool(doubt)


def test_every_zone_of_the_world_is_read_as_it_is():
    moment = datetime(2026, 7, 3, 12)
    for zone in zoneinfo.available_timezones():
        wanted = moment - zoneinfo.ZoneInfo(zone).utcoffset(moment)
        assert parse_timestamp(f"{moment} {zone}".encode()) == wanted, zone


def test_nbgrader_reads_times_as_we_do_once_our_hooks_are_configured(folder):
    import nbgrader.coursedir
    from traitlets.config import Config

    from grader.grading import nbgrader_hooks

    nbgrader_hooks.configure(Config())
    (folder / "timestamp.txt").write_text("2026-07-03 20:00:00.000000 +08")
    read_by_it = nbgrader.coursedir.CourseDirectory().get_existing_timestamp(str(folder))
    assert read_by_it == datetime(2026, 7, 3, 12)


def test_timestamps_agree_with_nbgraders_own_reading():
    from nbgrader.utils import parse_utc

    for text in ("2030-01-31 23:59:00.123456 UTC", "2030-01-31 23:59:00", "2030-07-31 23:59:00 CET"):
        assert parse_timestamp(text.encode()) == parse_utc(text)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "latin-1"]
)
def test_any_sane_encoding_is_read(encoding):
    text = json.dumps({"cells": [{"cell_type": "code", "source": "# Zoë\nx = 1"}]}, ensure_ascii=False)
    assert parse(text.encode(encoding))[0].source == "# Zoë\nx = 1"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 100,
        b"\xff\xfe\x00",
        b"\xef\xbb\xbf\xff\xff",
        b"PK\x03\x04 a zip archive",
        b"<html>a page</html>",
        b"[1, 2]",
        b"null",
        b'"text"',
        b'{"cells": [',
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'{"cells": {"cell_type": "code"}}',
        b'{"cells": [], "nbformat": 4}',
        b'{"cells": [{"cell_type": "code", "source": "x"}], "nbformat": 5}',
        b'{"worksheets": [null, 3, {"cells": 7}], "nbformat": 3}',
    ],
)
def test_what_is_no_notebook_is_refused_with_a_reason(content):
    with pytest.raises(SubmissionError, match="notebook"):
        parse(content)


def test_too_many_cells_or_too_much_text_is_refused():
    cell = {"cell_type": "code", "source": "x"}
    with pytest.raises(SubmissionError, match="10001 cells; at most 10000"):
        parse(json.dumps({"cells": [cell] * (notebook.MOST_CELLS + 1)}).encode())
    with pytest.raises(SubmissionError, match="the cells hold over 2,000,000 characters"):
        parse(json.dumps({"cells": [{**cell, "source": "x" * notebook.MAX_SOURCE}] * 11}).encode())


def test_a_bomb_of_tiny_objects_is_refused_before_it_is_parsed():
    started = time.monotonic()
    with pytest.raises(SubmissionError, match="too large"):
        parse(b"[" + b"[]," * 3_000_000 + b"0]")
    assert time.monotonic() - started < 1.0


def test_large_outputs_are_dropped_and_cost_nothing():
    cell = {"cell_type": "code", "source": "x = 1", "outputs": [{"data": {"image/png": "A" * 9_000_000}}]}
    assert parse(json.dumps({"cells": [cell]}).encode())[0].source == "x = 1"


def test_numbers_that_json_should_not_have_do_no_harm():
    text = (
        '{"nbformat": 4, "a": NaN, "b": -Infinity, "c": %s, "cells": [{"cell_type": "code", "source": "x"}]}'
    )
    assert len(parse((text % ("9" * 100_000)).encode())) == 1


def test_of_a_key_given_twice_the_last_counts_as_in_jupyter():
    content = b'{"cells": [], "cells": [{"cell_type": "code", "source": "a", "source": "b"}]}'
    assert [cell.source for cell in parse(content)] == ["b"]


@pytest.mark.parametrize("value", [None, 7, True, [], {}, "text", [1, None, "x"], [[]], {"x": 1}, 1e400])
@pytest.mark.parametrize(
    "field", ["cell_type", "source", "metadata", "id", "outputs", "attachments", "grading", "cell"]
)
def test_a_wrong_type_anywhere_is_read_or_refused_but_never_a_crash(field, value):
    cell = {
        "cell_type": "code",
        "id": "a",
        "metadata": {"nbgrader": {"grade_id": "a"}},
        "source": ["x = ", "1"],
    }
    if field == "grading":
        cell["metadata"] = {"nbgrader": value if isinstance(value, dict) else {"grade_id": value}}
    elif field != "cell":
        cell[field] = value
    content = json.dumps(
        {"cells": [value if field == "cell" else cell, GOOD["cells"][0]], "metadata": value}
    ).encode()
    assert parse(content)[-1].source == "x = 1"


def test_lone_surrogates_and_null_bytes_become_harmless():
    cells = [{"cell_type": "code", "source": "a = '\ud800'"}, {"cell_type": "code", "source": "b = '\x00'"}]
    one, two = parse(json.dumps({"cells": cells}).encode())
    assert one.source == "a = '?'"
    assert "\x00" not in two.source
    one.source.encode()


def test_a_file_that_grows_while_it_is_read_is_still_bounded(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "MAX_BYTES", 40)
    monkeypatch.setattr(intake.os, "fstat", lambda _: os.stat_result((0o100644,) + (0,) * 9))
    assert "over 40 bytes" in refusal(tmp_path) or "more than 40 bytes" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("content", "hour"),
    [
        (b"2026-03-03 12:00 UTC", 12),
        (b"2026-03-03T12:00Z", 12),
        ("2026-03-03 12:00:00 UTC\r\n".encode("utf-16"), 12),
        (b"2026-07-03 12:00:00.000000 WITA", 4),
        (b"2026-07-03 12:00:00.000000 WIT", 3),
        (b"2026-07-03 12:00:00.000000 ChST", 2),
        (b"2026-07-03 12:00:00.000000 SST", 23),
        (b"2026-07-03 12:00:00.000000 MEST", 10),
    ],
)
def test_a_stamp_in_a_form_or_zone_that_nbgrader_writes_or_reads(content, hour):
    found = stamp_in(content)
    assert found.moment.hour == hour and not found.doubt


@pytest.mark.parametrize("zone", ["CET", "EET"])
def test_a_zone_whose_summer_may_be_another_is_doubtful(zone):
    assert stamp_in(f"2026-07-03 12:00:00 {zone}".encode()).doubt
    assert not stamp_in(f"2026-01-03 12:00:00 {zone}".encode()).doubt


def test_the_right_notebook_may_be_the_seventh_of_a_folder(folder):
    (folder / f"{LESSON}.ipynb").unlink()
    for number in range(1, 8):
        (folder / f"A{number}.ipynb").write_text(json.dumps(GOOD))
    assert "A7.ipynb" in str(read(folder.parents[1], FOUND))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-03 12:00:00 PM", datetime(2026, 3, 3, 12)),
        ("2026-03-03 11:30:00 PM UTC", datetime(2026, 3, 3, 23, 30)),
        ("2026-03-03 12:15 a.m. +0100", datetime(2026, 3, 2, 23, 15)),
        ("2026-03-03 23:15:00 PM", datetime(2026, 3, 3, 23, 15)),
        ("2026-03-03 12:00:00 PMST", datetime(2026, 3, 3, 12)),
        ("2026-03-03 12:00:00 \u22120300", datetime(2026, 3, 3, 15)),
    ],
)
def test_the_clock_of_twelve_hours_and_a_real_minus(text, moment):
    assert parse_timestamp(text.encode()) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon, 02 Feb 2026 14:23:05 +0100", datetime(2026, 2, 2, 13, 23, 5)),
        ("2 Feb 2026 14:23 GMT", datetime(2026, 2, 2, 14, 23)),
        ("Mon, 2 Feb 2026 14:23:05", datetime(2026, 2, 2, 14, 23, 5)),
        ("Mon, 30 Feb 2026 14:23:05 +0100", None),
        ("2 Feb 2026", None),
    ],
)
def test_a_date_as_mails_have_it(text, moment):
    if moment is None:
        with pytest.raises(SubmissionError, match="not a date like"):
            parse_timestamp(text.encode())
    else:
        assert parse_timestamp(text.encode()) == moment
