"""The blocks every section is made of: the section's frame, panels, commands, bars, notes."""

from dataclasses import dataclass

from curate.report.markup import Html, el, escape, join, raw
from curate.report.words import width


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands left of a section: its title, the answer as a sentence, commands, a key.

    Attributes:
        ident: the section's id, which other places link to.
        lead: the answer; plain text or markup.
        key: definitions of what the section shows, as markup.

    """

    ident: str
    title: str
    lead: str
    commands: tuple[str, ...] = ()
    key: str = ""


def section(margin: Margin, *body: str) -> Html:
    """Return a section: the margin, and beside it the proof."""
    title = f"h-{margin.ident}"
    aside = el(
        "div.margin",
        el("h2", margin.title, id=title),
        el("p.lead", margin.lead) if margin.lead else "",
        escape(margin.key),
        commands(margin.commands),
    )
    return el("section", aside, el("div.proof", *body), id=margin.ident, aria_labelledby=title)


def command(text: str) -> Html:
    """Return what can be typed, after a prompt that is not part of it."""
    parts = join(*text.split("/"), by=raw("/<wbr>"))
    return el("code.cmd", el("span.prompt", "$", aria_hidden="true"), " ", parts)


def commands(texts: tuple[str, ...]) -> Html:
    """Return commands one below the other; nothing for none."""
    lines = tuple(el("li", command(text)) for text in texts if text)
    return el("ul.cmds", *lines, role="list") if lines else Html()


def panel(title: str, *body: str, hint: str = "", css: str = "") -> Html:
    """Return a part of a section under its own small title."""
    head = el("h3", title, el("span.hint", " ", hint) if hint else "")
    return el(f"div.panel.{css}" if css else "div.panel", head, *body)


def note(text: str, *, css: str = "note") -> Html:
    """Return a muted sentence; nothing for none."""
    return el(f"p.{css}", text) if text else Html()


def bar(part: float, whole: float, css: str = "blue") -> Html:
    """Return a bar as long as its part of the whole; the number stands beside it as text."""
    if part <= 0:
        return Html()
    return el(f"span.bar.{css}", style=f"width:{width(part, whole)}", aria_hidden="true")


def key(*rows: tuple[str, str], css: str = "") -> Html:
    """Return a list of terms and what they mean."""
    pairs = (join(el("dt", term), el("dd", meaning)) for term, meaning in rows)
    return el(f"dl.key.{css}" if css else "dl.key", *pairs)


def scroll(label: str, *body: str) -> Html:
    """Return a region that scrolls sideways by itself and can be reached by the keyboard."""
    return el("div.scroll", *body, role="region", aria_label=label, tabindex="0")


def hidden(text: str) -> Html:
    """Return text that is heard and not seen."""
    return el("span.vh", text)
