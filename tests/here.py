"""The course that lies around these tests."""

from pathlib import Path

from grader.course import Course, Lesson

COURSE = Course.load(Path(__file__).resolve().parents[1])
ROOT, LESSONS = COURSE.root, COURSE.lessons


def load_lesson(name: str, root: Path = ROOT) -> Lesson:
    """A built lesson of this course, or of another one at `root`."""
    return COURSE.lesson(name) if root == ROOT else Course(root, (name,)).lesson(name)
