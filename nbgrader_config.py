"""nbgrader's view of the course: which folder is which step. Read by nbgrader's commands, formgrader and `grader`."""

import os
from pathlib import Path

c = get_config()  # noqa: F821 - traitlets gives this name to a configuration file
root = Path(__file__).resolve().parent

(root / "grades").mkdir(exist_ok=True)  # where nbgrader makes its gradebook, in a fresh clone too

c.CourseDirectory.course_id = "practical-aspects"
c.CourseDirectory.root = str(root)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.CourseDirectory.submitted_directory = "submissions"
c.CourseDirectory.autograded_directory = "grades/autograded"
c.CourseDirectory.feedback_directory = "grades/feedback"
c.CourseDirectory.db_url = f"sqlite:///{root}/grades/gradebook.db"
# nbgrader copies what lies beside a source notebook into the release, except this
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "*.py", "exercises"]

# A folder that students and instructors of one machine or JupyterHub share; see the README's "Run a term".
c.Exchange.root = os.environ.get("COURSE_EXCHANGE", "/srv/nbgrader/exchange")
c.Exchange.path_includes_course = True

# Pages made from submissions run nothing and load nothing: our feedback page, formgrader with its cells made inert.
from grader.views import nbpages  # noqa: E402

nbpages.configure(c)

# Student code runs in the two rooms, whoever asks: `nbgrader autograde` and formgrader's button too.
from grader.grading import nbgrader_hooks  # noqa: E402

nbgrader_hooks.configure(c)

# The columns of nbgrader's own plugin, which asks the database four times for each row and does not quote names.
c.ExportApp.plugin_class = "grader.lms.export.CsvExportPlugin"

# A tenth of the score for each day begun after the deadline; remove the mark to switch it on.
# c.AssignLatePenalties.plugin_class = "grader.records.late.PercentPerDay"
# c.PercentPerDay.percent = 10
