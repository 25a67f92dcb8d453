"""Tables of platforms in other countries: read, filled in, and written back in the same manner."""

import csv

import pytest
from nbgrader.api import Gradebook

from grader.errors import CourseError
from grader.lms import export, sheets

GERMAN = (
    "ID;Vollständiger Name;E-Mail-Adresse;Status;Bewertung;Bestwertung;Bewertung kann geändert werden;"
    "Zuletzt geändert (Abgabe);Zuletzt geändert (Bewertung);Feedback als Kommentar\r\n"
    "Teilnehmer/in5001;Ada Lovelace;ada@example.org;Abgegeben;;40,00;Ja;-;-;\r\n"
)


@pytest.fixture
def gradebook(tmp_path):
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db") as book:
        book.add_assignment("initialization")
        book.add_notebook("initialization", "initialization")
        book.add_grade_cell("check", "initialization", "initialization", max_score=40.0, cell_type="code")
        book.add_student(
            "ada", first_name="Ada", last_name="Lovelace", email="ada@example.org", lms_user_id="101"
        )
        grade = book.add_submission("initialization", "ada").notebooks[0].grades[0]
        grade.auto_score, grade.needs_manual_grade = 20.5, False
        book.db.commit()
        yield book


def filled(kind, gradebook, tmp_path, text, **options):
    template, target = tmp_path / "template.csv", tmp_path / "out.csv"
    template.write_bytes(text.encode() if isinstance(text, str) else text)
    options |= {"template": str(template), "to": str(target), "assignment": ["initialization"]}
    kind(**options).export(gradebook)
    return target.read_bytes().decode("utf-8")


CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,initialization (77)\r\n    Points Possible,,,,,{0}\r\n"
    '"Lovelace, Ada",101,1,ada,A,\r\n'
)


def test_a_canvas_file_with_semicolons_keeps_them(gradebook, tmp_path):
    text = CANVAS.format(40).replace('"Lovelace, Ada"', "Ada").replace(",", ";")
    lines = filled(export.CanvasExportPlugin, gradebook, tmp_path, "\ufeff" + text).split("\r\n")
    assert lines[0] == "\ufeffStudent;ID;SIS User ID;SIS Login ID;Section;initialization (77)"
    assert lines[1] == "    Points Possible;;;;;40"
    assert lines[2] == "Ada;101;1;ada;A;20.5"


def test_canvas_with_another_maximum_is_refused_or_scaled_and_never_rewritten(gradebook, tmp_path):
    with pytest.raises(
        CourseError, match=r"maximum for initialization \(77\) is 100, the lesson is out of 40; .*--scale"
    ):
        filled(export.CanvasExportPlugin, gradebook, tmp_path, CANVAS.format(100))
    assert not (tmp_path / "out.csv").exists()
    lines = filled(export.CanvasExportPlugin, gradebook, tmp_path, CANVAS.format(100), scale=True).split(
        "\r\n"
    )
    assert lines[1] == "    Points Possible,,,,,100"
    assert lines[2] == '"Lovelace, Ada",101,1,ada,A,51.25'


def test_a_maximum_that_canvas_calls_read_only_is_left_alone(gradebook, tmp_path):
    text = filled(export.CanvasExportPlugin, gradebook, tmp_path, CANVAS.format("(read only)"))
    assert "(read only)" in text
    assert ",20.5" in text


def test_a_german_worksheet_is_filled_in_with_its_own_headers_and_commas(gradebook, tmp_path):
    lines = filled(export.MoodleExportPlugin, gradebook, tmp_path, GERMAN).split("\r\n")
    assert lines[0] == GERMAN.split("\r\n")[0]
    assert lines[1] == "Teilnehmer/in5001;Ada Lovelace;ada@example.org;Abgegeben;20,5;40,00;Ja;-;-;"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_worksheet_in_any_usual_encoding_is_read(gradebook, tmp_path, encoding):
    text = filled(export.MoodleExportPlugin, gradebook, tmp_path, GERMAN.encode(encoding))
    assert ";20,5;40,00;" in text
    assert "Vollständiger Name" in text


def test_a_decimal_comma_in_an_english_worksheet_is_a_number(gradebook, tmp_path):
    english = (
        "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
        "Last modified (submission),Last modified (grade),Feedback comments\r\n"
        'Participant 5001,Ada Lovelace,ada@example.org,Submitted,,"40,00",Yes,-,-,\r\n'
    )
    text = filled(export.MoodleExportPlugin, gradebook, tmp_path, english)
    assert list(csv.reader(text.splitlines()))[1][4] == "20,5"


def test_a_scale_is_named(gradebook, tmp_path):
    with pytest.raises(CourseError, match="'sehr gut' is no number; set the assignment to points"):
        filled(export.MoodleExportPlugin, gradebook, tmp_path, GERMAN.replace("40,00", "sehr gut"))


def test_a_language_that_nobody_knows_says_what_to_do(gradebook, tmp_path):
    with pytest.raises(CourseError, match="download the file with the platform set to English"):
        filled(export.MoodleExportPlugin, gradebook, tmp_path, "識別子,氏名,評点\r\n1,2,3\r\n")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("40", 40),
        ("40.5", 40.5),
        ("40,5", 40.5),
        ("1.000,50", 1000.5),
        ("1,000.50", 1000.5),
        ("1 000,5", 1000.5),
    ],
)
def test_numbers_of_any_country_are_read(text, value):
    assert sheets.as_number(text, "here") == value


def test_two_columns_of_one_name_stay_two():
    sheet = sheets.sheet_in("a,a\n1,2\n")
    assert sheet.rows == ({"a": "1", "a [2]": "2"},)
    assert list(sheet.titles.values()) == ["a", "a"]


def test_a_quote_that_is_never_closed_loses_nobody_in_silence(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text('id,name\nada,Ada\ngrace,"Grace\nmary,Mary\n')
    with pytest.raises(CourseError, match="opened in line 3 is never closed"):
        sheets.read_sheet(path, ["id"])


def test_a_quote_within_a_name_is_read_as_a_spreadsheet_does():
    sheet = sheets.sheet_in('id,name\nada,"Ada "L" Lovelace"\n')
    assert sheet.rows[0]["id"] == "ada"


def test_a_canvas_file_with_decimal_commas_keeps_them(gradebook, tmp_path):
    text = (
        CANVAS.format("40;00").replace('"Lovelace, Ada"', "Ada").replace(",", ";").replace("40;00", "40,00")
    )
    lines = filled(export.CanvasExportPlugin, gradebook, tmp_path, text).split("\r\n")
    assert lines[2] == "Ada;101;1;ada;A;20,5"


@pytest.mark.parametrize("ids", ["9,ada,x@y.z", "9,,ADA@example.org"])
def test_a_student_whom_canvas_knows_by_another_of_its_ids(gradebook, tmp_path, ids):
    text = CANVAS.format(40).replace("101,1,ada", ids)
    assert ",20.5" in filled(export.CanvasExportPlugin, gradebook, tmp_path, text)


def test_a_canvas_file_of_nobody_here_is_no_success(gradebook, tmp_path):
    with pytest.raises(CourseError, match="nobody in it is in the gradebook's roster"):
        filled(
            export.CanvasExportPlugin, gradebook, tmp_path, CANVAS.format(40).replace("101,1,ada", "9,8,7")
        )


def test_a_comma_in_a_section_is_no_decimal_comma(gradebook, tmp_path):
    text = CANVAS.format(40).replace(",A,", ',"1,2",')
    assert ',"1,2",20.5' in filled(export.CanvasExportPlugin, gradebook, tmp_path, text)
