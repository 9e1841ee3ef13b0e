"""Edit: what analyses found becomes the only table that alters text.

Drops come from the kinds of element that no product shows and from risks whose policy says so,
replacements from PII of the types that are to be replaced.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from curate.config import Settings
from curate.pii import texts_of
from curate.stage import stage
from curate.tables.edits import Edit
from curate.tables.parsed import DROPPED, Kind, Parsed
from curate.tables.pii_spans import PiiSpan
from curate.tables.risks import Risk
from curate.text.edits import drop, normalise, replacements

TEXT = "text"


class EditSettings(Settings):
    """Which kinds and risks are dropped, which types of PII are replaced."""

    show: tuple[Literal["note", "comment", "footnote"], ...] = Field(default=("footnote",))
    hidden: Literal["drop", "keep"] = "drop"
    encoding: Literal["drop", "keep"] = "drop"


class PseudonymKey:
    """The key that surrogates and digests of values are made with."""

    def __init__(self, key: bytes) -> None:
        """Hold the key; it is never printed."""
        self.key = key


@stage(version=3, grain="record")
def edit(
    parsed: Parsed,
    pii: tuple[PiiSpan, ...],
    risks: tuple[Risk, ...],
    *,
    settings: EditSettings,
    pseudonyms: PseudonymKey,
) -> Iterator[Edit]:
    """Decide what is dropped from one document and what is replaced in it."""
    texts = texts_of(parsed)
    wishes = [
        *_kinds(parsed, settings),
        *_risks(risks, settings),
        *replacements(pii, texts, key=pseudonyms.key),
    ]
    yield from normalise(wishes)


def _kinds(parsed: Parsed, settings: EditSettings) -> Iterator[Edit]:
    shown = {Kind(kind) for kind in settings.show}
    for element in parsed.elements:
        if element.kind in DROPPED and element.kind not in shown:
            yield drop(TEXT, element.start, element.end, reason=element.kind.value)


def _risks(risks: tuple[Risk, ...], settings: EditSettings) -> Iterator[Edit]:
    dropped = {
        family
        for family, policy in (("hidden", settings.hidden), ("encoding", settings.encoding))
        if policy == "drop"
    }
    for risk in risks:
        if risk.family in dropped:
            yield drop(risk.field, risk.start, risk.end, reason=risk.rule)
