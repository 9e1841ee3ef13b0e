"""What a document's title is the title of: the whole, or only the section that begins with it.

A document that names itself nowhere takes its first heading for a title. Where other headings stand
beside that one (`# Replace a filter`, `# How do I order paper?`), it says nothing of what stands
under them, and a question or a chunk of theirs that it leads is about the wrong thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.tables.parsed import TITLE, Kind

if TYPE_CHECKING:
    from curate.tables.parsed import Parsed


def titled(document: Parsed) -> tuple[int, int]:
    """Return the stretch of a document's text that its title is the title of.

    It is all of it where no heading has the title's words, where the document itself calls them its
    title, and where no heading stands beside or above the one that has them; else the section of
    that heading.
    """
    whole = (0, len(document.text) + 1)
    headings = [e for e in document.elements if e.kind is Kind.HEADING]
    named = [e for e in headings if document.text[e.start : e.end] == document.title]
    if not named or any(e.detail == TITLE for e in named):
        return whole
    own = named[0]
    beside = [e.start for e in headings if e is not own and e.level <= own.level]
    if not beside:
        return whole
    return own.start, next((at for at in beside if at > own.start), whole[1])
