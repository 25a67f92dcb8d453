"""The field is what its script makes, is what its README says, and is found wherever the course is installed."""

import hashlib
import os
import runpy
import shutil
import subprocess
import sys

import course_data
import numpy as np
import pytest
import reg_utils

from tests.here import ROOT

DATA = ROOT / "data"


def test_field_is_what_its_script_makes():
    made = runpy.run_path(str(DATA / "make_field.py"))["make_field"]()
    with np.load(DATA / "field.npz") as stored:
        assert sorted(stored) == sorted(made)
        for name, array in made.items():
            assert stored[name].dtype == array.dtype
            np.testing.assert_array_equal(stored[name], array)


def test_readme_states_the_checksum_and_size_of_the_field():
    content = (DATA / "field.npz").read_bytes()
    readme = (DATA / "README.md").read_text("utf-8")
    assert hashlib.sha256(content).hexdigest() in readme
    assert f"{len(content):,} bytes" in readme


def test_labels_went_the_other_way_for_fifteen_percent_of_each_set():
    train_X, train_Y, test_X, test_Y = reg_utils.load_2D_dataset()
    for X, Y in ((train_X, train_Y), (test_X, test_Y), reg_utils.load_2D_further_examples()):
        assert np.sum((X[0] > X[1]) != Y) == round(0.15 * Y.size)
        assert np.abs(X[0]).max() <= 52.5 / 34 and np.abs(X[1]).max() <= 1


def test_loader_gives_examples_in_columns_and_integer_labels():
    train_X, train_Y, test_X, test_Y = reg_utils.load_2D_dataset()
    assert (train_X.shape, train_Y.shape, test_X.shape, test_Y.shape) == (
        (2, 211),
        (1, 211),
        (2, 200),
        (1, 200),
    )
    assert train_X.dtype == float and train_Y.dtype == np.int64
    assert (train_Y - 1).min() == -1


def test_loader_says_whose_field_it_is_and_how_to_read_the_classic_one(capsys):
    reg_utils.load_2D_dataset()
    assert 'this course\'s own; load_2D_dataset("data.mat") reads the classic file' in capsys.readouterr().out
    reg_utils.load_2D_dataset(ROOT / "data" / "field.npz")
    assert capsys.readouterr().out == ""


def test_what_one_reader_does_to_the_field_the_next_does_not_see():
    first = reg_utils.load_2D_dataset()
    before = [array.copy() for array in first]
    for array in first:
        array[:] = 7
    assert all(map(np.array_equal, reg_utils.load_2D_dataset(), before))


def test_a_file_that_changes_is_read_again(tmp_path):
    names = {"X": np.ones((2, 2)), "y": np.ones((2, 1)), "Xval": np.ones((1, 2)), "yval": np.ones((1, 1))}
    path = tmp_path / "mine.npz"
    np.savez(path, **names)
    reg_utils.load_2D_dataset(path)
    np.savez(path, **(names | {"X": np.zeros((2, 2))}))
    os.utime(path, ns=(1, 1))
    assert reg_utils.load_2D_dataset(path)[0].max() == 0


def test_loader_reads_a_matlab_file(tmp_path):
    from scipy.io import savemat

    X, y = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), np.array([[1], [0], [1]], dtype=np.uint8)
    savemat(tmp_path / "own.mat", {"X": X, "y": y, "Xval": X[:2], "yval": y[:2]})
    train_X, train_Y, test_X, test_Y = reg_utils.load_2D_dataset(tmp_path / "own.mat")
    np.testing.assert_array_equal(train_X, X.T)
    assert train_Y.tolist() == [[1, 0, 1]] and train_Y.dtype == np.int64
    assert test_X.shape == (2, 2) and test_Y.shape == (1, 2)


def test_loader_says_which_file_key_or_shape_is_wrong(tmp_path):
    with pytest.raises(FileNotFoundError, match="no data file .*absent.mat"):
        reg_utils.load_2D_dataset(tmp_path / "absent.mat")
    np.savez(tmp_path / "keys.npz", X=np.zeros((3, 2)), labels=np.zeros((3, 1)))
    with pytest.raises(ValueError, match="has no y; it holds X, labels"):
        reg_utils.load_2D_dataset(tmp_path / "keys.npz")
    np.savez(tmp_path / "shape.npz", X=np.zeros((2, 3)), y=np.zeros((3, 1)))
    with pytest.raises(ValueError, match=r"X has shape \(2, 3\), expected \(m, 2\)"):
        reg_utils.load_2D_dataset(tmp_path / "shape.npz")


def test_field_is_found_beside_a_copy_of_the_helpers(tmp_path):
    shutil.copytree(ROOT / "helpers", tmp_path / "helpers", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(DATA, tmp_path / "data")
    code = "import reg_utils, course_data; print(course_data.course_file('field.npz')); reg_utils.load_2D_dataset()"
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(tmp_path / "helpers")},
        cwd="/",
        capture_output=True,
        text=True,
    )
    assert told.stdout.splitlines()[0] == str(tmp_path / "data" / "field.npz"), told.stderr


def test_field_is_found_where_a_wheel_installs_it(tmp_path, monkeypatch):
    share = tmp_path / course_data.SHARE
    share.mkdir(parents=True)
    (share / "only-here.npz").touch()
    monkeypatch.setattr(course_data.sys, "prefix", str(tmp_path))
    assert course_data.course_file("only-here.npz") == share / "only-here.npz"


def test_named_folder_is_searched_first_and_a_missing_file_is_named(tmp_path, monkeypatch):
    (tmp_path / "field.npz").touch()
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    assert course_data.course_file("field.npz") == tmp_path / "field.npz"
    with pytest.raises(FileNotFoundError, match="absent.npz is in none of .*COURSE_DATA"):
        course_data.course_file("absent.npz")
