"""Figures in one style, each with an alternative text that survives wherever the notebook is read.

    use_style()                                      lesson.mplstyle for all that follows; call it in the set-up cell
    subplots(columns=1, rows=1, **options)           (figure, axes) in the course's size
    show(figure, alt)                                display and close a figure; every figure of a lesson ends here
    plot_points(X, Y, axes=None, alt=None)           two classes as circles (0) and triangles (1), with a legend
    plot_decision_boundary(model, X, Y, axes=None, alt=None, limits=None)   the same on the model's two regions
    plot_costs(costs, record_every=1000, axes=None, alt=None)   one curve or a dictionary of labelled curves
    explore(function, alt, **sliders)                sliders live; the figure at the default values elsewhere

Each plot either draws into the `axes` it is given, and shows nothing, or shows a figure with `alt`: the one that is
open, with the title and the limits that its axes have been given, as pyplot's own functions do; else one of its own.

`show` stores a figure twice: as text/html `<img alt=...>`, which is what JupyterLab and nbconvert display, and as
image/png whose output metadata carries the same alt, for tools that drop HTML (a sanitiser, nbgrader's feedback).
The text/plain form is the alternative text itself, so stored notebooks hold no object address. To compare stored
notebooks, blank the picture in the HTML: `src="data:image/png;base64,[^"]*"`.
"""

from __future__ import annotations

import base64
import functools
import html
import inspect
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from course_data import course_file
from course_network import Array
from course_training import quiet

BLUE, ORANGE = "#0072B2", "#D55E00"  # classes 0 and 1
PALE_BLUE, PALE_ORANGE = "#E3F0F9", "#F7CDB0"  # their regions, one lighter than the other in grey too
MARKERS = ("o", "^")


def use_style() -> None:
    """Draw every later figure in the course's style."""
    from matplotlib import pyplot

    pyplot.style.use(_style())


@functools.cache
def _style() -> dict[str, Any]:
    from matplotlib import rc_params_from_file

    return dict(rc_params_from_file(course_file("lesson.mplstyle"), use_default_template=False))


def subplots(columns: int = 1, rows: int = 1, **options: Any) -> tuple[Any, Any]:
    """(figure, axes) in the course's style, 6 x 3.5 inches for one or two columns, wider for more."""
    from matplotlib import pyplot

    with pyplot.style.context(_style()):
        options.setdefault("figsize", (6 if columns < 3 else 3 * columns, 3.5 * rows))
        figure, axes = pyplot.subplots(rows, columns, **options)
    return figure, axes


def show(figure: Any, alt: str) -> None:
    """Display a figure with its alternative text, and close it.

    Parameters
    ----------
    alt : what is drawn, then what to see; two or three plain sentences

    Raises
    ------
    ValueError
        If alt is empty.
    """
    from matplotlib import pyplot

    if not alt.strip():
        raise ValueError("show needs alt: say what is drawn, then what to see")
    alt = " ".join(alt.split())
    png = io.BytesIO()
    figure.savefig(png, format="png", metadata={"Software": None})
    pyplot.close(figure)
    width, height = (round(size * figure.dpi) for size in figure.get_size_inches())
    _display(base64.b64encode(png.getvalue()).decode(), alt, width, height)


def _display(picture: str, alt: str, width: int, height: int) -> None:
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        return
    if get_ipython() is None:
        return
    image = f'<img alt="{html.escape(alt)}" width="{width}" height="{height}" src="data:image/png;base64,{picture}">'
    data = {"text/plain": f"Figure: {alt}", "text/html": image, "image/png": picture}
    display(data, metadata={"image/png": {"alt": alt, "width": width, "height": height}}, raw=True)


def _canvas(axes: Any) -> tuple[Any, Any]:
    """(figure to show at the end, axes to draw into): no figure if axes are given, the open one if there is one."""
    if axes is not None:
        return None, axes
    from matplotlib import pyplot

    if pyplot.get_fignums():  # plt.title(...) and the like have opened it: what they set belongs to this plot
        return pyplot.gcf(), pyplot.gca()
    return subplots()


def _fixed(axes: Any) -> tuple[Any, Any]:
    """The limits of x1 and of x2 that a caller has set, each (lowest, highest) or None."""
    x1 = None if axes.get_autoscalex_on() else axes.get_xlim()
    return x1, None if axes.get_autoscaley_on() else axes.get_ylim()


def plot_points(X: Array, Y: Array, axes: Any = None, alt: str | None = None, legend: bool = True) -> None:
    """Draw the examples X (2, m) with labels Y (1, m): label 0 as blue circles, label 1 as orange triangles."""
    figure, axes = _canvas(axes)
    labels = np.ravel(Y)
    for label, colour, marker in ((0, BLUE, MARKERS[0]), (1, ORANGE, MARKERS[1])):
        chosen = X[:, labels == label]
        axes.scatter(
            chosen[0], chosen[1], c=colour, marker=marker, s=14, label=f"label {label}", linewidths=0
        )
    axes.set_xlabel("$x_1$")
    axes.set_ylabel("$x_2$")
    axes.set_aspect("equal")  # a circle is round, a pitch has its sides
    if legend:
        _name_labels(axes)
    if figure is not None:
        show(
            figure, alt or f"{labels.size} examples in the plane: circles for label 0, triangles for label 1."
        )


def _name_labels(axes: Any) -> None:
    """A legend that says which marker is which label: below the axis, where no point lies and no title stands."""
    from matplotlib.transforms import offset_copy

    below = offset_copy(axes.transAxes, axes.figure, y=-32, units="points")
    at = {"loc": "upper center", "bbox_to_anchor": (0.5, 0), "bbox_transform": below, "borderaxespad": 0}
    axes.legend(ncols=2, columnspacing=1, handletextpad=0, markerscale=1.5, **at)


def plot_decision_boundary(
    model: Callable[[Array], Array],
    X: Array,
    Y: Array,
    axes: Any = None,
    alt: str | None = None,
    limits: tuple[float, float, float, float] | None = None,
    legend: bool = True,
) -> None:
    """Draw the two regions of a model pale, their border dark, and the examples on top.

    Parameters
    ----------
    model : called with (k, 2) points, one per row, as in `lambda points: predict_dec(parameters, points.T)`;
        returns k booleans or numbers 0 and 1
    X, Y : (2, m) examples and (1, m) labels
    limits : (x1 lowest, x1 highest, x2 lowest, x2 highest); by default those that the axes have been given, and
        where there are none, the examples with a margin
    legend : whether a legend says which marker is which label
    """
    figure, axes = _canvas(axes)
    if limits is None:
        margin = 0.1 * np.ptp(X, axis=1)
        low, high = X.min(axis=1) - margin, X.max(axis=1) + margin
        across, up = _fixed(axes)
        limits = (*(across or (low[0], high[0])), *(up or (low[1], high[1])))
    across, up = np.meshgrid(np.linspace(*limits[:2], 300), np.linspace(*limits[2:], 300))
    region = np.asarray(model(np.c_[across.ravel(), up.ravel()]), dtype=float).reshape(across.shape)
    axes.contourf(across, up, region, levels=[-0.5, 0.5, 1.5], colors=[PALE_BLUE, PALE_ORANGE])
    if region.min() < 0.5 < region.max():
        axes.contour(across, up, region, levels=[0.5], colors="#333333", linewidths=1)
    plot_points(X, Y, axes, legend=legend)
    axes.set_xlim(*limits[:2])
    axes.set_ylim(*limits[2:])
    if figure is not None:
        right = np.mean(np.ravel(model(X.T)) == np.ravel(Y))
        show(
            figure,
            alt or f"{np.size(Y)} examples on the model's two regions; {right:.1%} of them lie in their own.",
        )


def plot_costs(
    costs: Sequence[float] | Mapping[str, Sequence[float]],
    record_every: int = 1000,
    axes: Any = None,
    alt: str | None = None,
) -> None:
    """Draw recorded costs against iterations in thousands; several curves differ by dash and carry their names."""
    figure, axes = _canvas(axes)
    curves = costs if isinstance(costs, Mapping) else {"": costs}
    lines = []
    for name, values in curves.items():
        iterations = np.arange(len(values)) * record_every / 1000
        lines += axes.plot(iterations, np.where(np.isfinite(values), values, np.nan), label=name)
    if len(curves) > 3:
        axes.legend()
    elif isinstance(costs, Mapping):
        _label_ends(axes, lines)
    axes.set_xlabel("iteration (thousands)")
    axes.set_ylabel("cost (nats per example)")
    if figure is not None:
        ends = "; ".join(f"{name or 'cost'} from {v[0]:.4g} to {v[-1]:.4g}" for name, v in curves.items())
        show(figure, alt or f"Cost against iterations: {ends}.")


def _label_ends(axes: Any, lines: list[Any]) -> None:
    """Write each line's label beside its last point, far enough from the others to be read."""
    low, high = axes.get_ylim()
    at = -np.inf
    ends = [(line, np.flatnonzero(np.isfinite(line.get_ydata()))) for line in lines]
    last = [
        (line.get_ydata()[index[-1]], line.get_xdata()[index[-1]], line) for line, index in ends if index.size
    ]
    for y, x, line in sorted(last, key=lambda end: end[0]):
        at = max(y, at + 0.07 * (high - low))
        axes.annotate(
            line.get_label(),
            (x, at),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=line.get_color(),
        )


def explore(
    function: Callable[..., Any], alt: str | Callable[..., str], **sliders: tuple[float, float, float]
) -> None:
    """Sliders that redraw a figure, where somebody can move them; the figure at the default values elsewhere.

    Parameters
    ----------
    function : takes the sliders' names, each with a default value; returns a figure that it did not show
    alt : the alternative text, or a function of the same arguments that returns it
    sliders : name=(lowest, highest, step)

    Without a live kernel's widgets (nbgrader, nbval, HTML: see course_training.quiet) the figure is static.
    """
    defaults = {name: inspect.signature(function).parameters[name].default for name in sliders}

    def draw(**values: float) -> None:
        show(function(**values), alt(**values) if callable(alt) else alt)

    if quiet():
        draw(**defaults)
        return
    from IPython.display import display
    from ipywidgets import FloatSlider, Layout, VBox, interactive_output

    controls = {
        name: FloatSlider(
            value=defaults[name],
            min=low,
            max=high,
            step=step,
            description=name,
            readout_format=".3g",
            continuous_update=False,
            layout=Layout(width="28em"),
        )
        for name, (low, high, step) in sliders.items()
    }
    display(VBox([*controls.values(), interactive_output(draw, controls)]))
