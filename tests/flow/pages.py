"""Pages of which every section is one chunk, each with words of its own."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

_WORDS = (
    "anvil basin cable depot engine flask gauge hinge inlet joint kettle lamp meter nozzle orbit "
    "panel quarry rivet sleeve timber union valve wagon yard zinc brass copper drill elbow fuse "
    "grate hammer ingot jig keel ladder magnet needle oven pulley rack shaft tank vat wheel axle "
    "bolt crank duct flange gasket hopper latch mould pipe rail spindle trough washer"
)
_LENGTH = 60  # words of a section: above what is joined to its neighbour, below what is cut


@dataclass(frozen=True, slots=True)
class Page:
    """A title, an opening, and sections of a heading and a paragraph each."""

    title: str
    opening: str
    sections: tuple[tuple[str, str], ...]
    parent: str = ""  # a heading above the sections, if there is one

    def written(self) -> str:
        """Return it as Markdown."""
        level = "###" if self.parent else "##"
        above = f"## {self.parent}\n\n" if self.parent else ""
        below = "\n".join(f"{level} {heading}\n\n{text}\n" for heading, text in self.sections)
        return f"# {self.title}\n\n{self.opening}\n\n{above}{below}"

    def chunks(self) -> list[str]:
        """Return the canonical text of every chunk."""
        (heading, text), *more = self.sections
        first = f"{self.parent}\n\n{heading}" if self.parent else heading
        rest = [f"{name}\n\n{words}" for name, words in more]
        return [f"{self.title}\n\n{self.opening}", f"{first}\n\n{text}", *rest]

    def edited(self) -> Page:
        """Return it with other words in its last section."""
        *before, (heading, text) = self.sections
        return replace(self, sections=(*before, (heading, f"{text} And nobody else may.")))


def page(topic: str, parent: str = "") -> Page:
    """Return a page about a topic: the same one for the same topic."""
    chance = random.Random(topic)
    name = topic.capitalize()
    sections = tuple((f"{name} {part}", _said(chance)) for part in ("by day", "at night"))
    return Page(name, _said(chance), sections, parent)


def _said(chance: random.Random) -> str:
    words = " ".join(chance.choice(_WORDS.split()) for _ in range(_LENGTH))
    return f"The {words}."
