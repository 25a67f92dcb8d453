"""Where the course's files lie, and the data sets read from them.

    course_file(name)                    path of a data or helper file, wherever the course is installed
    load_dataset()                       circles: train X (2, 300), Y (1, 300), test X (2, 100), Y (1, 100)
    load_2D_dataset(path=None)           the field: train X (2, 211), Y (1, 211), test X (2, 200), Y (1, 200)
    read_field(path=None)                the same without a word and without a picture
    load_2D_further_examples()           2,000 further test examples of the field, because 200 alone are noisy

Labels are int64, so `Y - 1` is what it says. The two classic loaders show the training examples, as the classic course's
do, in a notebook that somebody looks at.
"""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
from course_network import Array, expect_shape
from course_training import watched

HERE = Path(__file__).resolve().parent
SHARE = "share/practical-aspects-course"  # where a wheel puts data files: pyproject.toml, data-files


def course_file(name: str) -> Path:
    """The file `name`: beside this module, in the course's data folder, or where a wheel installs it.

    The environment variable COURSE_DATA names one more folder to look in first.

    Raises
    ------
    FileNotFoundError
        With the folders that were searched.
    """
    folders = [HERE, HERE.parent / "data", Path(sys.prefix) / SHARE]
    if os.environ.get("COURSE_DATA"):
        folders.insert(0, Path(os.environ["COURSE_DATA"]))
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    searched = ", ".join(map(str, folders))
    raise FileNotFoundError(f"{name} is in none of {searched}; set COURSE_DATA to the folder that holds it")


def load_dataset(show_points: bool = True) -> tuple[Array, Array, Array, Array]:
    """Two noisy circles from scikit-learn: (train_X, train_Y, test_X, test_Y), 300 and 100 examples.

    Seeds 1 and 2 as in the classic course, without touching the global random state. `show_points` draws the training
    examples where somebody looks.
    """
    from sklearn.datasets import make_circles

    train_X, train_Y = make_circles(n_samples=300, noise=0.05, random_state=1)
    test_X, test_Y = make_circles(n_samples=100, noise=0.05, random_state=2)
    sets = train_X.T, _labels(train_Y), test_X.T, _labels(test_Y)
    _shown(sets, show_points)
    return sets


def load_2D_dataset(
    path: str | os.PathLike[str] | None = None, show_points: bool = True
) -> tuple[Array, Array, Array, Array]:
    """The field: (train_X, train_Y, test_X, test_Y), positions in units of 34 m, label 1 where our team won the ball.

    Parameters
    ----------
    path : None for the course's own field; else a MATLAB (.mat) or NumPy (.npz) file with the keys
        X (m, 2), y (m, 1), Xval (n, 2), yval (n, 1), such as the classic course's data.mat
    show_points : draw the training examples where somebody looks

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If a key is missing or an array has the wrong shape.
    """
    if path is None:
        print(
            'The field is this course\'s own; load_2D_dataset("data.mat") reads the classic file, if you bring it.'
        )
    sets = read_field(path)
    _shown(sets, show_points)
    return sets


def read_field(path: str | os.PathLike[str] | None = None) -> tuple[Array, Array, Array, Array]:
    """What `load_2D_dataset` returns, from the same files and with the same errors; it prints and draws nothing."""
    sets = _read(Path(path) if path is not None else course_file("field.npz"))
    return *_pair(sets, "X", "y"), *_pair(sets, "Xval", "yval")


def _shown(sets: tuple[Array, Array, Array, Array], wanted: bool) -> None:
    """Draw the training examples into the figure that is open, in a notebook that somebody looks at."""
    if wanted and watched():
        from course_plots import plot_points

        plot_points(*sets[:2])


def load_2D_further_examples() -> tuple[Array, Array]:
    """(X, Y) with 2,000 further examples of the course's own field, drawn like the test set."""
    return _pair(_read(course_file("field.npz")), "Xmore", "ymore")


def _read(path: Path) -> dict[str, Array]:
    if not path.is_file():
        raise FileNotFoundError(f"there is no data file {path}")
    if path.suffix == ".npz":
        return _archive(path, path.stat().st_mtime_ns)
    from scipy.io import loadmat

    return {name: value for name, value in loadmat(path).items() if not name.startswith("__")}


@functools.cache
def _archive(path: Path, _changed: int) -> dict[str, Array]:
    """The arrays of a file, read once; whoever hands them on makes copies."""
    with np.load(path) as archive:
        return dict(archive)


def _pair(sets: dict[str, Array], x: str, y: str) -> tuple[Array, Array]:
    missing = [name for name in (x, y) if name not in sets]
    if missing:
        raise ValueError(f"the data file has no {' or '.join(missing)}; it holds {', '.join(sorted(sets))}")
    X = expect_shape(x, sets[x], ("m", 2))
    return X.T.astype(float), _labels(expect_shape(y, sets[y], (X.shape[0], 1)))


def _labels(values: Any) -> Array:
    """Labels as one row of int64; the classic file's uint8 would make `y - 1` 255."""
    return np.asarray(values).reshape(1, -1).astype(np.int64)
