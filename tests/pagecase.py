"""Results made by hand for tests of what people see: a tiny lesson's verdict, its executed notebook, a hostile one."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from pathlib import Path
from typing import Any

from grader.results import CheckResult, SubmissionResult
from tests import small

MAXIMA = {"double_visible": 2.0, "double_hidden": 3.0, "triple_visible": 2.0, "triple_hidden": 3.0}


def check(identity: str, outcome: str = "passed", message: str = "", **more: Any) -> CheckResult:
    """The verdict on one check of the tiny lesson."""
    points = MAXIMA[identity] if outcome == "passed" else 0.0
    return CheckResult(identity, identity.split("_")[0], points, MAXIMA[identity], outcome, message, **more)


def result(*changed: CheckResult, student: str = "ada", restored: tuple[str, ...] = ()) -> SubmissionResult:
    """A verdict in which all checks passed but the `changed` ones."""
    by_id = {identity: check(identity) for identity in MAXIMA} | {one.id: one for one in changed}
    checks = tuple(by_id.values())
    score = sum(one.points for one in checks)
    return SubmissionResult(small.NAME, "graded", None, score, 10.0, "key", restored, checks, student)


def without_verdict(status: str, reason: str, student: str) -> SubmissionResult:
    """A refusal or a fault."""
    return SubmissionResult(small.NAME, status, reason, 0.0, 10.0, "key", student=student)


def executed(**answers: str) -> dict[str, Any]:
    """The notebook as the grader leaves it in grades/autograded: our checks with their sources, outputs."""
    notebook = small.perfect()
    for cell in notebook["cells"]:
        if cell["id"].endswith("_hidden"):
            cell["source"] += "assert double(5) == 10, 'twice five is ten'\n"
            cell["outputs"] = [error("AssertionError", "twice five is ten")]
        if cell["id"] == "f1":
            cell["outputs"] = [
                {"output_type": "stream", "name": "stdout", "text": "the answer is 4\n"},
                figure(),
            ]
    for identity, source in answers.items():
        small.cell_of(notebook, identity)["source"] = source
    return notebook


def record(root: Path, verdict: SubmissionResult, notebook: dict[str, Any] | None = None) -> Path:
    """Puts a verdict and its notebook where the grader puts them below root/grades, and gives that folder back."""
    grades = root / "grades"
    path = grades / "results" / verdict.student / f"{verdict.lesson}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(verdict.to_json()))
    if notebook:
        path = grades / "autograded" / verdict.student / verdict.lesson / f"{verdict.lesson}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(notebook))
    return grades


def png(side: int = 8) -> str:
    """A square PNG in base64."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * side) * side)
    raw = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return base64.b64encode(raw).decode()


def figure(**metadata: Any) -> dict[str, Any]:
    """The output of a cell that drew something."""
    return display({"image/png": png(), "text/plain": "<Figure>"}, **metadata)


def display(data: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    """An output of the given MIME types."""
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def error(name: str, value: str, *trace: str) -> dict[str, Any]:
    """An error output."""
    return {"output_type": "error", "ename": name, "evalue": value, "traceback": list(trace)}


# Each would, shown as it stands, run code (which calls `alert` or changes the title), load from HOME, or move the page.
HOME = "http://beacon.invalid"
_RUN = "document.title='owned';alert(1)"
MARKUP = (
    f"<script>{_RUN}</script>",
    f"<script src={HOME}/x.js></script>",
    f'<img src=x onerror="{_RUN}">',
    f"<svg/onload={_RUN}><script>{_RUN}</script></svg>",
    f'<svg><style><img src=x onerror="{_RUN}"></style></svg>',
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror={_RUN}&gt;">',
    f'<math href="javascript:{_RUN}">x</math><noscript><p title="</noscript><img src=x onerror={_RUN}>">',
    f"<body onload={_RUN}><details open ontoggle={_RUN}>x</details><input autofocus onfocus={_RUN}>",
    f'<meta http-equiv="refresh" content="0;url={HOME}/moved"><base href="{HOME}/">',
    f'<iframe src="{HOME}/frame" srcdoc="<script>top.{_RUN}</script>"></iframe>',
    f'<object data="{HOME}/o"></object><embed src="{HOME}/e"><audio src="{HOME}/a" autoplay></audio>',
    f'<video poster="{HOME}/v" src="{HOME}/v"></video><picture><source srcset="{HOME}/s"><img src="{HOME}/p"></picture>',
    f'<link rel="stylesheet" href="{HOME}/c.css"><link rel="prefetch" href="{HOME}/p"><style>@import "{HOME}/i";</style>',
    f'<p style="background:url({HOME}/bg);position:fixed;inset:0">cover</p><table background="{HOME}/t"><tr><td>1</td></tr></table>',
    f'<form action="{HOME}/f"><button autofocus>x</button></form><a ping="{HOME}/ping" href="#x">x</a>',
    f'<a href="java&#09;script:{_RUN}">x</a><a href="data:text/html;base64,PHNjcmlwdD4=">y</a>',
    f"![x]({HOME}/markdown.png) [x](javascript:{_RUN}) ![y][z]\n\n[z]: {HOME}/reference.png",
    f'</pre></div></main><script>{_RUN}</script><img src=x onerror="{_RUN}">',
    f"```html\n</code></pre><script>{_RUN}</script>\n```",
    rf"$\text{{<img src=x onerror={_RUN}>}}$ $\href{{javascript:{_RUN}}}{{x}}$ $$\style{{background:url({HOME}/tex)}}{{x}}$$",
    "<x-y><template shadowrootmode=open><script>alert(1)</script></template></x-y>",
)


def hostile(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with every trick of MARKUP in text, source, outputs, metadata and ids, and honest outputs between."""
    cells = notebook["cells"]
    for number, markup in enumerate(MARKUP):
        outputs = [
            display({"text/html": markup}),
            display({"text/markdown": markup}),
            display({"text/latex": markup}),
            display({"image/svg+xml": f'<svg xmlns="http://www.w3.org/2000/svg">{markup}</svg>'}),
            display({"image/png": f'"><script>{_RUN}</script>{markup}'}),
            display(
                {"image/png": png()}, **{"image/png": {"alt": f'">{markup}', "width": f'1 onload="{_RUN}"'}}
            ),
            display({"application/javascript": _RUN}),
            display({"application/vnd.jupyter.widget-view+json": {"model_id": markup}, "text/plain": markup}),
            display({"text/html": markup}, **{"text/html": {"isolated": True}}),
            {
                "output_type": "stream",
                "name": "stderr",
                "text": f"\x1b]8;;javascript:{_RUN}\x07{markup}\x1b[31m",
            },
            error(markup, markup, f"\x1b[31m{markup}"),
        ]
        code = {
            "cell_type": "code",
            "id": f"c{number}",
            "metadata": {"tags": [markup], "alt": markup},
            "source": markup,
        }
        cells.append(code | {"execution_count": None, "outputs": outputs})
        cells.append(
            {"cell_type": "markdown", "id": f'm{number}"><script>', "metadata": {}, "source": markup}
        )
        cells.append(
            {
                "cell_type": "raw",
                "id": f"r{number}",
                "metadata": {"raw_mimetype": "text/html"},
                "source": markup,
            }
        )
    cells.append({"cell_type": "markdown", "id": "a1", "metadata": {}, "source": "![x](attachment:x.html)"})
    cells[-1]["attachments"] = {"x.html": {"text/html": base64.b64encode(MARKUP[0].encode()).decode()}}
    cells.append(
        {
            "cell_type": "code",
            "id": "end",
            "metadata": {},
            "source": "print('still here')",
            "execution_count": None,
        }
    )
    cells[-1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "still here\n"}, figure()]
    small.cell_of(notebook, "tiny_question")["source"] = "\n\n".join(MARKUP)
    notebook["metadata"] |= {"title": f"</title>{MARKUP[0]}", "widgets": {"x": MARKUP[0]}}
    return notebook
