"""Formulas on a page: TeX becomes MathML, which browsers show without a network.

mathematics      a mistune plugin: $inline$, $$display$$ and \\begin{…} formulas, on their way past a sanitiser
put_back(html)   sanitised HTML with the formulas in it
"""

from __future__ import annotations

import html
import re
from typing import Any
from xml.etree import ElementTree

import mistune
from latex2mathml.converter import convert as to_mathml

MATHML = frozenset(
    re.findall(
        r"\w+",
        "math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd "
        "mstyle mpadded mphantom menclose",
    )
)
_MATH_ATTRIBUTES = {"display", "stretchy", "mathvariant", "accent", "largeop", "movablelimits", "fence"}
# A formula on its way past the sanitiser: which, display or inline, TeX in hexadecimal. Or a tag, which is passed over.
_FORMULA = re.compile("<[^>]*>|\ue000([di])([0-9a-f]*)\ue001")


def formula(tex: str, display: bool = False) -> str:
    r"""TeX as MathML, which browsers show without a network; as readable code where it cannot be converted.

    The converter copies `\text{…}`, `\style`, `\href` unescaped, so its result counts only if it is well-formed
    and holds nothing but MathML's own elements.
    """
    source = re.sub(r"\\tag\{([^{}]*)\}", r"\\qquad (\1)", tex.strip())
    source = re.sub(r"\\(begin|end)\{(aligned|split|gathered)\}", r"\\\1{align*}", source)
    try:
        tree = ElementTree.fromstring(to_mathml(source, display="block" if display else "inline"))
    except Exception:  # the converter raises whatever it meets on TeX that it does not know
        return f"<code>{html.escape(tex.strip())}</code>"
    for node in tree.iter():
        node.tag = node.tag.rpartition("}")[2]
        node.text = node.text and node.text.replace(r"\_", "_")  # the converter leaves it so in \text
        width = node.attrib.get("width", "")
        node.attrib = {name: value for name, value in node.attrib.items() if name in _MATH_ATTRIBUTES}
        if re.fullmatch(r"[0-9.]{1,6}em", width):
            node.attrib["width"] = width
        if node.tag not in MATHML:
            return f"<code>{html.escape(tex.strip())}</code>"
    return ElementTree.tostring(tree, encoding="unicode")


def mathematics(md: mistune.Markdown) -> None:
    """A mistune plugin: $inline$, $$display$$ and \\begin{…} formulas."""

    def inline(_inline: Any, match: re.Match[str], state: Any) -> int:
        shown = match.group("shown")
        state.append_token(
            {"type": "formula", "raw": shown or match.group("small"), "attrs": {"display": bool(shown)}}
        )
        return match.end()

    def block(_block: Any, match: re.Match[str], state: Any) -> int:
        raw = match.group("shown_block") or match.group("environment")
        state.append_token({"type": "formula_block", "raw": raw})
        return match.end()

    md.inline.register(
        "formula",
        r"\$\$(?P<shown>[^$]{1,2000})\$\$|\$(?!\s)(?P<small>[^$]{1,500}?)(?<!\s)\$(?!\d)",
        inline,
        "link",
    )
    md.block.register(
        "formula_block",
        r"^ {0,3}(?:\$\$(?P<shown_block>[^$]{1,4000})\$\$|"
        r"(?P<environment>\\begin\{(?P<kind>[a-z]+\*?)\}[^$]{1,4000}?\\end\{(?P=kind)\}))[ \t]*(?:\n|\Z)",
        block,
        "list",
    )
    if isinstance(md.renderer, mistune.HTMLRenderer):
        md.renderer.register("formula", lambda _, text, display: _held(text, display))
        md.renderer.register("formula_block", lambda _, text: f"<p>{_held(text, True)}</p>\n")


def _held(tex: str, display: bool) -> str:
    return f"\ue000{'d' if display else 'i'}{tex.encode('utf-8', 'replace').hex()}\ue001"


def _formula_again(match: re.Match[str]) -> str:
    kind, tex = match.groups()
    if kind is None:
        return match[0]
    shown = formula(bytes.fromhex(tex).decode("utf-8"), kind == "d")
    return f'<span class="wide" tabindex="0">{shown}</span>' if kind == "d" else shown


def put_back(markup: str) -> str:
    """Sanitised HTML with the formulas that `mathematics` held back, as MathML."""
    return _FORMULA.sub(_formula_again, markup)


def as_typed(text: str) -> str:
    """A text with the formulas that `mathematics` held back as they were typed."""
    return _FORMULA.sub(
        lambda match: bytes.fromhex(match[2] or "").decode("utf-8") if match[1] else match[0], text
    )
