"""A conversation whose first letter comes late: what stays, what is new, and in which split it is.

Four threads lie as files, two in one mailbox. The first release holds their second to fourth
letters, the next one their first as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from curate.release.changes import changes
from tests.flow.expected import Expected
from tests.flow.letters import THREADS, Thread, mbox
from tests.flow.whole import KEYS
from tests.release.changes.table import table_diff, told
from tests.release.kept.site import Site

if TYPE_CHECKING:
    from curate.release.reading import Release
    from curate.tables.changes import ReleaseChanges

HERE = Expected(bytes.fromhex(KEYS["CURATE_KEY_IDS"]))
IN_FILES, IN_A_BOX = THREADS[:4], THREADS[4:]
BOX = "desk.mbox"
SPLITS = "finetune: {splits: {validation: 30%, test: 30%}}\n"
HOW = ("reply", "mail_replies", "en.message")


@dataclass(frozen=True)
class Tale:
    """Two releases, the second of which has the first letters too."""

    one: Release
    two: Release
    found: ReleaseChanges


@pytest.fixture(scope="module")
def tale(tmp_path_factory: pytest.TempPathFactory) -> Tale:
    site = Site(tmp_path_factory.mktemp("threads"))
    site.settings(SPLITS)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in KEYS.items():
            patch.setenv(name, value)
        _write(site, 2, 3, 4)
        one = site.run()
        _write(site, 1, 2, 3, 4)
        two = site.run()
    return Tale(one, two, changes(one, two))


def _write(site: Site, *numbers: int) -> None:
    for thread in IN_FILES:
        for number in numbers:
            site.write(_path(thread, number), thread.letter(number).decode())
    letters = [thread.letter(number) for thread in IN_A_BOX for number in numbers]
    site.write(BOX, mbox(letters).decode())


def _path(thread: Thread, number: int) -> str:
    return f"mail/{thread.subject}/{number}.eml"


def _document(thread: Thread, number: int) -> str:
    """Return the id that a letter's document should have."""
    if thread in IN_FILES:
        return HERE.document(_path(thread, number))
    return HERE.document(BOX, record=thread.key(number))


def _chunk(thread: Thread, number: int) -> str:
    subject = thread.subject if number == 1 else f"Re: {thread.subject}"
    return HERE.chunk(_document(thread, number), f"{subject}\n\n{thread.words[number - 1]}")


def _example(thread: Thread, answer: int) -> str:
    return HERE.example(_document(thread, answer), HOW, [thread.words[answer - 1]])


def _examples(release: Release) -> dict[str, dict[str, Any]]:
    return {row["example_id"]: row for row in release.examples}


def test_the_letters_that_were_there_keep_their_ids_and_the_first_gets_its_own(tale: Tale) -> None:
    late = {_document(thread, 1) for thread in THREADS}
    there = {_document(thread, number) for thread in THREADS for number in (2, 3, 4)}

    assert {row["doc_id"] for row in tale.one.ledger} == there
    assert {row["doc_id"] for row in tale.two.ledger} == there | late
    assert {(row.doc_id, row.op) for row in tale.found.documents} == {(d, "added") for d in late}


def test_the_first_letters_chunk_alone_is_new(tale: Tale) -> None:
    rows = {row.chunk_id: (row.op, row.reason, row.embed) for row in tale.found.chunks}

    assert rows == {_chunk(thread, 1): ("add", "new_document", True) for thread in THREADS}
    held = set(tale.one.corpus.collect()["chunk_id"])
    assert held == {_chunk(thread, number) for thread in THREADS for number in (2, 3, 4)}
    assert told(tale.found) == table_diff(tale.one, tale.two)


def test_the_question_that_came_late_makes_an_example_and_the_other_stays_as_it_was(
    tale: Tale,
) -> None:
    old, new = _examples(tale.one), _examples(tale.two)

    assert set(old) == {_example(thread, 4) for thread in THREADS}
    assert set(new) == set(old) | {_example(thread, 2) for thread in THREADS}
    assert all(new[name]["digest"] == row["digest"] for name, row in old.items())
    assert {(row.op, row.example_id) for row in tale.found.examples} == {
        ("new", _example(thread, 2)) for thread in THREADS
    }
    for thread in THREADS:
        asked, answered = new[_example(thread, 2)]["messages"]
        assert (asked["content"], answered["content"]) == thread.words[:2]


def test_a_thread_stays_in_its_split_and_its_new_example_is_in_the_same(tale: Tale) -> None:
    old, new = _examples(tale.one), _examples(tale.two)
    splits = {thread.subject: old[_example(thread, 4)]["split"] for thread in THREADS}

    assert set(splits.values()) >= {"train", "test"}  # else the keys here say nothing
    for thread in THREADS:
        both = {new[_example(thread, answer)]["split"] for answer in (2, 4)}
        assert both == {splits[thread.subject]}
