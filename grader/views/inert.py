"""Make what a stranger wrote harmless to look at: Markdown, formulas, outputs and whole notebooks.

Everything that a page shows of a submission goes through here. What comes out runs nothing, loads nothing and
leads nowhere by itself; the page's content security policy (pages.py) is the second wall, not the first.
"""

from __future__ import annotations

import base64
import binascii
import functools
import html
import re
from typing import Any

import mistune
import nh3

from .formulas import as_typed, mathematics, put_back
from .nesting import nesting

MAX_MARKDOWN, MAX_TEXT, MAX_IMAGE = 20_000, 20_000, 4_000_000
MAX_PIXELS = 40_000_000
MOST_NESTED = 100
_TAGS = set(
    re.findall(
        r"\w+",
        "p br hr em strong b i u s del sub sup code pre kbd blockquote ul ol li dl dt dd a img details summary span "
        "div table caption thead tbody tfoot tr th td h3 h4 h5 h6",
    )
)
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href"},
    "img": {"src", "alt"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
}
_DROPPED_WITH_TEXT = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "template",
    "noscript",
    "svg",
    "math",
    "textarea",
}
_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(png|jpeg|svg\+xml);base64,[A-Za-z0-9+/=]+\Z")
_DATA = re.compile(r"data:image/[a-z+]{1,12};base64,[A-Za-z0-9+/=]+")
_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
# All control characters but tab and newline, lone surrogates, and the marks that turn text round.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
_IMAGE = re.compile(r"<img[^>]*>")
_MAGIC = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/svg+xml": b"<"}


def plain(text: object, limit: int = MAX_TEXT) -> str:
    """`text` as a terminal would leave it: no escape sequences, no invisible characters, not endless."""
    result = _ANSI.sub("", joined(text)).replace("\r\n", "\n")
    if "\r" in result:  # a progress bar keeps its last state
        result = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in result.split("\n"))
    result = _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}" if match[0] > "\x9f" else "", result)
    return result if len(result) <= limit else result[:limit] + "\n… (cut here: the rest is left out)"


def joined(text: object) -> str:
    """A notebook's multi-line string, which may be a list of lines."""
    return "".join(map(str, text)) if isinstance(text, list) else str(text)


def sanitise(markup: str) -> str:
    """HTML without scripts, styles, forms, frames, anchors to jump to, or anything that loads from elsewhere.

    Raises ValueError if it is nested too deeply to be looked through: the parser would end the process over it.
    """
    if nesting(markup) > MOST_NESTED:
        raise ValueError("nested too deeply")
    return nh3.clean(
        markup,
        tags=set(_TAGS),
        clean_content_tags=_DROPPED_WITH_TEXT,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel="noopener noreferrer nofollow",
        generic_attribute_prefixes=None,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value if tag == "a" and _LINK.match(value) else None
    if name == "src":
        return value if _PICTURE.match(value) and _is_picture(value) else None
    return value


def _is_picture(uri: str) -> bool:
    mime, _, data = uri.removeprefix("data:").partition(";base64,")
    return picture(mime, data) is not None


def picture(mime: str, data: object) -> str | None:
    """A data URI of a PNG, JPEG or SVG picture (which an img element never lets run), or None if it is not one."""
    if mime not in _MAGIC:
        return None
    text = joined(data)
    if mime == "image/svg+xml" and text.lstrip().startswith("<"):
        raw = text.strip().encode("utf-8", "replace")
    else:
        try:
            raw = base64.b64decode("".join(text.split()), validate=True)
        except (binascii.Error, ValueError):
            return None
    if not raw.startswith(_MAGIC[mime]) or len(raw) > MAX_IMAGE or b"<!entity" in raw.lower():
        return None
    if (
        mime == "image/png"
        and int.from_bytes(raw[16:20], "big") * int.from_bytes(raw[20:24], "big") > MAX_PIXELS
    ):
        return None
    return f"data:{mime};base64,{base64.b64encode(raw).decode('ascii')}"


class _Renderer(mistune.HTMLRenderer):
    """Headings two levels lower, for a page has its own; addresses are judged by `sanitise`, not here."""

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        return super().heading(text, min(level + 2, 6))

    def image(self, text: str, url: str, title: str | None = None) -> str:
        tex = as_typed(text)
        return super().image(tex, url)


_MARKDOWN = mistune.create_markdown(
    renderer=_Renderer(escape=False, allow_harmful_protocols=True),
    plugins=["table", "strikethrough", mathematics],
    escape=False,
)


def markdown(text: str) -> str:
    """Inert HTML of a Markdown text; what is long, pictures as data not counted, or too twisted comes as plain text."""
    return _remembered(text) if len(text) <= MAX_MARKDOWN else _markdown(text)


def _markdown(text: str) -> str:
    short = len(text) <= 2 * MAX_IMAGE and len(_DATA.sub("", text)) <= MAX_MARKDOWN
    if short and max(map(text.count, "[<*_`$>"), default=0) < 2000:
        try:
            markup = str(_MARKDOWN(_UNPRINTABLE.sub("", text).translate({0xE000: None, 0xE001: None})))
            return put_back(_framed(sanitise(markup)))
        except (RecursionError, ValueError, IndexError, KeyError, TypeError, AttributeError):
            pass  # an input that trips the Markdown parser is shown as it was typed
    return f'<pre tabindex="0">{html.escape(plain(text))}</pre>'


_remembered = functools.lru_cache(maxsize=2048)(_markdown)


def _framed(markup: str) -> str:
    """Wide tables and code scroll by themselves, and can be reached by keyboard."""
    markup = _IMAGE.sub(_told, markup).replace("<pre>", '<pre tabindex="0">')
    markup = re.sub(r"<th[^>]*>\s*</th>", "<td></td>", markup)  # an empty corner heads nothing
    return markup.replace("<table>", '<div class="wide" tabindex="0"><table>').replace(
        "</table>", "</table></div>"
    )


def _html(markup: str) -> str:
    try:
        return _framed(sanitise(markup))
    except ValueError:
        return f'<pre tabindex="0">{html.escape(plain(markup))}</pre>'


def _told(match: re.Match[str]) -> str:
    """An img element with its alternative text; where its picture was not let through, that text alone."""
    alt = re.search(r'alt="([^"]*)"', match[0])
    if " src=" not in match[0]:
        return f"<em>[picture left out{': ' + alt[1] if alt and alt[1] else ''}]</em>"
    return match[0] if alt else match[0].replace("<img", '<img alt="picture"', 1)


def output(raw: dict[str, Any]) -> dict[str, Any] | None:
    """One output of a code cell as a notebook output that is safe to show, or None if nothing is left of it."""
    kind = raw.get("output_type")
    if kind == "stream":
        return {"output_type": "stream", "name": "stdout", "text": plain(raw.get("text", ""))}
    if kind == "error":
        name, value = plain(raw.get("ename", "Error"), 200), plain(raw.get("evalue", ""), 4000)
        trace = plain("\n".join(map(str, raw.get("traceback") or [])) or f"{name}: {value}")
        return {"output_type": "error", "ename": name, "evalue": value, "traceback": trace.split("\n")}
    data = raw.get("data")
    if not isinstance(data, dict):
        return None
    shown = _bundle(data)
    alt = _alt(raw.get("metadata"))
    kept = {mime: {"alt": plain(alt, 500)} for mime in shown if alt is not None}
    return {"output_type": "display_data", "data": shown, "metadata": kept} if shown else None


def _alt(metadata: object) -> str | None:
    bundles = metadata.values() if isinstance(metadata, dict) else ()
    return next(
        (one["alt"] for one in bundles if isinstance(one, dict) and isinstance(one.get("alt"), str)), None
    )


def _bundle(data: dict[str, Any]) -> dict[str, str]:
    for mime in _MAGIC:
        if mime in data and (uri := picture(mime, data[mime])):
            if mime == "image/svg+xml":
                return {"text/html": f'<img alt="picture" src="{uri}">'}
            return {mime: uri.partition(",")[2]}
    for mime, render in (("text/html", _html), ("text/markdown", markdown), ("text/latex", markdown)):
        if mime in data and len(joined(data[mime])) <= 20 * MAX_TEXT:
            markup = render(joined(data[mime])).strip()
            if re.search(r"<(?:img|math|hr)\b", markup) or re.sub(r"<[^>]*>", "", markup).strip():
                return {"text/html": markup}
    return {"text/plain": plain(data["text/plain"])} if "text/plain" in data else {}
