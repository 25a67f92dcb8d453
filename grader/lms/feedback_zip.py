"""The feedback pages as Moodle takes them back."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from . import formats


def write_feedback_zip(
    target: Path, feedback: Path, pages: Iterable[tuple[dict[str, str], formats.Grade]]
) -> int:
    """Writes Moodle's upload layout, `name_number_assignsubmission_file_/<lesson>.html`; says how many pages went in.

    Moodle splits the folder's name at underscores and takes the second part for the participant's number, so a name
    must hold neither an underscore nor a slash; nor anything else that a Windows folder's name cannot have.
    """
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for row, grade in pages:
            page = feedback / grade.person.id / grade.lesson / f"{grade.lesson}.html"
            if not page.is_file():
                continue
            name = re.sub(r'[_/\\:*?"<>|]', " ", row["Full name"]).strip()
            folder = f"{name}_{formats.participant(row['Identifier'])}_assignsubmission_file_"
            entry = zipfile.ZipInfo(
                f"{folder}/{grade.lesson}.html"
            )  # ZipInfo's fixed date keeps the bytes reproducible
            archive.writestr(entry, page.read_bytes(), zipfile.ZIP_DEFLATED)
            count += 1
    return count
