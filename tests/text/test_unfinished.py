from __future__ import annotations

import pytest

from curate.tables.parsed import Field, Parsed, Turn
from curate.text.canonical import Canonical
from curate.text.unfinished import is_draft, is_draft_file, says_draft


@pytest.mark.parametrize(
    "title",
    [
        "Remote work policy DRAFT 2024",
        "Remote work policy (draft)",
        "Remote work policy [Draft v2]",
        "Remote work policy - draft",
        "Remote work policy – Draft 3",
        "Remote work policy draft v0.3",
        "DRAFT: Remote work",
        "Draft – remote work policy",
        "Travel policy (DRAFT – do not distribute)",
        "Travel policy: do not cite or distribute",
        "Richtlinie Reisekosten Entwurf",
        "Richtlinie Reisekosten (Entwurf)",
        "Politique de voyage (brouillon)",
        "Política de viajes - borrador",
        "Handbook [work in progress]",
        "DRAFT",
    ],
)
def test_a_mark_in_a_title_says_that_it_is_a_draft(title: str) -> None:
    assert says_draft(title)
    assert is_draft(_document(title))


@pytest.mark.parametrize(
    "title",
    [
        "Draft beer on tap",
        "How to draft a letter",
        "Draft a plan",
        "Draft-proofing the windows",
        "HOW TO DRAFT A CONTRACT",
        "Drafting guidelines",
        "Reviewing drafts",
        "NFL Draft 2024",
        "Vom Konzept zum Entwurf",
        "Overdraft fees",
        "Do not distribute passwords",
        "Accounting for work in progress",
        "When is a draft final?",
    ],
)
def test_other_drafts_are_none(title: str) -> None:
    assert not says_draft(title)
    assert not is_draft(_document(title))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("remote-work-policy-2024-DRAFT.odt", True),
        ("DRAFT_policy.docx", True),
        ("amendment-draft.docx", True),
        ("policy (draft).md", True),
        ("satzung_entwurf.pdf", True),
        ("draft-beer.md", False),
        ("how-to-draft.md", False),
        ("drafting.md", False),
        ("DRAFTING_RULES.md", False),
        ("draft.md", False),
    ],
)
def test_the_name_of_a_file_is_marked(name: str, expected: bool) -> None:  # noqa: FBT001
    assert is_draft_file(name) is expected


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("status", "draft", True),
        ("status", "Entwurf", True),
        ("draft", "true", True),
        ("draft", "false", False),
        ("status", "final", False),
        ("status", "draft beer", False),
    ],
)
def test_a_property_says_it(field: str, value: str, expected: bool) -> None:  # noqa: FBT001
    assert is_draft(_document("Policy", field=Field(field, value))) is expected


def test_a_heading_over_a_part_of_a_document_says_nothing_of_the_whole() -> None:
    canonical = Canonical()
    canonical.heading("Policy", level=1)
    canonical.paragraph("Rules that hold.")
    canonical.heading("Annex (draft)", level=2)
    canonical.paragraph("Rules to come.")

    assert not is_draft(canonical.build(title="Policy"))


def test_a_first_line_may_be_the_mark() -> None:
    canonical = Canonical()
    canonical.heading("Policy", level=1)
    canonical.paragraph("DRAFT - do not distribute")
    canonical.paragraph("Rules to come.")

    assert is_draft(canonical.build(title="Policy"))


def test_a_conversation_about_a_draft_is_none() -> None:
    canonical = Canonical()
    canonical.turn(Turn("customer", 0))
    canonical.paragraph("Where is it?")

    assert not is_draft(canonical.build(title="Contract (draft)"))


def _document(title: str, *, field: Field | None = None) -> Parsed:
    canonical = Canonical()
    canonical.heading(title, level=1)
    canonical.paragraph("Two days a week may be worked from home.")
    return canonical.build(title=title, fields=[field] if field else [])
