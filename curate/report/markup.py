"""HTML built from the inside out, escaped unless it was built here.

A report shows text of documents that nobody vouches for, so escaping is not a step that can be
forgotten: every child that is a plain `str` is escaped, and only `Html`, which `el` and `raw`
return, passes as it is. Formatting an `Html` into another string gives a `str`, which is
escaped again: such a slip shows on the page instead of opening it.
"""

import html
import re

VOID = frozenset({"br", "meta", "rect", "circle", "line", "path", "polyline"})
# What HTML forbids or a file cannot hold: controls but tab and line feed, lone surrogates,
# noncharacters.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


def raw(markup: str) -> Html:
    """Vouch for markup that holds nothing from documents."""
    return Html(markup)


def escape(text: str) -> Html:
    """Return text as markup, safe as content and as a quoted attribute.

    Line ends become line feeds, what HTML forbids becomes U+FFFD.
    """
    if isinstance(text, Html):
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return Html(html.escape(FORBIDDEN.sub("\ufffd", lines), quote=True))


def join(*children: str, by: str = "") -> Html:
    """Return children one after the other, each escaped unless it is markup."""
    return Html(escape(by).join(escape(child) for child in children))


def language(tag: str) -> str:
    """Return a language tag if it is one, else nothing."""
    return tag if LANGUAGE.fullmatch(tag) else ""


def el(tag: str, *children: str, **attributes: str) -> Html:
    """Return an element; `td.n` gives it a class, `aria_label` the attribute `aria-label`.

    Several classes are joined by dots: `div.part.first`. An attribute without a value is left out.
    """
    name, _, classes = tag.partition(".")
    given = {"class": classes.replace(".", " ")} | attributes
    head = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in given.items()
        if value
    )
    if name in VOID:
        return Html(f"<{name}{head}>" if name in {"br", "meta"} else f"<{name}{head}/>")
    return Html(f"<{name}{head}>{join(*children)}</{name}>")
