"""What reading a Word document keeps in mind: the part's story, one paragraph's content."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.parsers.office.fields import link_of
from curate.parsers.office.word_drawings import Shown
from curate.text.inline import Inline

if TYPE_CHECKING:
    from curate.parsers.office.package import Relation
    from curate.parsers.office.word_styles import Styles


@dataclass(slots=True)
class OpenField:
    """A field whose end has not come yet."""

    code: str = ""
    shown: bool = False  # past its separator
    start: int = 0  # where its result begins in the block's text

    def url(self) -> str:
        """Return where the field leads, if it is a link to the outside."""
        return link_of(self.code)


@dataclass(slots=True)
class Story:
    """What all paragraphs of one part share: styles, relations, open fields, the page."""

    styles: Styles
    relations: dict[str, Relation]
    page: int = 1
    rendered: bool = False  # the file says where pages broke when it was last shown
    fields: list[OpenField] = field(default_factory=list)
    dark: bool = False  # white text shows here
    deleted: int = 0


@dataclass(slots=True)
class Runs:
    """What one paragraph or cell holds."""

    inline: Inline = field(default_factory=Inline)
    hidden: dict[str, list[str]] = field(default_factory=dict)
    shown: Shown = field(default_factory=Shown)
    notes: list[tuple[str, str]] = field(default_factory=list)  # part and number
    comments: list[str] = field(default_factory=list)
    page: int = 0  # where its first visible text stands
    plain: int = 0  # signs that are not bold
    mathematics: int = 0  # formulas
    words: int = 0  # signs outside formulas

    def is_bare(self) -> bool:
        """Tell whether there is nothing but text."""
        shown = self.shown
        return not (
            self.hidden
            or self.notes
            or self.comments
            or shown.boxes
            or shown.pictures
            or shown.parts
            or shown.art
        )

    def hide(self, text: str, detail: str) -> None:
        """Keep text that no reader sees, by the way it is hidden."""
        self.hidden.setdefault(detail, []).append(text)


def hide_all(runs: Runs, detail: str) -> None:
    """Take all visible text of a block for hidden."""
    text, _ = runs.inline.finish()
    if text:
        runs.hide(text, detail)
    runs.inline = Inline()
