from __future__ import annotations

import io
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from curate.parsers.containers import ContainerLimits, Member, members

MBOX = "application/mbox"
FROM = b"From ann@example.org Sat Jan  3 01:05:34 2026\n"


def listed(data: bytes, limits: ContainerLimits | None = None) -> list[Member]:
    return list(members(data, MBOX, limits=limits or ContainerLimits()))


def mail(number: str, body: bytes) -> bytes:
    return b"Message-ID: <%s@x>\nSubject: s\n\n%s" % (number.encode(), body)


def test_messages_come_with_their_ids_and_without_the_separators() -> None:
    data = FROM + mail("1", b"one\n") + b"\n" + FROM + mail("2", b"two\n")

    found = listed(data)

    assert [(m.key, m.data) for m in found] == [
        ("1@x", mail("1", b"one\n")),
        ("2@x", mail("2", b"two\n")),
    ]
    assert {m.media_type for m in found} == {"message/rfc822"}


def test_a_from_line_within_a_message_is_no_separator() -> None:
    body = b"Hello\n\nFrom here on it is easy, said 2024.\n>From there too.\n\nFrom 10:30 we wait\n"

    (found,) = listed(FROM + mail("1", body))

    assert found.data == mail("1", body.replace(b">From", b"From"))


def test_two_messages_of_one_id_both_stay() -> None:
    data = (FROM + mail("1", b"one\n") + b"\n") * 2 + FROM + b"Subject: none\n\nthree\n"

    assert [m.key for m in listed(data)] == ["1@x", "1@x#2", ""]


def test_an_id_is_found_in_folded_headers_and_not_in_bodies() -> None:
    folded = FROM + b"Subject: s\nMessage-Id:\n <a@x>\n\nMessage-ID: <no@x>\n"

    assert [m.key for m in listed(folded)] == ["a@x"]


def test_a_message_beyond_the_limit_is_named_and_the_next_one_read() -> None:
    data = FROM + mail("1", b"x" * 5000 + b"\n") + b"\n" + FROM + mail("2", b"two\n")

    found = listed(data, ContainerLimits(member=1000))

    assert [(m.key, m.problem) for m in found] == [("1@x", "too_large"), ("2@x", "")]


def test_windows_line_ends_separate_too() -> None:
    data = (FROM + mail("1", b"one\n") + b"\n" + FROM + mail("2", b"two\n")).replace(b"\n", b"\r\n")

    assert [m.data[-5:] for m in listed(data)] == [b"one\r\n", b"two\r\n"]


def test_nothing_and_white_space_hold_no_message() -> None:
    assert listed(b"") == []
    assert listed(b"\n\n  \n") == []


@given(
    st.lists(
        st.lists(
            st.sampled_from([b"", b"From me", b">From you", b">>From", b"text", b"> q"]), max_size=6
        ),
        max_size=5,
    )
)
@settings(max_examples=100, deadline=None)
def test_what_was_escaped_into_an_mbox_comes_out_as_it_was(bodies: list[list[bytes]]) -> None:
    originals = [mail(str(n), b"\n".join(lines) + b"\n") for n, lines in enumerate(bodies)]
    escaped = [re.sub(rb"(?m)^(>*From )", rb">\1", original) for original in originals]

    found = listed(b"".join(FROM + text + b"\n" for text in escaped))

    assert [m.data for m in found] == originals


@given(st.binary(max_size=400), st.booleans())
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_split_without_losing_a_line(data: bytes, begins: bool) -> None:  # noqa: FBT001
    found = list(members(io.BytesIO(FROM * begins + data), MBOX))

    kept = b"".join(m.data for m in found)
    lost = [
        line for line in data.split(b"\n") if line.strip() and not line.startswith((b"From ", b">"))
    ]
    assert all(line in kept for line in lost)
