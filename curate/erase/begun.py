"""An erasure that has begun: what finishes it, if whoever began it dies.

From the moment the clean release is in force, nothing else can tell which releases and passages are to
go. The file lies in private/erasures and goes with the last step; until then it holds the passages that
are to be looked for, which the workspace still holds as well.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from curate.store.files import write_text
from curate.tables.erasures import ErasurePlan  # noqa: TC001 - read when one is decoded

if TYPE_CHECKING:
    from pathlib import Path

    from curate.store.workspace import Workspace

_NAME = "begun.json"


@dataclass(frozen=True, slots=True)
class Begun:
    """What was shown, the passages to look for, and what the record will say.

    `successor` is the number of the clean release: with an older one in force, nothing has happened yet.
    """

    plan: ErasurePlan
    words: tuple[str, ...]
    number: int
    chunks: int
    examples: int
    suppressed: int
    successor: int

    def means(self, name: str) -> bool:
        """Tell whether a name that somebody gives is one of its documents'."""
        return any(name in (one.doc_id, one.address) for one in self.plan.documents)


def folder(workspace: Workspace) -> Path:
    """Return where records lie."""
    return workspace.private / "erasures"


def place(workspace: Workspace) -> Path:
    """Return the file."""
    return folder(workspace) / _NAME


def write(workspace: Workspace, begun: Begun) -> None:
    """Keep it, before anything is done."""
    folder(workspace).mkdir(mode=0o700, exist_ok=True)
    write_text(msgspec.json.encode(begun).decode(), place(workspace))


def read(workspace: Workspace) -> Begun | None:
    """Return it, if there is one."""
    with suppress(FileNotFoundError, msgspec.DecodeError):
        return msgspec.json.decode(place(workspace).read_bytes(), type=Begun)
    return None


def clear(workspace: Workspace) -> None:
    """Remove it."""
    place(workspace).unlink(missing_ok=True)
