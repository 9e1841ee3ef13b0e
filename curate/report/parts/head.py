"""The head of the page as values: which release, what to look at first, how it moved."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Identity:
    """Which release this is.

    Attributes:
        pipeline: its name.
        release: its number; of a refused one, the number it would have had.
        parent: the release it was compared with, None for a first one.
        in_force: the release people use now: this one, or of a refused one its parent, if any.
        as_of: the date the run was told.
        manifest: the first digits of the manifest's digest.
        title: whose documents these are, if anyone said.
        tool: name and version of what wrote it.
        written_from: the pipeline file or folder, rendered.
        folder: the release's folder, relative to the workspace.
        forced: published although a gate refused.

    """

    pipeline: str
    release: int
    as_of: date
    manifest: str
    parent: int | None = None
    in_force: int | None = None
    title: str = ""
    tool: str = "curate"
    written_from: str = ""
    folder: str = ""
    forced: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One thing worth a look, and the command that shows it.

    Attributes:
        text: one sentence.
        command: what to type, without the `$`; see `command()` for quoting.
        link: the words of `text` that link to a section; empty for none.
        target: a section's id (`gates`, `intake`, `changes`, `corpus`, `finetune`, `left-out`,
            `pii`, `duplicates`, `labels`, `leaks`, `time`, `chunks`, `examples`) or a reason's
            (`reason-copy`); what is not on the page is not linked.

    """

    text: str
    command: str = ""
    link: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One number over the releases.

    Attributes:
        series: its value in each release, oldest first, this one last.
        gained: how many came since the parent; None when there is no parent.
        lost: how many went.
        within: it is a part of the row above (kept, flagged, rejected).
        target: id of the section that shows it.

    """

    name: str
    series: tuple[int, ...]
    gained: int | None = None
    lost: int | None = None
    within: bool = False
    target: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """A command and what it does, for the last lines: `curate show ID`, `opens any id`."""

    command: str
    words: str
