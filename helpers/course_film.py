"""A film: states of one thing that a reader moves through with a slider, and a film strip where nothing can move.

    film(draw, values, alt, name="iteration", strip=None, figsize=(4.2, 3.4))

Live, in a notebook that somebody looks at, all states are drawn at once and the page holds them; the slider is the
browser's own, so it answers while one drags, by keyboard too, without the kernel, and nothing on the page jumps. The
strip shows some of the states side by side: it is what a stored notebook, nbval, nbgrader and paper hold.
"""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from course_plots import show, subplots
from course_training import progress, quiet

Value = TypeVar("Value")
PAGE = 6.6  # inches that a strip may be wide: on a phone's 390 pixels 10 points are still 8 of them

# JupyterLab keeps arrow keys for itself, except of an element with data-lm-suppress-shortcuts.
# One state is visible at a time; the picture's box has the size of a state, so nothing moves when another is chosen.
# aria-valuetext is what a screen reader says of the slider; the sentence below it is announced when it changes.
_PAGE = """<div class="course-film" style="max-width:{width}px">
<div style="aspect-ratio:{width}/{height}">{pictures}</div>
<label style="display:block">{name}: <output>{first}</output>
<input type="range" data-lm-suppress-shortcuts="true" min="0" max="{last}" value="0" step="1"
 style="display:block;width:100%"
 aria-label="{name}" aria-valuetext="{first}" oninput="{script}"></label>
<p aria-live="polite" style="min-height:3em">{sentence}</p>
</div>"""
_PICTURE = (
    '<img alt="{alt}" data-value="{value}" width="{width}" height="{height}" style="max-width:100%;height:auto"'
    ' src="data:image/png;base64,{png}"{hidden}>'
)
_SCRIPT = (
    "const film = this.closest('.course-film'), pictures = film.querySelectorAll('img'), now = pictures[this.value];"
    "pictures.forEach(picture => { picture.hidden = picture !== now; });"
    "film.querySelector('output').textContent = now.dataset.value;"
    "this.setAttribute('aria-valuetext', now.dataset.value);"
    "film.querySelector('p').textContent = now.alt;"
)


def film(
    draw: Callable[[Value, Any], None],
    values: Sequence[Value],
    alt: Callable[[Value], str],
    name: str = "iteration",
    *,
    say: Callable[[Value], str] = str,
    strip: Sequence[int] | None = None,
    strip_alt: str | None = None,
    figsize: tuple[float, float] = (4.2, 3.4),
) -> None:
    """Show the states of something as a film, or as a strip of some of them where nothing can move.

    Parameters
    ----------
    draw : called as draw(value, axes) for each state; it sets the same limits every time
    values : what the slider moves through; at most 60, since the page holds a picture of each
    alt : one sentence of what is seen at a value; it stands below the slider, too
    name : what the slider moves
    say : how a value is written and spoken, such as `"{:,}".format`
    strip : positions in values that the strip shows; by default the first, the last and two between
    strip_alt : the strip's alternative text; by default the sentences of its states
    figsize : inches, width and height of one state

    Raises
    ------
    ValueError
        If there are no values, or more than 60.
    """
    if not 0 < len(values) <= 60:
        raise ValueError(f"film shows 1 to 60 states, not {len(values)}")
    if quiet():
        chosen = [values[index] for index in (strip or _spread(len(values)))]
        _show_strip(draw, chosen, strip_alt or " ".join(map(alt, chosen)), name, say, figsize)
    else:
        from IPython.display import HTML, display

        display(HTML(film_html(draw, values, alt, name, say=say, figsize=figsize)))


def film_html(
    draw: Callable[[Value, Any], None],
    values: Sequence[Value],
    alt: Callable[[Value], str],
    name: str,
    *,
    say: Callable[[Value], str] = str,
    figsize: tuple[float, float] = (4.2, 3.4),
) -> str:
    """The film as a piece of HTML that needs nothing but a browser (parameters as in `film`)."""
    sizes = {"width": round(100 * figsize[0]), "height": round(100 * figsize[1])}
    pngs = [_picture(draw, value, figsize) for value in progress(values, "pictures", "picture")]
    sentences = [" ".join(alt(value).split()) for value in values]
    pictures = [
        _PICTURE.format(
            alt=html.escape(sentence),
            value=html.escape(say(value)),
            png=png,
            hidden=" hidden" if index else "",
            **sizes,
        )
        for index, (value, sentence, png) in enumerate(zip(values, sentences, pngs, strict=True))
    ]
    return _PAGE.format(
        pictures="".join(pictures),
        name=html.escape(name),
        first=html.escape(say(values[0])),
        last=len(values) - 1,
        sentence=html.escape(sentences[0]),
        script=html.escape(_SCRIPT),
        **sizes,
    )


def _spread(count: int) -> list[int]:
    return sorted({0, (count - 1) // 3, 2 * (count - 1) // 3, count - 1})


def _picture(draw: Callable[[Value, Any], None], value: Value, figsize: tuple[float, float]) -> str:
    from matplotlib import pyplot

    figure, axes = subplots(figsize=figsize)
    draw(value, axes)
    png = io.BytesIO()
    figure.savefig(png, format="png", metadata={"Software": None})
    pyplot.close(figure)
    return base64.b64encode(png.getvalue()).decode()


def _show_strip(
    draw: Callable[[Value, Any], None],
    values: Sequence[Value],
    alt: str,
    name: str,
    say: Callable[[Value], str],
    figsize: tuple[float, float],
) -> None:
    width = min(figsize[0], PAGE / len(values))
    figure, axes = subplots(len(values), figsize=(width * len(values), width * figsize[1] / figsize[0] + 0.3))
    for value, each in zip(values, [axes] if len(values) == 1 else axes, strict=True):
        draw(value, each)
        each.label_outer()  # all states have the same axes
        each.set_title(f"{name} {say(value)}", fontsize="medium")
    show(figure, alt)
