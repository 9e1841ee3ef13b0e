from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.mining import Draft, Visible, mine, mine_thread, plain
from curate.tables.parsed import Field, Parsed, Turn
from curate.text.canonical import Canonical

ASKED = "The lamp of our tester goes out after a minute. What can we do about the lamp?"
GENERAL = "The lamp goes out when it is too hot. Clean the filter and wait for ten minutes."
MORE = "A second lamp costs £20 and fits every tester."


@pytest.mark.parametrize(
    "greeting",
    [
        "Hello Ms Doe,",
        "Hi,",
        "Good morning Freya Sandoval, thanks for the details.",
        "Dear all,\nThank you for contacting us.",
        "To whom it may concern,",
        "Guten Tag Frau Meier,",
        "Bonjour Madame,",
        "Hola,\nMuchas gracias por su mensaje.",
    ],
)
def test_greeting_and_thanks_are_no_part_of_an_answer(greeting: str) -> None:
    assert _answer(f"{greeting}\n\n{GENERAL}") == GENERAL


@pytest.mark.parametrize(
    "farewell",
    [
        "Kind regards,\nTom Baker, Support",
        "Best,\nTom",
        "Just answer here if anything is unclear. Tomasz Wrona",
        "Please do not hesitate to contact us.\n\nThanks,\nTom Baker\nService Desk",
        "If you have any further questions, let us know!",
        "Mit freundlichen Grüßen\nEva Lang",
        "Cordialement,\nJeanne Roux",
        "Help desk",
        "Your IT support team",
        "Ihr Kundenservice",
    ],
)
def test_offers_of_help_and_signatures_are_no_part_of_an_answer(farewell: str) -> None:
    assert _answer(f"{GENERAL}\n\n{farewell}") == GENERAL


@pytest.mark.parametrize("last", ["Help desk.", "Ask the help desk"])
def test_a_last_line_that_is_more_than_a_desk_stays(last: str) -> None:
    assert _answer(f"{GENERAL}\n\n{last}") == f"{GENERAL}\n\n{last}"


def test_a_greeting_on_the_line_of_the_answer_goes_alone() -> None:
    assert _answer(f"Hi Anna, {GENERAL}") == GENERAL


def test_a_question_loses_its_greeting_and_its_thanks_too() -> None:
    draft, document = _mined(f"Dear team,\n{ASKED}\nThanks in advance!\nJane Roe", GENERAL)

    assert plain(draft.question, (Visible(document),)) == f"Light fails\n\n{ASKED}"


ONCE = [
    "I have booked the engineer for you.",
    "The engineer comes on Tuesday at 10.",
    "Your RMA is R26-00874, valid for 30 days.",
    "Your replacement left our dock.",
    "Your replacement was held until the payment came.",
    "Your order is on its way, tell us if it does not come.",
    "The form is attached if you need it.",
    "Your account exists under your old address, which is where the link was sent.",
    "Licences go back if no seat was activated, which is the case here.",
    "We look into it again on 28 August.",
    "I attach the form for the return.",
    "Invoice INV-98550 was cancelled.",
    "The refund of £445.28 will reach you.",
    "Ich habe die Lampe bestellt.",
    "J'ai commandé la lampe.",
]


@pytest.mark.parametrize("sentence", ONCE)
def test_a_sentence_about_one_case_is_cut_from_the_end(sentence: str) -> None:
    assert _answer(f"{GENERAL} {MORE} {sentence}") == f"{GENERAL} {MORE}"


@pytest.mark.parametrize("sentence", ONCE)
def test_an_answer_is_not_joined_around_a_sentence_about_one_case(sentence: str) -> None:
    draft, document = _mined(ASKED, f"{GENERAL} {sentence} {MORE}")

    assert draft.flaws == ("one_off",)
    assert plain(draft.answer, (Visible(document),)) == f"{GENERAL} {sentence} {MORE}"


def test_a_courtesy_in_the_middle_of_an_answer_stays() -> None:
    said = f"{GENERAL} We are sorry about that. {MORE}"

    assert _answer(said) == said


def test_a_condition_in_the_middle_of_an_answer_stays() -> None:
    said = (
        "Open the order of the lamp, click on Edit address. Only orders below 500 EUR can be changed "
        "this way. This works until the parcel has left our warehouse. Larger orders need a call."
    )

    assert _answer(said) == said


@pytest.mark.parametrize(
    "sentence",
    [
        "If your order was lost, ask the carrier.",
        "This works until the parcel has left our warehouse.",
        "Nothing is charged unless your order was sent by courier.",
        "Ask the carrier when your parcel was not delivered.",
        "It can be changed as long as the invoice was not paid.",
        "Your delivery is free as long as the order is above £50.",
        "Licences can be returned within 14 days.",
        "The support office opens at 8:00 from Monday to Friday.",
        "Order part 7015-31 in the shop.",
        "Changes made after the 15th count from the next month.",
        "We charge £35 for a missing lock.",
        "Open Settings > People and remove the old one.",
        "Version 5.2 follows the region of the system.",
    ],
)
def test_a_sentence_that_is_true_of_anybody_stays(sentence: str) -> None:
    assert _answer(f"{GENERAL} {sentence}") == f"{GENERAL} {sentence}"


def test_what_leans_on_a_cut_sentence_goes_with_it() -> None:
    said = f"{GENERAL} {MORE} Your RMA is R26-00874. It is valid for 30 days."

    assert _answer(said) == f"{GENERAL} {MORE}"


@pytest.mark.parametrize(
    "step",
    [
        "Your RMA is R26-00874. Write it on the outside.",
        "If it stays dark, we change it on site; 9 September is free, shall I book it?",
        "Send the lamp alone, without its cable, with R26-00455 on the box.",
        "I see that number INV-98550 is wrong: please compare it letter by letter.",
        "Your replacement left our dock. Let it burn in for two hours.",
        "The person whom we reach on 3 May has to confirm it.",
    ],
)
def test_an_answer_that_lost_a_step_is_not_learnt(step: str) -> None:
    draft, _ = _mined(ASKED, f"{GENERAL} {MORE} {step}")

    assert draft.flaws == ("shortened",)


@pytest.mark.parametrize(
    "lost",
    [
        "If the lamp goes out too, call me and I will book an engineer.",
        "Values since 3 May are right after each of them.",
    ],
)
def test_an_answer_that_lost_what_is_beside_the_matter_is_learnt(lost: str) -> None:
    draft, document = _mined(
        f"{ASKED} Do we test it after each change?", f"{GENERAL} {MORE} {lost}"
    )

    assert draft.flaws == ()
    assert plain(draft.answer, (Visible(document),)) == f"{GENERAL} {MORE}"


def test_an_answer_that_lost_what_was_asked_for_is_not_learnt() -> None:
    charged = "You took our payment of £170.48 twice. Please reverse one of them, our limit is used up by it."
    why = "The shop answers a payment late on such days, and then the second click goes through."
    borrowed = f"{ASKED} Is a loan unit possible?"

    deed, _ = _mined(charged, f"{why} The second payment of £170.48 was reversed this morning.")
    told, _ = _mined(borrowed, f"{GENERAL} An engineer comes on 3 May with a loan unit.")

    assert deed.flaws == told.flaws == ("shortened",)


def test_that_the_asker_is_right_is_no_answer() -> None:
    draft, _ = _mined(
        "I was charged twice. Why?",
        "You are right: the shop answered late after the first payment and the second click went "
        "through. The second payment of £170.48 was reversed this morning.",
    )

    assert "one_off" in draft.flaws


@pytest.mark.parametrize(
    "asking",
    [
        "To be sure I need one number: the time from stop to standstill. Below 210 s it is broken.",
        "Run Maintenance > Lamp test and tell me the figure. Above 5 we change the lamp.",
        "Please send us a photo of the lamp.",
        "Could you tell us its serial number.",
        "Which tester do you have?",
        "Bitte nennen Sie mir die Seriennummer der Lampe.",
    ],
)
def test_an_answer_that_waits_for_more_is_not_learnt(asking: str) -> None:
    draft, _ = _mined(ASKED, f"{GENERAL} {MORE} {asking}")

    assert draft.flaws == ("asks_back",)


@pytest.mark.parametrize(
    "asking",
    [
        "Still nothing? send me the file lamp.log from Documents; it shows the reason.",
        "If it stays dark, tell me the figure under Maintenance.",
        "Please tell me if that is not enough.",
        "To return the lamp, send us its serial number.",
        "The number alone is harmless, but never send us the key.",
    ],
)
def test_what_is_asked_for_in_one_case_or_never_is_a_part_of_the_answer(asking: str) -> None:
    assert _answer(f"{GENERAL} {MORE} {asking}") == f"{GENERAL} {MORE} {asking}"


def test_whether_it_helped_is_asked_for_courtesy() -> None:
    assert _answer(f"{GENERAL} {MORE} Does that help?") == f"{GENERAL} {MORE}"


def test_an_answer_that_was_a_deed_teaches_nothing() -> None:
    draft, _ = _mined(ASKED, f"Done: I have sent a lamp to you. {GENERAL} {MORE}")

    assert "one_off" in draft.flaws


def test_an_answer_of_which_little_is_left_teaches_nothing() -> None:
    draft, _ = _mined(
        ASKED, "The lamp is the part. I have ordered one. It arrives on 3 May. You hear from me."
    )

    assert "one_off" in draft.flaws


def test_an_amount_that_the_asker_named_is_the_askers() -> None:
    question = f"{ASKED} We paid £103.51 for it."

    draft, document = _mined(question, f"{GENERAL} {MORE} The sum £103.51 goes to the bank.")

    assert plain(draft.answer, (Visible(document),)) == f"{GENERAL} {MORE}"


def test_what_is_asked_besides_goes_where_somebody_else_answers_it() -> None:
    draft, document = _mined(
        f"{ASKED} By the way, invoice INV-4711 is wrong.",
        f"{GENERAL} The other matter has its own ticket now.",
    )
    lost, _ = _mined(
        f"{ASKED} Our invoice is wrong.", f"{GENERAL} The other matter has its own ticket now."
    )

    assert plain(draft.question, (Visible(document),)).endswith(ASKED)
    assert draft.flaws == ()
    assert "partly_answered" in lost.flaws


def test_a_short_answer_without_a_word_of_the_question_is_off_topic() -> None:
    draft, _ = _mined(ASKED, "Deliveries to Norway are free of duties above ten kilograms.")

    assert "off_topic" in draft.flaws


@pytest.mark.parametrize("subject", ["AW: our call", "Help needed", "Hi,", "Re: Fwd: question"])
def test_a_subject_that_says_nothing_does_not_lead(subject: str) -> None:
    draft, document = _mined(ASKED, GENERAL, subject=subject)

    assert plain(draft.question, (Visible(document),)) == ASKED


def test_mails_lose_their_courtesies_as_tickets_do() -> None:
    mails = [
        _mail("a", "ann", f"Hello Bob,\n\n{ASKED}\n\nRegards,\nAnn"),
        _mail("b", "bob", f"Hi Ann,\n\n{GENERAL}\n\nBest wishes\nBob", to="a"),
    ]

    (draft,) = mine_thread(mails)

    views = [Visible(mail, number=at) for at, mail in enumerate(mails)]
    assert plain(draft.question, views) == ASKED
    assert plain(draft.answer, views) == GENERAL


def test_a_mail_that_is_broken_into_lines_is_cut_by_sentences() -> None:
    broken = (
        "The lamp goes out when it is too hot, which happens in rooms\n"
        "without air. Clean the filter and wait for ten minutes. I have\n"
        "sent you a new one today, which should arrive soon."
    )

    said = _answer(broken)

    assert said.startswith("The lamp goes out")
    assert "new one" not in said
    assert said.endswith("Clean the filter and wait for ten minutes.")


@given(st.lists(st.sampled_from([GENERAL, MORE, "Hi,", "I sent it today.", "Best,", "a.b", "…"])))
@settings(max_examples=60, deadline=None)
def test_every_word_of_an_answer_stands_in_the_message(parts: list[str]) -> None:
    document = _ticket(ASKED, "\n".join([*parts, GENERAL]), "Light fails")

    for draft in mine(document):
        said = plain(draft.answer, (Visible(document),))
        assert set(said.split()) <= set(document.text.split())
        assert all(span.start < span.end for span in draft.evidence)


@pytest.mark.parametrize("hostile", ["a-" * 40_000, "." * 60_000, "Hi, " * 20_000, "RMA " * 20_000])
def test_endless_messages_cost_no_time(hostile: str) -> None:
    assert len(mine(_ticket(ASKED, f"{hostile} {GENERAL}", "Tester"))) <= 1


def _answer(text: str) -> str:
    draft, document = _mined(ASKED, text)
    assert draft.flaws == ()
    return plain(draft.answer, (Visible(document),))


def _mined(asked: str, answered: str, *, subject: str = "Light fails") -> tuple[Draft, Parsed]:
    document = _ticket(asked, answered, subject)
    (draft,) = mine(document)
    return draft, document


def _ticket(asked: str, answered: str, subject: str) -> Parsed:
    canonical = Canonical()
    canonical.heading(subject, level=1)
    for party, (role, text) in enumerate((("customer", asked), ("agent", answered))):
        canonical.turn(Turn(role, party))
        for block in text.split("\n\n"):
            canonical.paragraph(block)
    return canonical.build(fields=[Field("status", "solved")])


def _mail(key: str, author: str, text: str, *, to: str = "") -> Parsed:
    canonical = Canonical()
    canonical.turn(Turn("author", 0, key=key, reply_to=(to,) if to else ()))
    for block in text.split("\n\n"):
        canonical.paragraph(block)
    return canonical.build(fields=[Field("from", author)])
