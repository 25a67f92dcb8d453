"""Downloads as each platform packs them, made here: names and layouts of their documented forms, our notebooks inside."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path

from .here import COURSE
from .papers import notebook_of

ROSTER = """id,first_name,last_name,email,lms_user_id
ada,Ada,Lovelace,ada@example.org,101
bob,Bob,Stone,bob@example.org,102
zoe,Zoë,日本,zoe@example.org,103
eve,Eve,Case,eve@example.org,105
fay,Fay,Two,fay@example.org,106
"""


def work(lesson: str, mark: str = "") -> bytes:
    """A whole notebook of a lesson; `mark` makes it another one."""
    notebook = notebook_of(COURSE.lesson(lesson))
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": f"mark {mark}"})
    return json.dumps(notebook).encode()


def packed(
    path: Path, files: Mapping[str, bytes], dates: Mapping[str, tuple[int, ...]] | None = None
) -> Path:
    """A ZIP file with these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (dates or {}).get(name, (2026, 3, 3, 12, 0, 0)))
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return path


def laid_out(folder: Path, files: Mapping[str, bytes]) -> Path:
    """A folder with these files."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def mail(sender: str, date: str, name: str, content: bytes) -> bytes:
    """A mail with one attachment."""
    message = EmailMessage()
    message["From"], message["To"], message["Date"], message["Subject"] = (
        sender,
        "course@example.org",
        date,
        "work",
    )
    message.set_content("Here it is.")
    message.add_attachment(content, maintype="application", subtype="x-ipynb+json", filename=name)
    return message.as_bytes()


GRADESCOPE = b"""---
submission_9001:
  :submitters:
  - :name: Ada Lovelace
    :sid: '101'
    :email: ada@example.org
  :created_at: 2026-03-03 11:59:00.000000000 Z
  :score: 0.0
  :results:
    tests:
    - name: public
submission_9002:
  :submitters:
  - :name: Bob Stone
    :sid: ''
    :email: bob@example.org
  - :name: Eve Case
    :sid: '105'
    :email: eve@example.org
  :created_at: 2026-03-03 12:30:00.000000000 +01:00
  :history:
  - :id: 8999
    :created_at: 2026-03-01 12:30:00.000000000 Z
"""
