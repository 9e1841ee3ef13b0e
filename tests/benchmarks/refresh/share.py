"""A share of made-up documents: sections of real ones put together anew, some of their words swapped.

Real sections keep headings, lists, tables and lengths as people write them; swapped words keep the
documents from being copies of one another. Everything follows from a seed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from random import Random

_SHORTEST, _LONGEST = 300, 4000  # characters of a section
_FEWEST, _MOST = 2, 4  # sections of a document
_SWAPPED = 0.08  # of the plain words
_EDITS = 3  # words changed in an edited document
_FOLDER = 200  # documents in a folder
_HEADING = re.compile(r"(?m)^(?=#{1,3} )")
_PLAIN = re.compile(r"(?<!\S)[a-z]{5,9}(?!\S)")  # no part of a link, a name or a mark


@dataclass(frozen=True, slots=True)
class Stock:
    """What documents are made of: sections, and the plain words in them."""

    sections: tuple[str, ...]
    words: tuple[str, ...]

    def document(self, number: int, chance: Random) -> str:
        """Return the text of a document."""
        count = min(chance.randint(_FEWEST, _MOST), len(self.sections))
        parts = chance.sample(self.sections, count)
        swapped = (self._swapped(part, chance) for part in parts)
        return "\n\n".join((f"# Guide {number}", *swapped)) + "\n"

    def _swapped(self, text: str, chance: Random) -> str:
        def other(found: re.Match[str]) -> str:
            return chance.choice(self.words) if chance.random() < _SWAPPED else found.group()

        return _PLAIN.sub(other, text)

    def edited(self, text: str, chance: Random) -> str:
        """Return a text in which some plain words, wherever they stand, are others."""
        places = list(_PLAIN.finditer(text))
        for place in sorted(
            chance.sample(places, min(_EDITS, len(places))), key=lambda found: -found.start()
        ):
            word = place.group()
            while word == place.group():
                word = chance.choice(self.words)
            text = text[: place.start()] + word + text[place.end() :]
        return text


def stock(texts: Sequence[str]) -> Stock:
    """Take Markdown apart at its headings; sections that are too short or too long are left out."""
    parts = (part.strip() for text in texts for part in _HEADING.split(text))
    sections = tuple(part for part in parts if _SHORTEST < len(part) < _LONGEST)
    return Stock(sections, tuple(sorted(set(_PLAIN.findall("\n".join(sections))))))


def newest(data: Path) -> list[str]:
    """Return the Markdown texts of the newest version of each company's documents."""
    found: list[str] = []
    for company in sorted(data.glob("company_docs/*/")):
        for version in sorted(company.glob("v*/"))[-1:]:
            found += [p.read_text(encoding="utf-8") for p in sorted(version.rglob("*.md"))]
    return found


def write(share: Path, made_of: Stock, count: int, chance: Random) -> list[Path]:
    """Write a share; return its files."""
    paths = [share / f"{n // _FOLDER:04}" / f"guide-{n:06}.md" for n in range(count)]
    for number, path in enumerate(paths):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made_of.document(number, chance), encoding="utf-8")
    return paths


def edit(paths: Sequence[Path], made_of: Stock, count: int, chance: Random) -> int:
    """Edit some of the files; return how many bytes the edited ones hold."""
    size = 0
    for path in chance.sample(paths, count):
        text = made_of.edited(path.read_text(encoding="utf-8"), chance)
        size += path.write_bytes(text.encode())
    return size
