"""Answers in chats, from exports as they lie on disk."""

from __future__ import annotations

import json
from itertools import product
from typing import TYPE_CHECKING

from curate.mining import Draft, Visible, mine, plain
from curate.parsers.blob import Blob
from curate.parsers.containers import members
from curate.parsers.readers import RECORD, read
from curate.pipeline.trials.trial import attempt

if TYPE_CHECKING:
    from pathlib import Path

    from curate.tables.parsed import Parsed

ASKED = "How do I get the lid of the centrifuge open after a power cut?"
ANSWERED = "Pull the cord behind the plastic plug on the right side of the lid."
THANKS = "Thanks, that worked!"
THINGS = (
    "printer",
    "badge reader",
    "projector",
    "scanner",
    "coffee machine",
    "door",
    "kiln",
    "till",
)
DEEDS = {
    "red": "unplug it for one minute and wait until the fan stands still",
    "green": "press the pin under the cover with a paper clip",
    "amber": "rinse the filter with warm water and let it dry",
    "white": "open the settings page and start the calibration there",
    "blue": "put the cable back into the upper socket of the wall",
}


def test_each_settled_thread_of_a_slack_export_gives_an_example(tmp_path: Path) -> None:
    days = []
    for n, (thing, (part, deed)) in enumerate(product(THINGS, DEEDS.items())):
        asked = f"How do I get the {thing} to work when its {part} lamp is on?"
        told = f"On the {thing} a {part} lamp says that you should {deed}."
        days += _slack(("U1", asked), ("U2+", told), ("U1", THANKS), at=n)
    file = tmp_path / "2023-11-14.json"
    file.write_text(json.dumps(days))

    rows = attempt("mine", file, None)

    assert {row["extractor"] for row in rows} == {"chat_replies"}
    assert len(rows) == 40
    assert all(row["evidence"] and not row["flaws"] for row in rows)


def test_thanks_of_who_asked_settle_a_thread_without_a_mark() -> None:
    assert _only(("U1", ASKED), ("U2", ANSWERED), ("U1", THANKS)) == (ASKED, ANSWERED, ())


def test_an_answer_for_which_nobody_gave_a_sign_is_not_learnt_from() -> None:
    assert _only(("U1", ASKED), ("U2", ANSWERED))[2] == ("unconfirmed",)


def test_thanks_with_a_doubt_settle_nothing() -> None:
    doubt = "Thanks, but it is still shut."

    assert "unconfirmed" in _only(("U1", ASKED), ("U2", ANSWERED), ("U1", doubt))[2]


def test_an_asker_who_comes_back_with_the_same_trouble_takes_the_mark_back() -> None:
    said = (("U1", ASKED), ("U2+", ANSWERED), ("U1", "It does not open again."))

    assert "unconfirmed" in _only(*said)[2]


def test_thanks_of_another_person_settle_nothing_for_the_asker() -> None:
    said = (("U1", ASKED), ("U3", "Same here."), ("U2", ANSWERED), ("U3", THANKS))

    assert "unconfirmed" in _only(*said)[2]


def test_a_marked_answer_goes_before_an_earlier_one() -> None:
    said = (("U1", ASKED), ("U3", "No idea, ask the travel office about it."), ("U2+", ANSWERED))

    assert _only(*said) == (ASKED, ANSWERED, ())


def test_an_answer_in_several_messages_is_learnt_whole() -> None:
    more = "Do it only when the rotor stands still."

    told = _only(("U1", ASKED), ("U2", ANSWERED), ("U2", more), ("U1", THANKS))

    assert told == (ASKED, f"{ANSWERED}\n\n{more}", ())


def test_words_while_the_answer_is_looked_for_are_no_part_of_it() -> None:
    said = (("U1", ASKED), ("U2", "Let me check"), ("U2", ANSWERED), ("U2", "np"), ("U1", "thx!"))

    assert _only(*said) == (ASKED, ANSWERED, ())


def test_a_question_in_several_messages_is_asked_whole() -> None:
    before = "The centrifuge in the basement stopped at noon."

    assert _only(("U1", before), ("U1", ASKED), ("U2+", ANSWERED))[0] == f"{before}\n\n{ASKED}"


def test_an_answer_to_what_became_clear_in_between_is_not_learnt_from() -> None:
    said = (("U1", ASKED), ("U2", "Which model?"), ("U1", "The small one."), ("U2+", ANSWERED))

    assert _only(*said)[2] == ("clarified",)


def test_greetings_and_called_names_are_no_part_of_an_example() -> None:
    said = (("U1", f"Hi all,\n{ASKED}"), ("U2+", f"<@U1> Hi Jane, {ANSWERED}"), ("U1", THANKS))

    assert _only(*said) == (ASKED, ANSWERED, ())


def test_an_answer_that_sends_to_a_person_is_not_learnt_from() -> None:
    told = "Best ask <@U77>, who has the key to the lid of the centrifuge."

    assert "mentions" in _only(("U1", ASKED), ("U2+", told))[2]


def test_a_thread_that_asks_nothing_gives_nothing() -> None:
    assert _drafts(_slack(("U1", "The minutes are out."), ("U2+", ANSWERED))) == []


def test_messages_of_a_channel_that_reply_to_nothing_are_no_thread() -> None:
    people = ("Ann Roe", ASKED), ("Bob Poe", ANSWERED), ("Ann Roe", THANKS), ("Cy Coe", "Morning.")

    assert _drafts({"channel": "floor", "messages": _plain(*people)}) == []
    assert len(_drafts({"channel": "floor", "messages": _plain(*people[:3])})) == 1


def test_threads_within_one_channel_are_told_apart_by_what_replies_to_what() -> None:
    said = _plain(
        ("Ann Roe", ASKED), ("Cy Coe", "Who waters the plants?"), ("Bob Poe", ANSWERED),
        ("Dee Doe", "I do it on Fridays."), ("Ann Roe", THANKS),
    )  # fmt: skip
    for number, to in ((2, 0), (3, 1), (4, 0)):
        said[number]["reply_to"] = f"m{to}"

    drafts = _drafts({"messages": said})

    assert [told for *told, flaws in drafts if not flaws] == [[ASKED, ANSWERED]]


def test_a_reply_whose_question_stands_elsewhere_is_no_thread() -> None:
    day = _slack(("U1", ASKED), ("U2", "Who has the key to it?"), ("U3+", ANSWERED))

    assert _drafts(day[1:]) == []


def _slack(*said: tuple[str, str], at: int = 0) -> list[dict[str, object]]:
    root = 1_700_000_000 + at * 1000
    found: list[dict[str, object]] = []
    for number, (who, text) in enumerate(said):
        message: dict[str, object] = {"type": "message", "user": who.rstrip("+"), "text": text}
        message |= {"ts": f"{root + number}.0001", "thread_ts": f"{root}.0001"}
        if who.endswith("+"):
            message["reactions"] = [{"name": "white_check_mark", "users": ["U1"], "count": 1}]
        found.append(message)
    return found


def _plain(*said: tuple[str, str]) -> list[dict[str, object]]:
    return [{"id": f"m{n}", "from": who, "text": text} for n, (who, text) in enumerate(said)]


def _only(*said: tuple[str, str]) -> tuple[str, str, tuple[str, ...]]:
    (told,) = _drafts(_slack(*said))
    return told


def _drafts(export: object) -> list[tuple[str, str, tuple[str, ...]]]:
    data = json.dumps(export).encode()
    found = [m.data for m in members(data, "application/json")]
    documents = [read(Blob(data, "", RECORD), None) for data in found]
    return [_told(document, draft) for document in documents for draft in mine(document)]


def _told(document: Parsed, draft: Draft) -> tuple[str, str, tuple[str, ...]]:
    views = (Visible(document),)
    assert draft.evidence
    return plain(draft.question, views), plain(draft.answer, views), draft.flaws
