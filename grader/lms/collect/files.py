"""What is in a download: ZIP files, folders and mails, read one file at a time and never unpacked to disk."""

from __future__ import annotations

import email.policy
import functools
import lzma
import mmap
import os
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO

from ...submission import forms

MAX_FILES = 200_000  # of one download
NO_FILE = "no attachment"
MAX_MAIL = 64 * 2**20  # bytes of one
OUTLOOK = "a mail of Outlook's own form, which cannot be read here; save it as .eml"
MAX_NOTICE = 20 * 2**20  # of a table or a list of submissions
# What stands before each mail of an mbox file: "From", a sender, a date; then a header. A text may have a line "From …".
_FROM = re.compile(rb"(?m)^From [^\n]*\b\d{4}\b[^\n]*\n(?=[!-9;-~]+:)")


@dataclass(frozen=True)
class File:
    """One file of a download: its path in it, outermost name first, and how to read it.

    `changed` is when it was changed last, in no zone, as a ZIP says. `sender` and `sent` are a mail's. `trouble` says
    why it cannot be read. `named` is one that was named itself, `cloned` one of a repository.
    """

    parts: tuple[str, ...]
    load: Callable[[], bytes]
    changed: datetime | None = None
    sender: str = ""
    sent: datetime | None = None
    trouble: str = ""
    named: bool = False
    cloned: bool = False

    @property
    def name(self) -> str:
        """Its path as a person reads it."""
        return "/".join(self.parts)


def files_in(download: Path, without: Collection[Path] = ()) -> Iterator[File]:
    """The files of a download that can matter; one that cannot be read comes with its trouble, and stops no other.

    Of a folder, those `without` are left out.
    """
    suffix = download.suffix.lower()
    if download.is_dir():
        yield from _in_folder(download, without)
    elif suffix == ".zip" or zipfile.is_zipfile(download):
        yield from _in_zip(download)
    elif suffix in (".eml", ".mbox"):
        yield from _in_mails(download, (clean(download.name),))
    else:
        trouble = OUTLOOK if suffix == ".msg" else ""
        yield File((clean(download.name),), lambda: _read(download), trouble=trouble, named=True)


def archives_in(path: Path) -> list[Path]:
    """The ZIP files that lie in a folder, not deeper; none if it is no folder."""
    files = sorted(path.iterdir()) if path.is_dir() else []
    return [
        file for file in files if file.suffix.lower() == ".zip" and not file.is_symlink() and file.is_file()
    ]


def _in_folder(folder: Path, without: Collection[Path]) -> Iterator[File]:
    count, clones = 0, set[str]()
    for root, folders, names in os.walk(folder):
        if ".git" in folders + names or os.path.dirname(root) in clones:
            clones.add(root)
        folders[:] = sorted(
            f for f in folders if not _is_hidden(f) and not os.path.islink(os.path.join(root, f))
        )
        for name in sorted(names):
            path, count = Path(root, name), count + 1
            if _is_hidden(name) or count > MAX_FILES or path in without:
                continue
            parts = tuple(clean(part) for part in path.relative_to(folder).parts)
            if not stat.S_ISREG(path.lstat().st_mode):
                yield File(parts, bytes, trouble="it is a link, or no plain file")
            elif name.lower().endswith((".eml", ".mbox")):
                yield from _in_mails(path, parts)
            else:
                changed = datetime.fromtimestamp(path.lstat().st_mtime)
                trouble = OUTLOOK if name.lower().endswith(".msg") else ""
                read, cloned = functools.partial(_read, path), root in clones
                yield File(parts, read, changed, trouble=trouble, cloned=cloned)


def _in_zip(path: Path) -> Iterator[File]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as err:
        yield File(
            (clean(path.name),), bytes, trouble=f"the ZIP file cannot be read ({err}); download it again"
        )
        return
    for entry in entries[:MAX_FILES]:
        parts = tuple(
            clean(part) for part in _name(entry).replace("\\", "/").split("/") if part not in ("", ".", "..")
        )
        if not parts or entry.is_dir() or any(map(_is_hidden, parts)):
            continue
        if parts[-1].lower().endswith(".eml"):
            yield from _in_mail(functools.partial(_unzipped, path, entry, MAX_MAIL), entry.file_size, parts)
            continue
        yield File(parts, lambda entry=entry: _unzipped(path, entry), _date(entry), trouble=_trouble(entry))  # type: ignore[misc]


def _trouble(entry: zipfile.ZipInfo) -> str:
    if entry.filename.lower().endswith(".msg"):
        return OUTLOOK
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "it is a link"
    if entry.flag_bits & 1:
        return "it needs a password"
    return "it is too large" if entry.file_size > forms.MAX_BYTES else ""


def _unzipped(path: Path, entry: zipfile.ZipInfo, most: int = forms.MAX_BYTES) -> bytes:
    """An entry's bytes, at most as many as a submission may have and one more. Raises OSError if it is damaged."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(entry) as file:
            return file.read(most + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        RuntimeError,
        NotImplementedError,
    ) as err:
        raise OSError(f"damaged in the ZIP file ({err})") from err


def _name(entry: zipfile.ZipInfo) -> str:
    """An entry's name; one that is not marked as UTF-8 may be so all the same."""
    if entry.flag_bits & 0x800:
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return entry.filename


def _date(entry: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*entry.date_time) if entry.date_time[0] > 1980 else None
    except ValueError:
        return None


def _in_mails(path: Path, parts: tuple[str, ...]) -> Iterator[File]:
    """The attachments of one mail, or of the mails of an mbox file, which are read one at a time."""
    try:
        with _opened(path) as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            heads = list(_FROM.finditer(content)) if parts[-1].lower().endswith(".mbox") else []
            starts = [head.end() for head in heads] or [0]
            ends = [*(head.start() for head in heads[1:]), len(content)]
    except (OSError, ValueError) as err:  # an empty one cannot be mapped
        yield File(parts, bytes, trouble=f"it cannot be read as a mail ({err})")
        return
    for number, span in enumerate(list(zip(starts, ends, strict=True))[:MAX_FILES], 1):
        inner = (*parts, *([f"mail {number}"] if len(starts) > 1 else []))
        yield from _in_mail(functools.partial(_part, path, span), span[1] - span[0], inner)


def _in_mail(read: Callable[[], bytes], size: int, parts: tuple[str, ...]) -> Iterator[File]:
    """The attachments of one mail; one that holds no file comes as such, so that its sender is not forgotten."""
    try:
        mail = _mail(read)
        names = {at: name for at, part in enumerate(mail.walk()) if (name := _attached(part, at))}
    except Exception as err:  # Python's parser stumbles over a stranger's headers in many ways
        yield File(parts, bytes, trouble=f"it cannot be read as a mail ({err})")
        return
    sender, sent = _sender(mail), _sent(mail)
    trouble = "the mail is too large" if size > MAX_MAIL else ""
    for at, name in names.items():

        def load(at: int = at) -> bytes:
            part = next(part for index, part in enumerate(_mail(read).walk()) if index == at)
            data = part.get_payload(decode=True)
            return data if isinstance(data, bytes) else b""

        yield File((*parts, name), load, sender=sender, sent=sent, trouble=trouble)
    if not names:
        yield File((*parts, NO_FILE), bytes, sender=sender, sent=sent, trouble=trouble)


def _attached(part: EmailMessage, at: int) -> str:
    """The name of a part of a mail that is a file, which need not have one; "" if it is none."""
    return clean(
        part.get_filename() or (f"attachment {at}" if part.get_content_maintype() == "application" else "")
    )


def _sender(mail: EmailMessage) -> str:
    """The address of who sent a mail; what stands in its place where it is none."""
    try:
        return getaddresses([str(mail.get("From", ""))])[0][1] or "nobody"
    except Exception:  # as above
        return "nobody"


def _sent(mail: EmailMessage) -> datetime | None:
    """When a mail was sent, in UTC, if it says so; of no zone for "-0000", which means UTC."""
    try:
        date = parsedate_to_datetime(str(mail["Date"]))
        return date.astimezone(UTC).replace(tzinfo=None) if date.tzinfo else date
    except Exception:  # as above
        return None


def _mail(read: Callable[[], bytes]) -> EmailMessage:
    mail: EmailMessage = BytesParser(EmailMessage, policy=email.policy.default).parsebytes(read())
    return mail


def _part(path: Path, span: tuple[int, int]) -> bytes:
    """What stands between two places of a file; of a huge one its beginning."""
    with _opened(path) as file:
        file.seek(span[0])
        return file.read(min(span[1] - span[0], MAX_MAIL))


def _read(path: Path) -> bytes:
    with _opened(path) as file:
        return file.read(forms.MAX_BYTES + 1)


def _opened(path: Path) -> BinaryIO:
    """A file that is no link."""
    return open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb")


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name in ("__MACOSX", "__pycache__")


def clean(name: str) -> str:
    """A name in one normal form, without what cannot be shown."""
    return "".join(c if c.isprintable() else "?" for c in unicodedata.normalize("NFC", name))[:300]


def squashed(word: str) -> str:
    """A name without case, blanks, commas and dashes, in one normal form."""
    plain = unicodedata.normalize("NFKC", word).casefold()
    return "".join(c for c in plain if c.isalnum() or c in "@.+_")
