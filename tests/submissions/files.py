"""Broken files: what arrives in the folder is no notebook, not a file, or too much of one."""

import gzip
import json
import os
import socket
from pathlib import Path

from . import LESSON, Notebook, add_cell, bad, cell_of, dump


def write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


@bad("refused")
def empty_file(nb: Notebook) -> bytes:
    return b""


@bad("refused")
def only_white_space(nb: Notebook) -> bytes:
    return b" \n\n\t"


@bad("refused")
def plain_text(nb: Notebook) -> bytes:
    return b"def gradient_check(x, theta): return 0"


@bad("refused")
def web_page_saved_instead(nb: Notebook) -> bytes:
    return b"<!DOCTYPE html><html><body>Sign in to download</body></html>"


@bad("refused")
def cut_off_in_the_middle(nb: Notebook) -> bytes:
    content = dump(nb)
    return content[: len(content) // 2]


@bad("refused")
def two_notebooks_in_one_file(nb: Notebook) -> bytes:
    return dump(nb) + dump(nb)


@bad("refused")
def git_conflict_in_the_json(nb: Notebook) -> bytes:
    return dump(nb).replace(b'"nbformat"', b'<<<<<<< HEAD\n"nbformat"', 1)


@bad("refused")
def gzipped(nb: Notebook) -> bytes:
    return gzip.compress(dump(nb), mtime=0)


@bad("refused")
def null_bytes(nb: Notebook) -> bytes:
    return b"\0" * 4096


@bad("full", only_intake=True)
def with_a_byte_order_mark(nb: Notebook) -> bytes:
    return b"\xef\xbb\xbf" + dump(nb)


@bad("full", only_intake=True)
def in_utf_16(nb: Notebook) -> bytes:
    return dump(nb).decode().encode("utf-16")


@bad("refused")
def a_json_list(nb: Notebook) -> bytes:
    return json.dumps([nb]).encode()


@bad("refused")
def a_json_number(nb: Notebook) -> bytes:
    return b"5"


@bad("refused")
def json_null(nb: Notebook) -> bytes:
    return b"null"


@bad("refused")
def json_nested_a_hundred_thousand_deep(nb: Notebook) -> bytes:
    return b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@bad("refused")
def metadata_nested_a_thousand_deep(nb: Notebook) -> bytes:
    deep = '{"a":' * 900 + "1" + "}" * 900
    return dump(nb).replace(b'"metadata": {', b'"metadata": {"deep": ' + deep.encode() + b",", 1)


@bad("full", only_intake=True)
def integer_of_a_million_digits(nb: Notebook) -> bytes:
    return dump(nb).replace(b'"nbformat": 4', b'"nbformat": ' + b"4" * 1_000_000, 1)


@bad("refused")
def nbformat_of_the_future(nb: Notebook) -> Notebook:
    return nb | {"nbformat": 99}


@bad("full", only_intake=True)
def nbformat_as_text(nb: Notebook) -> Notebook:
    return nb | {"nbformat": "four"}


@bad("full")
def nbformat_minor_missing(nb: Notebook) -> Notebook:
    del nb["nbformat_minor"]
    return nb


@bad("full")
def nbformat_3(nb: Notebook) -> bytes:
    import nbformat

    old = nbformat.convert(nbformat.reads(dump(nb).decode(), 4), 3)
    return json.dumps(old).encode()


@bad("refused")
def cells_missing(nb: Notebook) -> Notebook:
    del nb["cells"]
    return nb


@bad("refused")
def cells_a_dictionary(nb: Notebook) -> Notebook:
    return nb | {"cells": {"0": nb["cells"][0]}}


@bad("full", only_intake=True)
def one_cell_is_null(nb: Notebook) -> Notebook:
    nb["cells"].insert(0, None)
    return nb


@bad("full")
def one_cell_without_a_type(nb: Notebook) -> Notebook:
    nb["cells"].insert(0, {"metadata": {}, "source": "x"})
    return nb


@bad("full")
def one_source_a_number(nb: Notebook) -> Notebook:
    nb["cells"].insert(0, {"cell_type": "code", "id": "numb0001", "metadata": {}, "source": 5, "outputs": []})
    return nb


@bad("full", only_intake=True)
def metadata_null_everywhere(nb: Notebook) -> Notebook:
    nb["metadata"] = None
    for cell in nb["cells"]:
        if cell["cell_type"] == "markdown":
            cell["metadata"] = None
    return nb


@bad("full")
def sources_as_lists_of_lines(nb: Notebook) -> Notebook:
    for cell in nb["cells"]:
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
    return nb


@bad("full")
def windows_line_ends(nb: Notebook) -> Notebook:
    for cell in nb["cells"]:
        cell["source"] = "".join(cell["source"]).replace("\n", "\r\n")
    return nb


@bad("full")
def lone_surrogate_in_an_added_cell(nb: Notebook) -> bytes:
    return json.dumps(add_cell(nb, "x = 'MARK'")).replace("MARK", "\\ud800").encode()


@bad("refused")
def forty_megabytes(nb: Notebook) -> Notebook:
    return add_cell(nb, "#" * 40_000_000)


@bad("refused")
def twenty_thousand_cells(nb: Notebook) -> Notebook:
    nb["cells"] += [
        {"cell_type": "markdown", "id": f"m{i}", "metadata": {}, "source": "x"} for i in range(20_000)
    ]
    return nb


@bad("full")
def outputs_of_five_megabytes(nb: Notebook) -> Notebook:
    add_cell(nb, "x = 1")
    cell = next(c for c in nb["cells"] if c.get("id") == "added001")
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 5_000_000}]
    return nb


@bad("full", only_intake=True)
def outputs_of_no_known_kind(nb: Notebook) -> Notebook:
    add_cell(nb, "x = 1")
    cell = next(c for c in nb["cells"] if c.get("id") == "added001")
    cell["outputs"] = [{"output_type": "hologram"}, 7, None]
    return nb


def as_symlink_elsewhere(path: Path, content: bytes) -> None:
    path.symlink_to("/etc/hostname")


@bad("refused", place=as_symlink_elsewhere)
def symbolic_link_to_a_file_of_the_machine(nb: Notebook) -> Notebook:
    return nb


def as_symlink_to_neighbour(path: Path, content: bytes) -> None:
    path.symlink_to(path.parents[2] / "neighbour" / LESSON / f"{LESSON}.ipynb")


@bad("refused", place=as_symlink_to_neighbour, only_intake=True)
def symbolic_link_to_a_neighbours_notebook(nb: Notebook) -> Notebook:
    return nb


def as_fifo(path: Path, content: bytes) -> None:
    os.mkfifo(path)


@bad("refused", place=as_fifo, only_intake=True)
def named_pipe_nobody_writes_to(nb: Notebook) -> Notebook:
    return nb


def as_folder(path: Path, content: bytes) -> None:
    path.mkdir()
    (path / "inside.ipynb").write_bytes(content)


@bad("refused", place=as_folder)
def folder_of_the_notebooks_name(nb: Notebook) -> Notebook:
    return nb


def as_socket(path: Path, content: bytes) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # a socket's path must be short
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path.name)
    finally:
        os.chdir(here)


@bad("refused", place=as_socket)
def socket_of_the_notebooks_name(nb: Notebook) -> Notebook:
    return nb


def as_sparse_file(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.truncate(20 << 30)


@bad("refused", place=as_sparse_file, only_intake=True)
def twenty_gigabytes_of_nothing(nb: Notebook) -> Notebook:
    return nb


def under_another_name(path: Path, content: bytes) -> None:
    path.with_name("Untitled.ipynb").write_bytes(content)


@bad("full", place=under_another_name, only_intake=True)
def notebook_under_another_name(nb: Notebook) -> Notebook:
    return nb


def with_neighbour_files(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for name in (
        "numpy.py",
        "gc_utils.py",
        "testCases.py",
        "sitecustomize.py",
        "nbgrader_config.py",
        "conftest.py",
    ):
        (path.parent / name).write_text("raise SystemExit('imported a file of the student')\n")


@bad("full", place=with_neighbour_files)
def modules_of_the_same_names_beside_it(nb: Notebook) -> Notebook:
    return nb


def with_timestamp(text: bytes):  # type: ignore[no-untyped-def]
    def place(path: Path, content: bytes) -> None:
        path.write_bytes(content)
        (path.parent / "timestamp.txt").write_bytes(text)

    return place


@bad("refused", place=with_timestamp(b"the day before yesterday"))
def timestamp_in_words(nb: Notebook) -> Notebook:
    return nb


@bad("refused", place=with_timestamp(b"\xff\xfe" + b"9" * 100_000))
def timestamp_of_bytes(nb: Notebook) -> Notebook:
    return nb


@bad("refused", place=with_timestamp(b"999999-01-01 00:00:00 UTC"))
def timestamp_of_a_distant_year(nb: Notebook) -> Notebook:
    return nb


def with_timestamp_link(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    (path.parent / "timestamp.txt").symlink_to("/dev/zero")


@bad("refused", place=with_timestamp_link, only_intake=True)
def timestamp_without_end(nb: Notebook) -> Notebook:
    return nb


@bad("full")
def every_key_twice(nb: Notebook) -> bytes:
    return dump(nb).replace(b'"source":', b'"source": "raise SystemExit", "source":')


@bad("full")
def numbers_that_json_has_not(nb: Notebook) -> bytes:
    return dump(nb).replace(b'"nbformat_minor"', b'"a": NaN, "b": -Infinity, "c": 1e999, "nbformat_minor"', 1)


@bad("full")
def lone_surrogate_in_the_written_answer(nb: Notebook) -> bytes:
    cell_of(nb, f"{LESSON}_question")["source"] = "MARK"
    return json.dumps(nb).replace("MARK", "\\ud800").encode()
