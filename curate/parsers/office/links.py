"""Running text with something put before it or cut from its start, its links kept in place."""

from __future__ import annotations

from curate.text.inline import Inline


def labelled(label: str, inline: Inline) -> Inline:
    """Return text with a label before it."""
    whole = Inline(f"{label} " if label else "")
    append(whole, inline)
    return whole


def without_start(inline: Inline, cut: int) -> Inline:
    """Return text without its first signs."""
    whole = Inline()
    append(whole, inline, after=cut)
    return whole


def append(whole: Inline, inline: Inline, *, after: int = 0) -> None:
    """Add text with its links to other text; what stands before a place is left out."""
    text, links = inline.finish()
    place = after
    for link in links:
        if link.start >= place:
            whole.add(text[place : link.start])
            whole.add(text[link.start : link.end], url=link.url)
            place = link.end
    whole.add(text[place:])
