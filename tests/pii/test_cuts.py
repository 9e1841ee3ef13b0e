"""Mail addresses that a line end cuts amid a word."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest

from curate.stages.verify import verify_chunks
from curate.tables.chunks import Body

if TYPE_CHECKING:
    from curate.pii import Finder

ADDRESSES = ("margaret.thornbury2@wetherlund-corp.com", "jdoe@kestrel-bay.de")
WITHIN_ENDING = ("jdoe@kestrel-bay.c|om", "jdoe@kestrelbay.c|o.uk")


def covered(finder: Finder, text: str) -> list[str]:
    return [text[one.start : one.end] for one in finder.find(text)]


def body(text: str) -> Body:
    return Body(
        title="", start=0, end=len(text), text=text, index_text=text, heading_path=(), kinds=(),
        page=None, tokens=0, text_key=bytes(16), section_key=bytes(16), masked=(), index_masked=(),
        redactions=(),
    )  # fmt: skip


def cuts_in_host(address: str) -> list[str]:
    """Return the halves of an address before and behind each sign of its host but the ending."""
    places = range(address.index("@") + 1, address.rindex(".") + 1)
    return [f"{address[:cut]}|{address[cut:]}" for cut in places]


@pytest.mark.parametrize(
    "cut", [*WITHIN_ENDING, *(cut for one in ADDRESSES for cut in cuts_in_host(one))]
)
@pytest.mark.parametrize("sign", ["\n", " ", "\n> "])
def test_an_address_is_found_whole_wherever_a_line_end_cuts_its_host(
    finder: Finder, cut: str, sign: str
) -> None:
    written = cut.replace("|", sign)
    text = f"Write before Friday to {written} and wait for the answer."

    assert covered(finder, text) == [written]


@pytest.mark.parametrize("sign", ["\n", " "])
def test_the_second_scan_finds_such_an_address_too(finder: Finder, sign: str) -> None:
    text = f"Write to margaret.thornbury2@wether{sign}lund-corp.com and wait."

    assert [one.type for one in verify_chunks((body(text),), finder=finder)] == ["EMAIL_ADDRESS"]


@pytest.mark.parametrize(
    "written",
    [
        "zorro.q|320@planted-corp.com",
        "zorro.|q320@planted-corp.com",
        "zorro|.q320@planted-corp.com",
        "zorro29|q@planted-corp.com",
        "mar-|garet@planted-corp.com",
        "margaret_th|ornbury@planted-corp.com",
        "margaret.thorn|bury@planted-corp.com",
        "zorro.q320|@planted-corp.com",
    ],
)
def test_the_first_half_of_a_name_is_taken_where_it_shows_that_it_is_half(
    finder: Finder, written: str
) -> None:
    value = written.replace("|", "\n")

    assert covered(finder, f"He can be reached there: {value} as told.") == [value]


@pytest.mark.parametrize(
    "written",
    [
        "margaret.|thornbury@planted-corp.com",
        "margaret.thorn|bury@planted-corp.com",
        "zorro.q320|@planted-corp.com",
    ],
)
def test_a_half_with_a_dot_is_taken_before_a_blank_as_well(finder: Finder, written: str) -> None:
    value = written.replace("|", " ")

    assert covered(finder, f"He can be reached there: {value} as told.") == [value]


def test_any_half_is_taken_behind_the_word_mail(finder: Finder) -> None:
    assert covered(finder, "E-mail: marga\nret@planted-corp.com") == ["marga\nret@planted-corp.com"]


@pytest.mark.parametrize(
    "before",
    [
        "see the list",
        "the follow-up",
        "Name: Anna",
        "made with node.js",
        "read notes.pdf",
        "look at example.com",
        "by noon, e.g.",
        "in 2024",
        "version v1.2",
        "It ends here.",
        "user_email",
        "over ipv4",
        "on the web -",
    ],
)
@pytest.mark.parametrize("sign", ["\n", " ", "\n\n"])
def test_a_word_before_an_address_stays(finder: Finder, before: str, sign: str) -> None:
    assert covered(finder, f"{before}{sign}bob@acme.com") == ["bob@acme.com"]


@pytest.mark.parametrize(
    "text",
    [
        "ssh root@web01\nnode.example.com is up",
        "ssh root@web01 example.com",
        "log in as root@web01\nwww.example.com is up",
        "log in as root@web01 setup.py is run",
        "log in as root@web01\nsetup.py is run",
        "npm i pkg@latest\nnext.example.com",
        "git@github gitlab.com",
        "run x@host\nThen see Example.com for more",
    ],
)
def test_a_host_behind_a_host_makes_no_address(finder: Finder, text: str) -> None:
    assert covered(finder, text) == []


def test_many_signs_do_not_hold_up_the_search(finder: Finder) -> None:
    began = process_time()
    for text in (
        "a.b@c\nd-e " * 20_000,
        "a.b\nc@d.e " * 20_000,
        "a@" * 40_000,
        "x-" * 40_000 + "@a b.c",
    ):
        finder.find(text)

    assert process_time() - began < 20
