"""One record on its way through a run: where it came from, and what each stage knows of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.parsers.readers import RECORD
from curate.parsers.records.heads import TELLING
from curate.pipeline.flow import TRANSIENT
from curate.sources.walk import is_remote

if TYPE_CHECKING:
    from curate.tables.courses import Course
    from curate.tables.signatures import Signature
    from curate.tables.sources import Source

_NAMES = {note: name for name, note in TELLING.items()}


@dataclass(slots=True)
class Document:
    """A leaf record, filled in stage by stage.

    `code` is why it was rejected ("" while it is not), `stage` where. `course` is that of its text, once
    it was read; two documents of equal text share it. `corpus` and `finetune` say why it is out of a
    product ("" while it is in). `columns` are the fields that `columns:` of its source reads, as
    spellings are compared.
    """

    source: Source
    columns: frozenset[str] = frozenset()
    doc_id: bytes = b""
    stage: str = ""
    code: str = ""
    course: Course | None = None
    copy_of: bytes = b""
    near_copy_of: bytes = b""
    cluster: bytes = b""
    changes: int = 0  # days of the last quarter on which it changed
    corpus: str = ""
    finetune: str = ""

    @property
    def text_digest(self) -> bytes:
        """Return the keyed digest of its canonical text and elements; empty if it was not read."""
        return self.course.text if self.course else b""

    @property
    def signature(self) -> Signature | None:
        """Return its text's signature, if it has one."""
        return self.course.signature if self.course else None

    @property
    def is_record(self) -> bool:
        """Tell whether it is a record of a file, such as a ticket."""
        return self.source.media_type == RECORD

    @property
    def rejected(self) -> bool:
        """Tell whether it could not be read."""
        return bool(self.code)

    @property
    def date(self) -> str:
        """Return since when it holds or when it was last changed, "" where nothing says."""
        said = self.source.effective or self.source.modified
        inside = self.signature
        return said or (inside.modified or inside.created if inside else "")

    @property
    def notes(self) -> tuple[str, ...]:
        """Return the reason codes of what was met in reading it."""
        notes = self.signature.notes if self.signature else ()
        return tuple(note for note in notes if _NAMES.get(note) not in self.columns)

    def reject(self, stage: str, code: str) -> None:
        """Record why it cannot be used."""
        self.stage, self.code = stage, code
        self.corpus = self.finetune = "rejected"


def may_pass(document: Document) -> bool:
    """Tell whether what kept a document from being read may be over though its file stays the same.

    A missing permission of this machine's disk is none of it: giving it changes the file's stamp.
    """
    location = document.source.location
    if is_remote(location):
        return document.code in {*TRANSIENT, "bad_sidecar"}
    return document.code in TRANSIENT and os.access(location, os.R_OK)
