"""What is named on the command line, as downloads: which folders and ZIP files are one, and which are one student's."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from .files import File, archives_in, clean, files_in
from .notices import Notices
from .people import People
from .platforms import FOLDERS, bared, is_students, platform_of

MOST_UNPACKED = 8 * 2**30  # bytes of ZIP files within a ZIP file


@contextmanager
def downloads(paths: Sequence[Path], people: People) -> Iterator[list[list[File]]]:
    """The files of each download, as long as the context lasts.

    Folders of one student each, such as clones, are one download together, and so are their ZIP files: what lies around
    a student's part is then named by the folder, never by the student.
    """
    with tempfile.TemporaryDirectory() as scratch:
        yield list(_downloads(paths, people, Path(scratch)))


def _downloads(paths: Sequence[Path], people: People, scratch: Path) -> Iterator[list[File]]:
    own = _students_own([path for path in paths if path.is_dir()], people)
    archives: list[Path] = []
    for path in paths:
        if path in own:
            continue
        inner = _inner(path, scratch / str(len(archives)))
        archives += inner
        if path.is_dir():
            files = list(files_in(path, inner))
            if files or not inner:
                yield files
        elif zipfile.is_zipfile(path) and not inner:
            archives.append(path)
        elif not inner:
            yield list(files_in(path))
    yield from _together([(clean(path.resolve().name), list(files_in(path))) for path in own])
    yield from _of_archives(archives, alone=len(paths) == len(archives) == 1)


def _students_own(folders: Sequence[Path], people: People) -> list[Path]:
    """Those of the folders that are one student's each: clones, or with the name of somebody on the roster."""
    names = {path: clean(path.resolve().name) for path in folders}
    slugs = people.slugs([(name,) for name in names.values()])
    return [
        path
        for path, name in names.items()
        if (path / ".git").exists() or people.of_folder(name, slugs) is not None
    ]


def _inner(path: Path, scratch: Path) -> list[Path]:
    """The ZIP files in a folder, or in a ZIP file that holds nothing else, unless a platform's names say whose they are."""
    if path.is_dir():
        return [archive for archive in archives_in(path) if not is_students(File((archive.name,), bytes))]
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [
                entry
                for entry in archive.infolist()
                if not entry.is_dir() and "__MACOSX" not in entry.filename
            ]
            names = [clean(entry.filename.replace("\\", "/").rpartition("/")[2]) for entry in entries]
            if not entries or any(
                not name.lower().endswith(".zip") or is_students(File((name,), bytes)) for name in names
            ):
                return []
            if sum(entry.file_size for entry in entries) > MOST_UNPACKED or len(set(names)) < len(names):
                return []
            scratch.mkdir()
            for entry, name in zip(entries, names, strict=True):
                with archive.open(entry) as packed, open(scratch / name, "xb") as file:
                    shutil.copyfileobj(packed, file)
    except Exception:  # a stranger's ZIP file may be damaged in many ways; whoever reads it next says so
        return []
    return archives_in(scratch)


def _of_archives(archives: Sequence[Path], alone: bool) -> Iterator[list[File]]:
    """ZIP files: each a download, but those without a platform's names, which are one student's each, or class parts."""
    loose: list[tuple[str, list[File]]] = []
    for archive in archives:
        files = list(files_in(archive))
        if alone or platform_of(unwrapped(files), Notices()) != FOLDERS:
            yield files
        else:
            loose.append((clean(archive.stem), files))
    yield from _together(loose)


def _together(named: Sequence[tuple[str, list[File]]]) -> Iterator[list[File]]:
    if named:
        yield [replace(file, parts=(name, *file.parts)) for name, files in named for file in files]


def unwrapped(files: Sequence[File]) -> list[File]:
    """A download without the folders that packing it again has put around it, where a platform's names come out then."""
    bare = list(files)
    for _ in range(3):
        if platform_of(bare, Notices()) != FOLDERS:
            return bare
        bare = bared(bare)
    return list(files)
