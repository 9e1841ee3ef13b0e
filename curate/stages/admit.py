"""Admit: which documents reach which product, and if not, why.

Access never widens: a document is learnt from only if the whole audience of the model may read it.
Where no source states access, everybody shares one class, which is then the audience too; once any
source states it, unstated means nobody, whatever a container says of what lies in it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from curate.sources import settings
from curate.stages.list import NO_PRODUCT
from curate.tables.sources import Claim
from curate.text.noise import NOISE

UNSTATED = "unstated"
EVERYONE = settings.EVERYONE


@dataclass(frozen=True, slots=True)
class Applicant:
    """A document that was read, as admission sees it."""

    doc_id: bytes
    access: tuple[str, ...]
    use: str
    copy_of: bytes
    near_copy_of: bytes
    quarantined: bool
    visible: bool
    changes: int = 0  # in the last quarter
    noise: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Admission:
    """Why a document is out of each product ("" where it is in)."""

    corpus: str
    finetune: str


def effective_access(claims: Sequence[Claim]) -> list[tuple[str, ...]]:
    """Return who may read each document.

    Args:
        claims: Of all documents, those included that could not be read.
    """
    anything = any(claim.stated for claim in claims)
    unsaid = () if anything else (UNSTATED,)
    return [
        tuple(name for name in claim.access if name != UNSTATED)
        if claim.stated or (claim.inside and not anything)
        else unsaid
        for claim in claims
    ]


def is_open(access: Collection[str]) -> bool:
    """Tell whether an access list names everybody."""
    return UNSTATED in access or EVERYONE in access


def admit(
    applicants: Sequence[Applicant],
    *,
    audience: Collection[str],
    near: str,
    most_changes: int | None = None,
) -> Mapping[bytes, Admission]:
    """Return the admission of every document.

    Args:
        applicants: All documents that were read.
        audience: Who will use the tuned model; empty: whoever may read what nobody restricts.
        near: `near` if near copies leave the corpus too.
        most_changes: How often a quarter a document may change that is learnt from (None: ever).
    """

    def admission(one: Applicant) -> Admission:
        out = _neither(one)
        volatile = most_changes is not None and one.changes > most_changes
        learnt = _finetune(one, audience) or ("volatile" if volatile else "")
        return Admission(out or _corpus(one, near), out or learnt)

    return {one.doc_id: admission(one) for one in applicants}


def readable(access: Collection[str], audience: Collection[str]) -> bool:
    """Tell whether all of an audience may read something."""
    if UNSTATED in access or EVERYONE in access:
        return True
    return bool(audience) and set(audience) <= set(access)


def _neither(applicant: Applicant) -> str:
    """Return why a document is out of both products, "" if it is not."""
    if applicant.use == NO_PRODUCT:
        return "settings_file"
    if not applicant.visible:
        return "no_visible_text"
    if applicant.quarantined:
        return "quarantined"
    return NOISE if applicant.noise else ""


def _corpus(applicant: Applicant, near: str) -> str:
    if applicant.use == "finetune":
        return "use_finetune_only"
    if applicant.copy_of:
        return "copy"
    return "near_copy" if near == "near" and applicant.near_copy_of else ""


def _finetune(applicant: Applicant, audience: Collection[str]) -> str:
    if applicant.use == "corpus":
        return "use_corpus_only"
    if not readable(applicant.access, audience):
        return "not_for_audience"
    if applicant.copy_of:
        return "copy"
    if applicant.near_copy_of:
        return "near_copy"
    return "draft" if applicant.draft else ""
