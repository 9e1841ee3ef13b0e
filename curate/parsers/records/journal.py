"""Split a journal, one text that holds many entries, into its entries.

ServiceNow writes comments and work notes as `2024-05-01 09:12:33 - Jane Doe (Additional comments)`
above each entry, newest first; Jira's CSV packs a comment as `date;author;text`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_STAMP = re.compile(
    r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{4} "
    r"\d{1,2}:\d\d(?::\d\d)?(?: [AP]M)?) - (.{1,80}?)(?: \(([^()\n]{1,40})\))?[ \t]*$",
    re.MULTILINE,
)
_PACKED = re.compile(r"^(\d{1,4}[^;\n]{4,30});([^;\n]{0,80});(.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a journal; `label` is what stands in brackets (`Work notes`)."""

    date: str
    author: str
    label: str
    text: str


def entries(journal: str) -> list[Entry]:
    """Return the entries of a journal, oldest first; a text without stamps is one entry."""
    stamps = list(_STAMP.finditer(journal))
    if not stamps:
        return [Entry("", "", "", journal)] if journal.strip() else []
    ends = [stamp.start() for stamp in stamps[1:]] + [len(journal)]
    found = [
        Entry(stamp[1], stamp[2], stamp[3] or "", journal[stamp.end() : end].strip())
        for stamp, end in zip(stamps, ends, strict=True)
    ]
    return found[::-1] if found[0].date > found[-1].date else found


def packed(text: str) -> Entry:
    """Return a comment as Jira's CSV packs it; other text has neither date nor author."""
    match = _PACKED.match(text)
    return Entry(match[1], match[2], "", match[3]) if match else Entry("", "", "", text)
