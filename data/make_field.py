"""Make data/field.npz: where on a football pitch our team wins the ball, with 15 % of the labels the other way.

    python data/make_field.py        writes field.npz beside this script

The pitch measures 105 x 68 m, the origin is the centre spot, the unit 34 m. Our team wins the ball where x1 > x2, a
diagonal front line; exactly round(0.15 m) labels, drawn without replacement, went the other way, so no model of the
place alone can be right more often than 85 %.
"""

from pathlib import Path

import numpy as np

SIZES = {"": 211, "val": 200, "more": 2000}  # training set, test set, further test examples
SEED, UNIT, FLIPPED = 8, 34.0, 0.15


def make_field() -> dict[str, np.ndarray]:
    """X, y, Xval, yval, Xmore, ymore: places (m, 2) float64 and labels (m, 1) uint8, one example per row."""
    random = np.random.RandomState(SEED)
    field = {}
    for name, m in SIZES.items():
        x1 = random.uniform(-52.5, 52.5, m) / UNIT
        x2 = random.uniform(-34.0, 34.0, m) / UNIT
        flipped = random.permutation(m)[: round(FLIPPED * m)]
        labels = (x1 > x2).astype(np.uint8)
        labels[flipped] = 1 - labels[flipped]
        field[f"X{name}"] = np.column_stack([x1, x2])
        field[f"y{name}"] = labels.reshape(m, 1)
    return field


if __name__ == "__main__":
    path = Path(__file__).with_name("field.npz")
    np.savez(path, **make_field())
    print(f"wrote {path}")
