"""Keep markup from nesting so deep that parsing it takes quadratic time."""

from __future__ import annotations

import re

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)[^<>]*>")
_DEEPEST = 400
# Elements without content, and those that the next of their kind closes.
_FLAT = frozenset(
    [
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"),
        *("p", "li", "dt", "dd", "td", "th", "tr", "option", "html", "head", "body"),
    ]
)


def shallow(html: str) -> str:
    """Return markup without the tags that lie deeper than anybody's program nests them."""
    if html.count("<") <= _DEEPEST:
        return html
    depth, last = 0, 0
    pieces: list[str] = []
    for tag in _TAG.finditer(html):
        if tag[2].lower() in _FLAT:
            continue
        closes = bool(tag[1])
        if depth >= _DEEPEST + closes:
            pieces.append(html[last : tag.start()])
            last = tag.end()
        depth = max(depth + (-1 if closes else 1), 0)
    return "".join([*pieces, html[last:]])
