"""What blocks, headings and running text of a page become; lists and tables stand elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from curate.parsers.web.page import is_toggle
from curate.parsers.web.walker import within
from curate.tables.parsed import Kind

if TYPE_CHECKING:
    from curate.parsers.web.dom import Node
    from curate.parsers.web.walker import Flow, Walker
    from curate.text.inline import Inline

_LANGUAGE = re.compile(
    r"(?:^|\s)(?:language-|lang-|highlight-source-|highlight-|brush:\s*)([\w+#-]+)"
)
_POWER = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LONGEST_HEADING = 300  # characters; a longer one is a paragraph in a heading's dress
_GUTTER = frozenset({"gutter", "lineno", "linenos", "line-numbers", "line-number", "linenodiv"})
_NO_ADDRESS = ("javascript:", "data:", "vbscript:")


def block(walker: Walker, node: Node, flow: Flow) -> None:
    """Read a block: it ends the run before it and its own."""
    walker.flush(flow)
    walker.children(node, within(node, flow))
    walker.flush(flow)


def paragraph(walker: Walker, node: Node, flow: Flow) -> None:
    """Read a paragraph; those of an item are one, unless the first asks and the rest answers."""
    if flow.item is None or flow.role == "inline":
        block(walker, node, flow)
        return
    if walker.filled and walker.last == "?":
        walker.flush(flow)
    elif walker.filled:
        walker.run.add("\n")
    walker.children(node, flow if not flow.item.spent else replace(flow, item=None))
    if flow.item.spent:
        walker.flush(replace(flow, item=None))


def heading(walker: Walker, node: Node, flow: Flow) -> None:
    """Read a heading, with the button inside it."""
    level = int(node.tag[1]) if node.tag[1:].isdigit() else _level(node)
    if flow.role == "inline" or node.size > _LONGEST_HEADING:
        block(walker, node, flow)
        return
    walker.flush(flow)
    title = walker.collect(node, flow)
    _title(walker, title, level)
    if flow.item is not None:
        flow.item.spent = True


def _title(walker: Walker, title: Inline, level: int) -> None:
    if title.finish()[0]:
        walker.canonical.heading(title, level=level)
        walker.level = level


def _level(node: Node) -> int:
    level = node.get("aria-level")
    return min(int(level), 9) if level.isdigit() and level != "0" else 2


def generic(walker: Walker, node: Node, flow: Flow) -> None:
    """Read a block that may be a heading by its role."""
    if node.get("role") == "heading":
        heading(walker, node, flow)
    else:
        block(walker, node, flow)


def details(walker: Walker, node: Node, flow: Flow) -> None:
    """Read a text that opens: its summary is a heading over the rest, and ends with it."""
    if flow.role == "inline":
        block(walker, node, flow)
        return
    walker.flush(flow)
    before, summary = walker.level, next((c for c in node.children if c.tag == "summary"), None)
    if summary is not None and summary.find("h1", "h2", "h3", "h4", "h5", "h6") is None:
        _title(walker, walker.collect(summary, flow), before + 1)
    elif summary is not None:
        walker.children(summary, flow)
    walker.children(node, within(node, replace(flow, item=None)))
    walker.flush(replace(flow, item=None))
    if walker.level > before:
        walker.canonical.leave(level=before + 1)
    walker.level = before


def button(walker: Walker, node: Node, flow: Flow) -> None:
    """Read a button: the head of a text that it opens, words of a heading, or a control."""
    if flow.role == "inline":
        walker.children(node, flow)
    elif is_toggle(node) and len(node.inner_text().split()) > 1:
        _opener(walker, node, flow)
    else:
        walker.canonical.furniture += 1


def _opener(walker: Walker, node: Node, flow: Flow) -> None:
    walker.flush(flow)
    title, before = walker.collect(node, flow), walker.level
    if flow.item is not None:
        flow.item.spent = True
    _title(walker, title, before + 1)
    walker.level = before
    target = node.get("aria-controls") or node.get("data-bs-target") or node.get("data-target")
    target = target or node.get("href")
    if target:
        walker.opened[target.lstrip("#")] = before + 1


def label(walker: Walker, node: Node, flow: Flow) -> None:
    """Read a label: of a form's control it is furniture, of a text that opens its head."""
    if node.inner_text().rstrip().endswith("?") and flow.role != "inline":
        _opener(walker, node, flow)
    elif "form" in flow.around:
        walker.canonical.furniture += 1
    else:
        walker.children(node, flow)


def form(walker: Walker, node: Node, flow: Flow) -> None:
    """Read a form: its words stay, its labels and controls do not."""
    block(walker, node, replace(flow, around=(*flow.around, "form")))


def anchor(walker: Walker, node: Node, flow: Flow) -> None:
    """Read a link; one that opens a text is the text's head."""
    url = node.get("href").strip()
    if flow.role != "inline" and is_toggle(node) and len(node.inner_text().split()) > 1:
        _opener(walker, node, flow)
    elif not url or url.lower().startswith(_NO_ADDRESS):
        walker.children(node, flow)
    else:
        walker.link(node, flow, url)


def quote(walker: Walker, node: Node, flow: Flow) -> None:
    """Read a quotation."""
    if flow.role == "inline":
        block(walker, node, flow)
        return
    walker.flush(flow)
    inside = replace(within(node, flow), role="quote", item=None)
    walker.children(node, inside)
    walker.flush(inside)


def caption(walker: Walker, node: Node, flow: Flow) -> None:
    """Read the caption of a figure."""
    walker.flush(flow)
    if flow.role == "inline":
        walker.children(node, flow)
    else:
        walker.canonical.paragraph(walker.collect(node, flow), kind=Kind.CAPTION)
    walker.flush(flow)


def preformatted(walker: Walker, node: Node, flow: Flow) -> None:
    """Read preformatted text as it stands."""
    if flow.role == "inline" or flow.look.hidden:
        walker.flush(flow)
        walker.text(node.inner_text(), flow)
        walker.flush(flow)
        return
    walker.flush(flow)
    text = node.inner_text()
    walker.canonical.code(text, language=_language(node))
    if flow.item is not None:
        flow.item.spent = True


def _language(node: Node) -> str:
    code = node.find("code")
    for element in (node, code):
        named = element.get("class") if element is not None else ""
        found = _LANGUAGE.search(named.lower())
        if found:
            return found[1]
    return node.get("lang") or node.get("data-lang")


def line_break(walker: Walker, node: Node, flow: Flow) -> None:
    """Read a line break or a rule."""
    if node.tag == "hr":
        walker.flush(flow)
    else:
        walker.line_break(flow)


def image(walker: Walker, node: Node, flow: Flow) -> None:  # noqa: ARG001 (a handler among others)
    """Set the text for a picture aside; no reader of the page sees it."""
    walker.hide("alt_text", node.get("alt"))


def superscript(walker: Walker, node: Node, flow: Flow) -> None:
    """Write a power as the page shows it: ten to the sixth is not one hundred and six."""
    text = node.inner_text().strip()
    if text.translate(_POWER) != text and not text.strip("0123456789+-−"):
        walker.text(text.translate(_POWER), flow)
    else:
        walker.children(node, flow)


def quoted_words(walker: Walker, node: Node, flow: Flow) -> None:
    """Write the quotation marks that a browser adds."""
    walker.text("“", flow)
    walker.children(node, flow)
    walker.text("”", flow)


def drawing(walker: Walker, node: Node, flow: Flow) -> None:
    """Read the words of a drawing."""
    for words in node.every("text"):
        walker.text(" " + words.inner_text() + " ", flow)


def formula(walker: Walker, node: Node, flow: Flow) -> None:
    """Read a formula: its TeX where the page gives it, else its signs."""
    source = node.find("annotation")
    walker.text((source or node).inner_text(), flow)


def unseen(walker: Walker, node: Node, flow: Flow) -> None:  # noqa: ARG001 (a handler among others)
    """Set aside what a browser does not show: `noscript`, `template`."""
    walker.hide(node.tag, node.text if node.tag == "template" else node.inner_text())


def control(walker: Walker, node: Node, flow: Flow) -> None:
    """Leave out the controls of forms and players."""
    if node.size and flow.role != "inline":
        walker.canonical.furniture += 1


def nothing(walker: Walker, node: Node, flow: Flow) -> None:
    """Leave out what is no text."""


def gutter(node: Node) -> bool:
    """Tell whether a cell holds the line numbers of code."""
    return not _GUTTER.isdisjoint(node.get("class").lower().split())
