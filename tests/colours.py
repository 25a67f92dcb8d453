"""How colours look to whom, how far apart they are, and which colours a figure sets against one another.

    seen(colour, vision)      the colour as a vision of VISIONS sees it, as CIE Lab
    apart(one, other)         CIEDE2000: about 2 is the least that can be seen side by side, 100 is black against white
    marks(figure)             the marks of a figure, axes by axes
    rivals(marks)             pairs of marks of one axes that nothing but their colour tells apart

Sources: Machado, Oliveira, Fernandes (2009), doi:10.1109/TVCG.2009.113, matrices of full severity on linear RGB;
Sharma, Wu, Dalal (2005), doi:10.1002/col.20070, for CIEDE2000; CIE 1976 for L*, the lightness that is left in grey.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.collections import Collection, PathCollection, QuadMesh
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

VISIONS = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
    "grey": np.array([[0.2126, 0.7152, 0.0722]] * 3),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])  # sRGB, D65


@dataclass(frozen=True)
class Mark:
    """A line, points or an area; `look` is all but its colour: dash and marker, the form of points, a hatch."""

    kind: str
    colour: tuple[float, float, float]
    look: Any


def seen(colour: Any, vision: str) -> np.ndarray:
    rgb = np.asarray(to_rgba(colour)[:3])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    ratio = TO_XYZ @ np.clip(VISIONS[vision] @ linear, 0, 1) / TO_XYZ.sum(axis=1)
    x, y, z = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def apart(one: np.ndarray, other: np.ndarray) -> float:
    (L1, a1, b1), (L2, a2, b2) = one, other
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1 + 0.5 * (1 - np.sqrt(mean**7 / (mean**7 + 25.0**7)))
    C1, C2 = np.hypot(stretch * a1, b1), np.hypot(stretch * a2, b2)
    h1, h2 = (np.degrees(np.arctan2(b, stretch * a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180 if C1 * C2 else 0.0
    hue = (h1 + turn / 2) % 360 if C1 * C2 else h1 + h2
    L, C = (L1 + L2) / 2, (C1 + C2) / 2
    cosines = [np.cos(np.radians(k * hue + shift)) for k, shift in ((1, -30), (2, 0), (3, 6), (4, -63))]
    T = 1 + np.dot([-0.17, 0.24, 0.32, -0.20], cosines)
    lightness = (L2 - L1) / (1 + 0.015 * (L - 50) ** 2 / np.sqrt(20 + (L - 50) ** 2))
    chroma = (C2 - C1) / (1 + 0.045 * C)
    angle = 2 * np.sqrt(C1 * C2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * C * T)
    rotation = (
        -2 * np.sqrt(C**7 / (C**7 + 25.0**7)) * np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2))))
    )
    return float(np.sqrt(lightness**2 + chroma**2 + angle**2 + rotation * chroma * angle))


def nearest(one: Any, other: Any, visions: Any = VISIONS) -> tuple[float, str]:
    """The least distance of two colours over the visions, and whose it is."""
    return min((apart(seen(one, vision), seen(other, vision)), vision) for vision in visions)


def marks(figure: Any) -> list[list[Mark]]:
    return [list(dict.fromkeys(_marks(axes))) for axes in figure.axes]


def rivals(drawn: list[Mark]) -> Iterator[tuple[Mark, Mark]]:
    for one, other in itertools.combinations(drawn, 2):
        ground = [one.kind, other.kind].count("area") == 1  # what lies on an area has to stand out from it
        if one.colour != other.colour and (ground or (one.kind, one.look) == (other.kind, other.look)):
            yield one, other


def _marks(axes: Any) -> Iterator[Mark]:
    for artist in axes.get_children():
        if isinstance(artist, Line2D) and artist is not axes.patch:
            dash = "" if artist.get_linestyle() == "None" else artist._dash_pattern
            marker = str(artist.get_marker()).replace("None", "")
            if artist.get_visible() and (dash or marker):
                kind = "line" if dash else "points"
                yield Mark(kind, _solid(artist.get_color(), artist.get_alpha()), (str(dash), marker))
        elif isinstance(artist, Patch) and artist is not axes.patch and artist.get_fill():
            if artist.get_facecolor()[3]:
                yield Mark("area", _solid(artist.get_facecolor()), artist.get_hatch() or "")
        elif isinstance(artist, Collection) and not isinstance(artist, QuadMesh):
            yield from _collected(artist)


def _collected(artist: Any) -> Iterator[Mark]:
    """Points of a scatter; areas of a filled contour; lines of a contour, unless a map of colours orders them."""
    filled = [_solid(colour) for colour in artist.get_facecolor() if colour[3]]
    if isinstance(artist, PathCollection):
        form = str(len(artist.get_paths()[0].vertices))
        yield from (Mark("points", colour, form) for colour in filled)
    elif filled:
        yield from (Mark("area", colour, artist.get_hatch() or "") for colour in filled)
    elif len({tuple(colour) for colour in artist.get_edgecolor()}) == 1:
        yield Mark("line", _solid(artist.get_edgecolor()[0]), (str((0, None)), ""))


def _solid(colour: Any, alpha: float | None = None) -> tuple[float, float, float]:
    """The colour as it comes out on white, as three numbers between 0 and 1."""
    rgba = np.asarray(to_rgba(colour, alpha))
    r, g, b = np.round(1 - rgba[3] * (1 - rgba[:3]), 4).tolist()
    return r, g, b
