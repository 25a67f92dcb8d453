"""The skeleton of every page we write: policy, style, templates, highlighted code, atomic files."""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import re
from pathlib import Path
from typing import Any

import jinja2
import pygments
from markupsafe import Markup
from pygments.formatters.html import HtmlFormatter
from pygments.lexers.python import PythonLexer

from . import drawing, inert
from .stories import OUTCOMES, VERDICTS, number, plural, sentence

TEMPLATES = Path(__file__).parent / "templates"
_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True)
_MAX_HIGHLIGHTED = 20_000


def policy(script: str = "") -> str:
    """The content security policy of a page: nothing but its own styles, pictures it carries, and `script`.

    A script is allowed by its hash, so that no other can run.
    """
    allowed = (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    )
    if script:
        digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
        allowed += f"; script-src 'sha256-{digest}'"
    return allowed


def coloured(source: str) -> str:
    """Python source as coloured HTML, escaped; a very long one stays plain. Called by drawing's worker."""
    shown = inert.plain(source).rstrip("\n")
    if len(shown) > _MAX_HIGHLIGHTED:
        return html.escape(shown)
    return str(pygments.highlight(shown, PythonLexer(), _FORMATTER)).rstrip("\n")


def output(raw: dict[str, Any], name: str) -> Markup:
    """One output of a code cell, made inert. `name` is what a reader of the picture is told if it has no text."""
    safe = drawing.output(raw)
    if safe is None:
        return Markup()
    if safe["output_type"] == "stream":
        return Markup('<pre class="out" tabindex="0">{}</pre>').format(safe["text"].rstrip("\n"))
    if safe["output_type"] == "error":
        trace = "\n".join(safe["traceback"])
        return Markup('<pre class="out error" tabindex="0">{}</pre>').format(trace)
    mime, data = next(iter(safe["data"].items()))
    if mime == "text/plain":
        return Markup('<pre class="out" tabindex="0">{}</pre>').format(data)
    if mime == "text/html":
        return Markup('<div class="out prose">{}</div>').format(Markup(data))
    alt = safe["metadata"].get(mime, {}).get("alt") or name
    return Markup('<img class="out" alt="{}" src="data:{};base64,{}">').format(alt, mime, data)


def _raised(markup: str) -> str:
    """Headings two levels higher again: for a page that is a lesson, and has no others."""
    return re.sub(r"(</?h)([3-6])", lambda match: f"{match[1]}{int(match[2]) - 2}", markup)


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {
        "code": drawing.code,
        "name": lambda name: Markup("<code>{}</code>").format(Markup("_<wbr>").join(str(name).split("_"))),
        "number": number,
        "sentence": sentence,
        "markdown": lambda text: Markup(drawing.markdown(text)),
        "prose": lambda text: Markup(_raised(inert.markdown(text))),
        "inline": lambda text: Markup(inert.markdown(text).strip().removeprefix("<p>").removesuffix("</p>")),
    }
    environment.globals |= {
        "plural": plural,
        "verdicts": VERDICTS,
        "outcomes": OUTCOMES,
        "style": Markup((TEMPLATES / "page.css").read_text(encoding="utf-8")),
        "script": Markup((TEMPLATES / "sort.js").read_text(encoding="utf-8")),
        "policy": policy,
    }
    return environment


def render(template: str, **values: Any) -> str:
    """A page from grader/templates; every value is escaped unless it is Markup that we made."""
    return _environment().get_template(template).render({"scripted": False} | values)


def encoded(text: str) -> bytes:
    """A page as its file holds it; half a surrogate pair of a student's becomes a question mark."""
    return text.encode("utf-8", "replace")
