from __future__ import annotations

from dataclasses import replace

from curate.mining import Visible, mine, plain
from curate.parsers.blob import Blob
from curate.parsers.web import read_markdown
from curate.tables.parsed import Kind, Parsed
from curate.text.canonical import Canonical

ANSWER = "Ask the travel office for the form, fill it in and send it back within ten days."


def test_steps_that_all_say_one_get_their_numbers() -> None:
    canonical = Canonical()
    canonical.heading("How do I renew a badge?", level=1)
    for step in ("Open the badge page.", "Choose renew from the menu.", "Wait for the mail."):
        canonical.item(step, number=1)

    ((_, answer),) = _pairs(canonical.build())

    assert (
        answer == "1. Open the badge page.\n2. Choose renew from the menu.\n3. Wait for the mail."
    )


def test_what_edits_drop_is_in_no_draft() -> None:
    parsed = document(f"## Who approves travel?\n\nThe secret word is plover. {ANSWER}")
    start = parsed.text.index("The secret")
    end = start + len("The secret word is plover. ")

    (draft,) = mine(parsed, dropped=[(start, end)])

    assert plain(draft.answer, (Visible(parsed),)) == ANSWER
    assert all(span.end <= start or span.start >= end for span in draft.evidence)


def test_hidden_text_is_mined_by_nobody() -> None:
    canonical = Canonical()
    canonical.heading("Who approves travel?", level=1)
    canonical.paragraph(ANSWER, kind=Kind.HIDDEN)

    assert mine(canonical.build()) == []


def _pairs(parsed: Parsed, *, flawed: bool = False) -> list[tuple[str, str]]:
    views = (Visible(parsed),)
    drafts = [draft for draft in mine(parsed) if flawed or not draft.flaws]
    return [(plain(d.question, views), plain(d.answer, views)) for d in drafts]


def document(markdown: str, *, language: str = "en") -> Parsed:
    parsed = read_markdown(Blob(markdown.encode(), "page.md", "text/markdown"))
    return replace(parsed, language=language)
