from __future__ import annotations

from curate.mining import Draft, Visible, mine_thread, plain
from curate.tables.parsed import Field, Kind, Parsed, Turn
from curate.text.canonical import Canonical

ASKED = "Could you tell me when the new travel policy comes into force?"
ANSWERED = "The new travel policy comes into force on the first of March for everybody."


def test_a_reply_by_another_person_answers_a_mail_that_asks() -> None:
    mails = [_mail("a", "ann", [ASKED]), _mail("b", "bob", [ANSWERED], to="a")]

    (draft,) = mine_thread(mails)

    assert _texts(mails, draft) == (ASKED, ANSWERED)
    assert {span.document for span in draft.evidence} == {1}


def test_mails_are_put_in_order_of_their_dates() -> None:
    mails = [_mail("b", "bob", [ANSWERED], to="a", day=2), _mail("a", "ann", [ASKED], day=1)]

    (draft,) = mine_thread(mails)

    assert _texts(mails, draft) == (ASKED, ANSWERED)
    assert {span.document for span in draft.evidence} == {0}


def test_a_reply_of_the_same_person_answers_nothing() -> None:
    assert (
        list(mine_thread([_mail("a", "ann", [ASKED]), _mail("b", "ann", [ANSWERED], to="a")])) == []
    )


def test_a_mail_that_asks_nothing_is_not_answered() -> None:
    mails = [
        _mail("a", "ann", ["The minutes are attached for all of you."]),
        _mail("b", "bob", [ANSWERED], to="a"),
    ]

    assert list(mine_thread(mails)) == []


def test_an_answer_below_a_quoted_question_goes_with_that_question() -> None:
    second = "And how do I claim the cost of a taxi to the airport?"
    below = "Attach the receipt of the taxi to your voucher."
    first = _mail("a", "ann", [ASKED, second])
    reply = _mail("b", "bob", [f"> {ASKED}", ANSWERED, f"> {second}", below], to="a")
    mails = [first, reply]

    drafts = list(mine_thread(mails, [(), _quotes(reply)]))

    assert [_texts(mails, d) for d in drafts] == [(ASKED, ANSWERED), (second, below)]


def test_a_reply_answers_the_nearest_question_not_the_one_that_began_the_thread() -> None:
    first = _mail("a", "ann", [ASKED])
    later = _mail("c", "ann", ["How do I claim the cost of a taxi to the airport?"], to="b a")
    said = "Attach the receipt of the taxi to your voucher for the airport."
    last = _mail("d", "bob", [said], to="c b a")

    alone, both = [later, last], [first, later, last]  # the mail between them is not there

    for mails in (alone, both):
        (draft,) = mine_thread(mails)
        question = mails[-2].text
        assert _texts(mails, draft) == (question, said)


def test_an_absence_notice_is_no_answer() -> None:
    away = "Automatic reply: I am out of the office until Monday and read no mail."

    assert list(mine_thread([_mail("a", "ann", [ASKED]), _mail("b", "bob", [away], to="a")])) == []


def _mail(key: str, author: str, blocks: list[str], *, to: str = "", day: int = 0) -> Parsed:
    """Return a mail; `to` names those that it replies to, the nearest first."""
    canonical = Canonical()
    date = f"2024-01-0{day}" if day else None
    canonical.turn(Turn("author", 0, key=key, reply_to=tuple(to.split()), date=date))
    for block in blocks:
        quoted = block.startswith("> ")
        canonical.paragraph(block, kind=Kind.QUOTED if quoted else Kind.PARAGRAPH)
    return canonical.build(fields=[Field("from", author)])


def _quotes(document: Parsed) -> list[tuple[int, int]]:
    return [(e.start, e.end) for e in document.elements if e.kind is Kind.QUOTED]


def _texts(documents: list[Parsed], draft: Draft) -> tuple[str, str]:
    views = [Visible(document, number=at) for at, document in enumerate(documents)]
    return plain(draft.question, views), plain(draft.answer, views)
