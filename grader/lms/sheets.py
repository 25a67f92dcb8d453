"""CSV files as platforms and spreadsheets of any country write them, and written back in the same manner."""

from __future__ import annotations

import codecs
import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import CourseError, MachineError
from ..files import plain_target, write_file

MAX_BYTES = 50 * 2**20
# Headers that platforms translate, by their English ones: German, Spanish, French, Italian, Portuguese, Dutch.
_TRANSLATED = """
Identifier: ID | Identificador | Identifiant | Identificativo | Identificatie
Full name: Vollständiger Name | Nombre completo | Nom complet | Nome completo | Volledige naam
ID number: ID-Nummer | Número de ID | Numéro d'identification | Codice identificativo | Número de identificação
Username: Anmeldename | Nombre de usuario | Nom d'utilisateur | Identificação de usuário | Gebruikersnaam
Email address: E-Mail-Adresse | Dirección de correo | Adresse de courriel | Indirizzo email | E-mailadres
Email address: Endereço de e-mail | Endereço de email | Correo electrónico
Status: Estado | Estatus | Statut | Stato
Grade: Bewertung | Calificación | Note | Valutazione | Nota | Avaliação | Cijfer
Maximum Grade: Bestwertung | Calificación máxima | Note maximale | Valutazione massima | Nota máxima | Maximum cijfer
Grade can be changed: Bewertung kann geändert werden | La calificación puede ser cambiada | Nota pode ser alterada
Grade can be changed: La note peut être modifiée | La valutazione può essere modificata
Grade can be changed: La valutazione può essere cambiata | Cijfer kan gewijzigd worden
Last modified (submission): Zuletzt geändert (Abgabe) | Última modificación (entrega) | Última modificação (envio)
Last modified (submission): Dernière modification (travail remis) | Ultima modifica (consegna)
Last modified (grade): Zuletzt geändert (Bewertung) | Última modificación (calificación) | Última modificação (nota)
Last modified (grade): Dernière modification (note) | Ultima modifica (valutazione) | Laatst gewijzigd (cijfer)
Feedback comments: Feedback als Kommentar | Comentarios de retroalimentación | Feedback par commentaires | Commenti
"""
_ENGLISH = {
    title.strip().casefold(): name
    for name, _, titles in (line.partition(":") for line in _TRANSLATED.strip().split("\n"))
    for title in (name, *titles.split("|"))
}


@dataclass(frozen=True)
class Sheet:
    """A CSV file: its columns by their English names, one dictionary a row, and how the file is written.

    `titles` are the columns as in the file, `comma` says that numbers have a decimal comma, `mark` that the file
    begins with a byte-order mark.
    """

    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    delimiter: str = ","
    comma: bool = False
    mark: bool = False

    def number(self, value: str) -> str:
        """A number with a decimal point as this file writes it."""
        return value.replace(".", ",") if self.comma else value


def read_sheet(path: Path, required: Iterable[str]) -> Sheet:
    """The CSV at `path`; CourseError if it cannot be read or a required column is missing."""
    try:
        content = path.read_bytes()[:MAX_BYTES]
    except OSError as err:
        raise CourseError(f"{path}: cannot be read ({err.strerror}); name a CSV file") from err
    try:
        sheet = sheet_in(text_of(content), content.startswith(codecs.BOM_UTF8))
    except csv.Error as err:
        raise CourseError(f"{path}: cannot be read as a CSV file ({err}); download it again") from err
    missing = [name for name in required if name not in sheet.columns]
    if missing:
        shown = ", ".join(sheet.titles.values()) or "none"
        raise CourseError(
            f"{path}: no column {', '.join(map(repr, missing))}; it has {shown[:300]}. If they are there in "
            "another language, download the file with the platform set to English"
        )
    return sheet


def sheet_in(text: str, mark: bool = False) -> Sheet:
    """The sheet in a text, whatever separates its columns. Raises csv.Error."""
    text = re.sub(r"\A\ufeff?(?:sep=.\r?\n)?\s*", "", text)  # what Excel puts first, and blank lines
    first = re.sub(r'"[^"]*"', "", text.split("\n", 1)[0])
    delimiter = next((c for c in first if c in ",;\t"), ",")  # no first title holds one
    spaced = re.search(r'[,;]\s+"', text.split("\n", 1)[0]) is not None
    table = list(_rows(text, delimiter, spaced))
    head = [title.strip() for title in table[0]] if table else []
    names = _names(head)
    rows = tuple(
        dict(zip(names, row + [""] * (len(names) - len(row)), strict=False)) for row in table[1:] if any(row)
    )
    return Sheet(
        tuple(names), rows, dict(zip(names, head, strict=True)), delimiter, _has_commas(rows, delimiter), mark
    )


def _rows(text: str, delimiter: str, spaced: bool) -> Iterator[list[str]]:
    """The rows of a table. Raises csv.Error where a quote is never closed, for the rest would be one cell."""
    try:
        begun = 1
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=spaced, strict=True
        )
        for _ in reader:
            begun = reader.line_num + 1
    except csv.Error as err:  # of other slips the reader below makes what Excel does
        if "end of data" in str(err):
            raise csv.Error(f"a quote that is opened in line {begun} is never closed") from err
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=spaced)


def write_sheet(
    path: Path, columns: Sequence[str], rows: Iterable[dict[str, str]], like: Sheet | None = None
) -> None:
    """Writes a CSV: UTF-8, commas, quoted where needed; or in the manner of another sheet.

    Raises
    ------
    CourseError
        If `path` is a folder.
    MachineError
        If it cannot be written.
    """
    path = plain_target(path)
    text = io.StringIO(newline="")
    like = like or Sheet((), ())
    writer = csv.writer(text, delimiter=like.delimiter, lineterminator="\r\n")
    writer.writerow([like.titles.get(name, name) for name in columns])
    writer.writerows([row[name] for name in columns] for row in rows)
    try:
        write_file(path, (codecs.BOM_UTF8 if like.mark else b"") + text.getvalue().encode())
    except OSError as err:
        raise MachineError(f"{path} cannot be written ({err.strerror})") from err


def as_number(value: str, where: str) -> float:
    """A number with a decimal point or comma. Raises CourseError that names `where` it stands."""
    plain = value.strip().replace("\u00a0", "").replace(" ", "")
    if "," in plain:
        plain = (
            plain.replace(".", "").replace(",", ".")
            if plain.rfind(",") > plain.rfind(".")
            else plain.replace(",", "")
        )
    try:
        number = float(plain)
        if not math.isfinite(number):
            raise ValueError
        return number
    except ValueError as err:
        raise CourseError(
            f"{where}: {value!r} is no number; set the assignment to points (a scale has none) and download it again"
        ) from err


def _names(head: Sequence[str]) -> list[str]:
    names: list[str] = []
    known = {title.casefold(): _ENGLISH.get(title.casefold(), title) for title in head}
    if "Full name" not in known.values():  # no worksheet of Moodle's: a column "ID" is what it says
        known = {}
    for title in head:
        english = known.get(title.casefold(), title)
        names.append(english if english not in names else title)
    if len(set(names)) < len(names):  # two columns of one title
        names = [name if names.index(name) == at else f"{name} [{at + 1}]" for at, name in enumerate(names)]
    return names


def _has_commas(rows: Sequence[dict[str, str]], delimiter: str) -> bool:
    """Whether numbers have a decimal comma: "1.234,5" where Moodle has grades, or "75,00" between semicolons."""
    grades = (row.get(name, "") for row in rows[:1000] for name in ("Maximum Grade", "Grade"))
    if any("," in value and value.replace(",", "").replace(".", "").isdigit() for value in grades):
        return True
    values = (value for row in rows[:1000] for value in row.values()) if delimiter == ";" else ()
    return any(re.fullmatch(r"\d+,\d\d?", value.strip()) for value in values)


def text_of(content: bytes) -> str:
    """What a table says, in the encodings that spreadsheets write."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
