from __future__ import annotations

from curate.mining import Draft, Visible, mine, plain
from curate.tables.parsed import Field, Kind, Parsed, Turn
from curate.text.canonical import Canonical

ASKED = "My badge does not open the door of the garage any more."
ANSWERED = "A badge sleeps after a year. Please hold it against the reader for five seconds."


def test_a_ticket_is_its_subject_and_message_with_the_last_public_answer() -> None:
    document = _ticket(
        ("customer", ASKED),
        ("agent", "We look into it and come back to you soon."),
        ("agent", ANSWERED),
    )

    (draft,) = mine(document)

    assert _texts(document, draft) == (f"Badge broken\n\n{ASKED}", ANSWERED)
    assert draft.flaws == ()
    assert draft.teaches == "behaviour"


def test_a_note_among_colleagues_is_seen_by_nobody() -> None:
    document = _ticket(
        ("customer", ASKED), ("agent", ANSWERED), ("note", "This customer is annoying, be quick.")
    )

    (draft,) = mine(document)

    assert _texts(document, draft)[1] == ANSWERED


def test_the_accepted_answer_goes_before_a_later_one() -> None:
    document = _ticket(
        ("customer", ASKED),
        ("accepted", ANSWERED),
        ("agent", "Is there anything else that we can do for you?"),
    )

    (draft,) = mine(document)

    assert _texts(document, draft)[1] == ANSWERED
    assert draft.features.resolved == 1


def test_thanks_of_the_customer_raise_the_score() -> None:
    plain_ticket = _ticket(("customer", ASKED), ("agent", ANSWERED))
    thanked = _ticket(
        ("customer", ASKED), ("agent", ANSWERED), ("customer", "Thanks, that worked!")
    )

    assert mine(thanked)[0].score > mine(plain_ticket)[0].score


def test_a_farewell_is_no_answer() -> None:
    document = _ticket(
        ("customer", ASKED),
        ("agent", ANSWERED),
        ("customer", "Thanks, that worked!"),
        ("agent", "Glad to hear it. I close this one, a short form follows by mail tomorrow."),
    )

    (draft,) = mine(document)

    assert _texts(document, draft)[1] == ANSWERED


RENEW = (
    "The session limit is 60 minutes. In the client open Settings > Connection and switch on "
    "'Renew session', then it stays up for ten hours."
)


def test_a_short_answer_in_other_words_is_right_if_the_customer_says_that_it_worked() -> None:
    asked = ("customer", "Since Monday the tunnel drops and I log in again.")
    known = "Licences of that kind are bought for a year."

    (thanked,) = mine(_ticket(asked, ("agent", known), ("customer", "Thanks, that solved it!")))
    (doubted,) = mine(
        _ticket(asked, ("agent", known), ("customer", "Thanks, but it is not solved"))
    )
    (alone,) = mine(_ticket(asked, ("agent", known)))

    assert thanked.flaws == ()
    assert "off_topic" in doubted.flaws
    assert "off_topic" in alone.flaws


def test_a_short_procedure_in_other_words_is_right_if_the_ticket_was_settled() -> None:
    asked = ("customer", "The tunnel drops each morning.")

    (steps,) = mine(_ticket(asked, ("accepted", RENEW)))
    (no_steps,) = mine(_ticket(asked, ("accepted", "Licences of that kind are bought for a year.")))
    (unsettled,) = mine(_ticket(asked, ("agent", RENEW)))

    assert steps.flaws == ()
    assert "off_topic" in no_steps.flaws
    assert "off_topic" in unsettled.flaws


def test_a_procedure_behind_a_second_question_is_not_taken_for_the_answer_to_the_first() -> None:
    (draft,) = mine(
        _ticket(
            ("customer", "The tunnel drops each morning."),
            ("agent", "Which one?"),
            ("customer", "Forget it. How do I send an item back?"),
            ("accepted", "Print the label, put it on the box and hand it in."),
            ("customer", "Thanks, that solved it!"),
        )
    )

    assert "off_topic" in draft.flaws


def test_a_message_may_ask_several_things_and_its_subject_is_no_question_heading() -> None:
    document = _ticket(
        ("customer", "Why does it not open? Is it the badge?"),
        ("agent", ANSWERED),
        subject="Why closed?",
    )

    (draft,) = mine(document)

    assert draft.extractor == "tickets"
    assert draft.flaws == ()


def test_an_automatic_reply_is_no_answer() -> None:
    receipt = "We have received your request. This is an automatic reply, do not answer."

    assert mine(_ticket(("customer", ASKED), ("agent", receipt))) == []


def test_an_open_or_dropped_ticket_is_marked() -> None:
    open_one = _ticket(("customer", ASKED), ("agent", ANSWERED), status="Open")
    dropped = _ticket(("customer", ASKED), ("agent", ANSWERED), status="Won't do")

    assert mine(open_one)[0].flaws == ("unresolved",)
    assert mine(dropped)[0].flaws == ("not_answered",)


def test_a_ticket_without_answer_gives_nothing() -> None:
    assert mine(_ticket(("customer", ASKED))) == []


def _ticket(
    *messages: tuple[str, str], status: str = "solved", subject: str = "Badge broken"
) -> Parsed:
    canonical = Canonical()
    canonical.heading(subject, level=1)
    for party, (role, text) in enumerate(messages):
        public = role != "note"
        who = "agent" if role in {"note", "accepted"} else role
        canonical.turn(Turn(who, party, public=public, accepted=role == "accepted"))
        canonical.paragraph(text, kind=Kind.PARAGRAPH if public else Kind.COMMENT)
    return canonical.build(fields=[Field("status", status)])


def _texts(document: Parsed, draft: Draft) -> tuple[str, str]:
    views = (Visible(document),)
    return plain(draft.question, views), plain(draft.answer, views)
