"""Exports that Canvas and Moodle read, opened as those systems open them."""

import csv
import io
import shutil
import zipfile
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from nbgrader.api import Gradebook
from traitlets.config import PyFileConfigLoader

from grader.errors import CourseError
from grader.lms import export, formats
from grader.lms.rows import in_canvas, in_moodle
from tests.here import COURSE, ROOT

PEOPLE = {
    "ada": {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.org", "lms_user_id": "101"},
    "bo": {"first_name": "Bó, the", "last_name": "Ngô_Thị", "email": "bo@example.org", "lms_user_id": "102"},
    "late": {"first_name": "Zoë", "last_name": "日本", "email": "late@example.org", "lms_user_id": "103"},
    "absent": {
        "first_name": "Nobody",
        "last_name": "Here",
        "email": "absent@example.org",
        "lms_user_id": "104",
    },
}


@pytest.fixture(scope="module")
def filled_database(tmp_path_factory):
    path = tmp_path_factory.mktemp("class") / "gradebook.db"
    with Gradebook(f"sqlite:///{path}") as book:
        for lesson in ("initialization", "gradient_checking"):
            book.add_assignment(lesson, duedate=datetime(2026, 1, 2, tzinfo=UTC).replace(tzinfo=None))
            book.add_notebook(lesson, lesson)
            book.add_grade_cell("check", lesson, lesson, max_score=40.0, cell_type="code")
        for student, fields in PEOPLE.items():
            book.add_student(student, **fields)
            if student == "absent":
                continue
            submission = book.add_submission("initialization", student)
            grade = submission.notebooks[0].grades[0]
            grade.auto_score, grade.needs_manual_grade = 30.0, False
            submission.notebooks[0].late_submission_penalty = 5.0 if student == "late" else None
        book.db.commit()
    return path


@pytest.fixture
def gradebook(filled_database, tmp_path):
    path = shutil.copy(filled_database, tmp_path / "gradebook.db")
    with Gradebook(f"sqlite:///{path}") as book:
        yield book


def read(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def test_a_penalty_lowers_the_score_and_who_handed_in_nothing_has_none(gradebook):
    scores = {grade.person.id: grade.score for grade in formats.read_grades(gradebook, ["initialization"])}
    assert scores == {"ada": 30.0, "bo": 30.0, "late": 25.0, "absent": None}


def test_an_unknown_lesson_is_named_beside_those_that_exist(gradebook):
    with pytest.raises(CourseError, match="no lesson 'initialisation'.*gradient_checking, initialization"):
        formats.read_grades(gradebook, ["initialisation"])


def test_csv_has_nbgraders_columns_and_survives_commas(gradebook, tmp_path):
    export.CsvExportPlugin(to=str(tmp_path / "out.csv")).export(gradebook)
    rows = read(tmp_path / "out.csv")
    assert list(rows[0]) == list(export.CSV_COLUMNS)
    assert len(rows) == 2 * len(PEOPLE)
    (bo,) = [row for row in rows if row["student_id"] == "bo" and row["assignment"] == "initialization"]
    assert (bo["first_name"], bo["score"], bo["max_score"]) == ("Bó, the", "30.0", "40.0")


def test_csv_agrees_with_nbgraders_own_plugin(gradebook, tmp_path):
    from nbgrader.plugins import CsvExportPlugin

    gradebook.update_or_create_student("bo", first_name="Bo")  # the stock plugin does not quote
    by_hand = gradebook.find_grade("check", "initialization", "initialization", "bo")
    by_hand.manual_score, by_hand.extra_credit = 7.5, 2.0
    gradebook.db.commit()
    CsvExportPlugin(to=str(tmp_path / "stock.csv")).export(gradebook)
    export.CsvExportPlugin(to=str(tmp_path / "ours.csv")).export(gradebook)
    ours, stock = (
        {tuple(row.values()) for row in read(tmp_path / f"{name}.csv") if row["student_id"] != "absent"}
        for name in ("ours", "stock")
    )
    assert ours - stock == {
        row for row in ours if row[0] == "gradient_checking"
    }  # nobody has a grade there: empty
    (absent,) = [row for row in read(tmp_path / "ours.csv") if row["student_id"] == "absent"][1:]
    assert (absent["raw_score"], absent["score"]) == ("", "")


def steps_of_sqlite(gradebook):
    """How many instructions of SQLite's machine it takes to read all grades, in hundreds."""
    steps = []
    gradebook.db.connection().connection.dbapi_connection.set_progress_handler(lambda: steps.append(1), 100)
    gradebook.db.expire_all()
    formats.read_grades(gradebook)
    return len(steps)


def test_eight_times_the_class_takes_about_eight_times_the_work(gradebook):
    steps = []
    for class_size in (25, 200):
        for number in range(len(gradebook.students), class_size):
            gradebook.add_student(f"s{number}")
            gradebook.add_submission("initialization", f"s{number}").notebooks[0].grades[0].auto_score = 1
        gradebook.db.commit()
        steps.append(steps_of_sqlite(gradebook))
    assert 8 < steps[1] / steps[0] < 12, steps


def test_the_courses_nbgrader_export_is_the_one_that_stays_fast():
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    assert config.ExportApp.plugin_class == f"{export.__name__}.{export.CsvExportPlugin.__name__}"


def test_grades_that_wait_for_a_hand_are_told_of_before_they_are_pasted(gradebook, tmp_path, caplog):
    export.CanvasExportPlugin(to=str(tmp_path / "c.csv")).export(gradebook)
    assert "by hand" not in caplog.text
    gradebook.find_grade("check", "initialization", "initialization", "ada").needs_manual_grade = True
    gradebook.db.commit()
    export.CanvasExportPlugin(to=str(tmp_path / "c.csv")).export(gradebook)
    assert "1 submissions wait for points by hand" in caplog.text


def test_a_backslash_in_a_name_cannot_eat_the_quote_after_it(gradebook, tmp_path):
    gradebook.update_or_create_student("ada", first_name="A, \\", last_name="B")
    gradebook.db.commit()
    export.MoodleExportPlugin(to=str(tmp_path / "m.csv")).export(gradebook)
    assert '"A, /"' in (tmp_path / "m.csv").read_text(encoding="utf-8")


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", " =cmd|' /C calc'!A0"]


@pytest.mark.parametrize("form", sorted(export.FORMATS))
@pytest.mark.parametrize("name", FORMULAS)
def test_no_name_becomes_a_formula(gradebook, tmp_path, name, form):
    gradebook.update_or_create_student("ada", first_name=name, last_name=name)
    gradebook.db.commit()
    sheet = tmp_path / "sheet.csv"
    export.FORMATS[form](to=str(sheet)).export(gradebook)
    cells = [cell for row in read(sheet) for cell in row.values()]
    assert any(cell.startswith(f"'{name}") for cell in cells)
    assert not [cell for cell in cells if cell.lstrip().startswith(tuple("=+-@"))]


def test_a_name_in_a_systems_own_file_becomes_no_formula_either(gradebook, worksheet, tmp_path):
    worksheet.write_text(worksheet.read_text(encoding="utf-8").replace("Ada L", "=Ada L"), encoding="utf-8")
    canvas = tmp_path / "canvas.csv"
    canvas.write_text(
        'Student,ID,SIS Login ID,Section,initialization (7)\n"=""=Ada""",101,ada,A,\n', encoding="utf-8"
    )
    for form, template in (("moodle", worksheet), ("canvas", canvas)):
        options = {"template": str(template), "to": str(tmp_path / form), "assignment": ["initialization"]}
        export.FORMATS[form](**options).export(gradebook)
        (row,) = [row for row in read(tmp_path / form) if "=" in "".join(row.values())]
        assert [cell for cell in row.values() if cell.startswith("'=")]
        assert "30" in row.values()


def canvas_importer(path):
    """Reads a file as Canvas's importer does: header rule, points row, students by id, then login, then name."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    header = rows[0]
    assert "Student" in header[0] and "ID" in header[1]
    width = 3
    if header[2] == "SIS Login ID":
        width = 4
    elif header[2] == "SIS User ID" and header[3] == "SIS Login ID":
        width = 5
    assert header[width - 1] == "Section"
    assert "Points Possible" in rows[1][0]
    students = {row[1]: dict(zip(header[width:], row[width:], strict=True)) for row in rows[2:]}
    return dict(zip(header[width:], rows[1][width:], strict=True)), students


def test_canvas_reads_a_fresh_file(gradebook, tmp_path):
    export.CanvasExportPlugin(to=str(tmp_path / "canvas.csv")).export(gradebook)
    maxima, students = canvas_importer(tmp_path / "canvas.csv")
    assert maxima == {"gradient_checking": "40", "initialization": "40"}
    assert students["103"] == {"gradient_checking": "", "initialization": "25"}
    assert students["104"]["initialization"] == ""


def test_canvas_gets_its_own_gradebook_back_filled_in(gradebook, tmp_path):
    template = tmp_path / "from-canvas.csv"
    template.write_text(
        "\ufeffStudent,ID,SIS Login ID,Section,initialization (77),Essay (78),Final Score\n"
        ",,,,Manual Posting,,\n"
        "    Points Possible,,,,40,10,(read only)\n"
        '"Lovelace, Ada",101,ada,A,12,9,\n"Student, Test",999,,A,,,\n"Here, Nobody",104,absent,A,3,,\n',
        encoding="utf-8",
    )
    export.CanvasExportPlugin(to=str(tmp_path / "canvas.csv"), template=str(template)).export(gradebook)
    maxima, students = canvas_importer(tmp_path / "canvas.csv")
    assert maxima == {"initialization (77)": "40"}
    assert "" not in students
    assert students["101"] == {"initialization (77)": "30"}
    assert students["104"] == {"initialization (77)": "3"}  # nothing of ours: what Canvas has stays
    assert students["999"] == {"initialization (77)": ""}


def test_who_is_excused_in_canvas_stays_so(gradebook, tmp_path, caplog):
    template = tmp_path / "t.csv"
    template.write_text(
        "Student;ID;SIS Login ID;Section;Essay, draft, one, two, three, four (78);initialization (77)\n"
        '    Points Possible;;;;10;40\nLovelace, Ada;101;ada;A;;EX\n"Ngô, Bo";102;bo;A;;\n',
        encoding="utf-8",
    )
    export.CanvasExportPlugin(to=str(tmp_path / "c.csv"), template=str(template)).export(gradebook)
    text = (tmp_path / "c.csv").read_text(encoding="utf-8")
    assert "EX" in text and "excused" in caplog.text and "30" in text


def test_a_maximum_of_zero_scales_nobody_to_zero(gradebook, tmp_path):
    template = tmp_path / "t.csv"
    template.write_text(
        "Student,ID,SIS Login ID,Section,initialization (77)\n    Points Possible,,,,0\n"
        '"Lovelace, Ada",101,ada,A,\n',
        encoding="utf-8",
    )
    with pytest.raises(CourseError, match="maximum"):
        export.CanvasExportPlugin(to=str(tmp_path / "c.csv"), template=str(template), scale=True).export(
            gradebook
        )


@pytest.mark.parametrize("no", ["No", "Nein", "Non", "Não", "nee"])
def test_a_locked_grade_stays_locked_in_every_language(gradebook, worksheet, tmp_path, caplog, no):
    worksheet.write_text(worksheet.read_text(encoding="utf-8").replace(",No,", f",{no},"), encoding="utf-8")
    plugin = export.MoodleExportPlugin(
        to=str(tmp_path / "m.csv"), template=str(worksheet), assignment=["initialization"]
    )
    plugin.export(gradebook)
    assert [row["Grade"] for row in read(tmp_path / "m.csv")] == ["30", "30", "", ""]
    assert "is locked" in caplog.text


def test_canvas_file_without_a_lessons_column_is_refused(gradebook, tmp_path):
    (tmp_path / "t.csv").write_text("Student,ID,SIS Login ID,Section,Essay (1)\n", encoding="utf-8")
    with pytest.raises(CourseError, match="no column is named after a lesson"):
        export.CanvasExportPlugin(to=str(tmp_path / "c.csv"), template=str(tmp_path / "t.csv")).export(
            gradebook
        )


WORKSHEET = (
    "Identifier,Full name,ID number,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments\r\n"
    'Participant 5001,Ada Lovelace,101,ada@example.org,Submitted,,{maximum},Yes,"Monday, 2 March 2026, 10:00 AM",-,\r\n'
    'Participant 5002,"Bó, the Ngô_Thị",,BO@example.org,Submitted,,{maximum},Yes,-,-,\r\n'
    "Participant 5003,Zoë 日本,,,Submitted,,{maximum},No,-,-,\r\n"
    "Participant 5009,A Stranger,,,No submission,,{maximum},Yes,-,-,\r\n"
)


@pytest.fixture
def worksheet(tmp_path):
    path = tmp_path / "worksheet.csv"
    path.write_bytes(WORKSHEET.format(maximum="40.00").encode())
    return path


def test_moodle_worksheet_comes_back_with_only_its_grades_changed(gradebook, worksheet, tmp_path, caplog):
    plugin = export.MoodleExportPlugin(
        to=str(tmp_path / "m.csv"), template=str(worksheet), assignment=["initialization"]
    )
    plugin.export(gradebook)
    before, after = read(worksheet), read(tmp_path / "m.csv")
    assert [row.pop("Grade") for row in after] == ["30", "30", "", ""]
    assert [row.pop("Grade") for row in before] == [""] * 4
    assert after == before
    assert "fits nobody on the gradebook's roster" in caplog.text
    assert "Zoë 日本 is locked" in caplog.text


def test_moodles_other_maximum_is_refused_unless_converted(gradebook, worksheet, tmp_path):
    worksheet.write_bytes(WORKSHEET.format(maximum="100.00").encode())
    options = {"to": str(tmp_path / "m.csv"), "template": str(worksheet), "assignment": ["initialization"]}
    with pytest.raises(CourseError, match="maximum is 100, the lesson initialization is out of 40"):
        export.MoodleExportPlugin(**options).export(gradebook)
    export.MoodleExportPlugin(scale=True, **options).export(gradebook)
    assert [row["Grade"] for row in read(tmp_path / "m.csv")][:2] == ["75", "75"]


def test_moodle_finds_every_page_of_the_feedback_zip(gradebook, worksheet, tmp_path):
    for student in ("ada", "bo"):
        page = tmp_path / "feedback" / student / "initialization" / "initialization.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"page of {student}", encoding="utf-8")
    export.MoodleExportPlugin(
        to=str(tmp_path / "m.csv"),
        template=str(worksheet),
        assignment=["initialization"],
        feedback=str(tmp_path / "feedback"),
    ).export(gradebook)
    with zipfile.ZipFile(tmp_path / "m.zip") as archive:
        assert archive.testzip() is None
        found = {}
        for name in archive.namelist():  # as Moodle's importer splits a path
            parts = name.split("/")[0].split("_", 4)
            assert parts[2:4] == ["assignsubmission", "file"]
            found[int(parts[1])] = archive.read(name).decode()
    assert found == {5001: "page of ada", 5002: "page of bo"}


def test_without_a_worksheet_moodle_gets_a_grade_import_file(gradebook, tmp_path):
    export.MoodleExportPlugin(to=str(tmp_path / "m.csv")).export(gradebook)
    rows = {row["ID number"]: row for row in read(tmp_path / "m.csv")}
    assert rows["103"]["initialization"] == "25"
    assert rows["103"]["Email address"] == "late@example.org"


def test_two_students_of_one_name_are_not_guessed():
    twins = [formats.Person(name, "Kim", "Lee", "", "") for name in ("kim1", "kim2")]
    assert in_moodle([{"Full name": "Kim Lee"}], twins, "") == [None]
    assert in_moodle([{"Full name": "Kim Lee", "Username": "kim2"}], twins, "") == [twins[1]]


def test_a_row_whose_number_or_address_is_another_one_s_gets_no_grade(caplog):
    ana = formats.Person("ana", "Ana", "Silva", "ana@x.org", "101")
    rows = [{"Full name": "Ana Silva", "Email address": mail} for mail in ("ana@x.org", "ana2@x.org")]
    assert in_moodle(rows, [ana], "ws.csv") == [ana, None]
    assert "the name is that of ana, the e-mail address is not" in caplog.text
    assert in_moodle([{"Full name": "Ana Silva"}] * 2, [ana], "ws.csv") == [None, None]
    assert "2 rows fit ana" in caplog.text


def test_canvas_s_own_number_is_no_login():
    bob, ada = formats.Person("101", "Bob", "S", "", ""), formats.Person("ada", "Ada", "L", "", "")
    rows = [
        {"Student": "L, Ada", "ID": "101", "SIS Login ID": "ada"},
        {"Student": "S, Bob", "ID": "7", "SIS Login ID": "101"},
    ]
    assert in_canvas(rows, [bob, ada], "canvas.csv") == [ada, bob]


@pytest.mark.parametrize("maximum", ["nan", "inf", "0", "-5"])
def test_a_maximum_that_is_none_is_refused(gradebook, tmp_path, maximum):
    row = {"Identifier": "Participant 1", "Full name": "A", "Email address": "late@example.org", "Grade": ""}
    template = tmp_path / "ws.csv"
    with template.open("w", newline="", encoding="utf-8") as file:
        columns = [*row, "Maximum Grade", "Last modified (grade)"]
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerow(row | {"Maximum Grade": maximum, "Last modified (grade)": "-"})
    plugin = export.MoodleExportPlugin(
        template=str(template), to=str(tmp_path / "o.csv"), assignment=["initialization"], scale=True
    )
    with pytest.raises(CourseError):
        plugin.export(gradebook)


def test_the_command_writes_where_it_says(gradebook, tmp_path, capsys):
    args = SimpleNamespace(
        format="canvas", lesson=["initialization"], to=str(tmp_path / "x.csv"), template="", student=["ada"],
        grades=tmp_path, db=None, scale=False, feedback=False,
    )  # fmt: skip
    assert export.run(args, COURSE) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "x.csv")
    assert list(canvas_importer(tmp_path / "x.csv")[1]) == ["101"]
