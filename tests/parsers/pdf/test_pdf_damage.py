"""Files of which PDFium reads a part and says nothing of the rest."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab import rl_config

from curate.parsers.pdf import read_pdf
from curate.parsers.pdf.damage import is_damaged
from tests.parsers.pdf.drawn import PROSE, blob, draw, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.pdfgen.canvas import Canvas

CONTENT = re.compile(rb"obj\s*<<[^>]*/FlateDecode[^>]*>>\s*stream\r?\n(.*?)\s*endstream", re.DOTALL)


@pytest.fixture(params=[0, 1], ids=["bytes", "ascii"])
def file(request: pytest.FixtureRequest) -> Iterator[bytes]:
    """A file of three pages, packed as writers pack them, once with ASCII signs around it."""

    def page(canvas: Canvas) -> None:
        lines(canvas, [f"{line} {n}" for n in range(12) for line in PROSE])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rl_config, "useA85", request.param)
        patch.setattr(rl_config, "pageCompression", 1)
        yield draw(page, page, page)


def _inverted(data: bytes, start: int, end: int) -> bytes:
    return data[:start] + bytes(255 - byte for byte in data[start:end]) + data[end:]


def _second(data: bytes) -> re.Match[bytes]:
    return list(CONTENT.finditer(data))[1]


def test_a_page_that_breaks_off_is_noted_and_the_rest_is_read(file: bytes) -> None:
    start, end = _second(file).span(1)
    middle = (start + end) // 2

    whole, parsed = read_pdf(blob(file)), read_pdf(blob(_inverted(file, middle, middle + 40)))

    assert (whole.notes, parsed.notes) == ((), ("damaged",))
    assert len(whole.text) // 2 < len(parsed.text) < len(whole.text)


@pytest.mark.parametrize("until", ["dictionary", "content", "end"])
def test_a_page_whose_content_is_nowhere_is_noted(file: bytes, until: str) -> None:
    content = _second(file)
    start = file.rindex(b"\n", 0, content.start())
    end = {
        "dictionary": content.start(1) - 12,
        "content": content.end(1) - 20,
        "end": content.end(),
    }[until]

    assert read_pdf(blob(_inverted(file, start, end))).notes == ("damaged",)


def test_a_content_that_lacks_only_its_check_sum_is_whole() -> None:
    def of(stream: bytes) -> bytes:
        return (
            b"%%PDF-1.4\n1 0 obj\n<</Length %d/Filter/FlateDecode>>\nstream\n" % len(stream)
            + stream
            + b"\nendstream\nendobj\n"
        )

    packed = zlib.compress(b"BT (words) Tj ET " * 40)

    assert not is_damaged(of(packed[:-4]))
    assert is_damaged(of(packed[:-8]))
    assert not is_damaged(of(packed).replace(b"stream\n", b"stream\r\n", 1))


def test_pictures_and_what_is_enciphered_are_not_judged() -> None:
    stream = b"<</Length 4/Filter/FlateDecode%s>>stream\nabcd\nendstream endobj"

    assert is_damaged(b"1 0 obj" + stream % b"")
    assert not is_damaged(b"1 0 obj" + stream % b"/Subtype/Image")
    assert not is_damaged(b"1 0 obj" + stream % b"" + b" trailer <</Encrypt 2 0 R>>")


PIECES = (
    *(b"1 0 obj", b"<<", b">>", b"/Length 3", b"/Length 2 0 R", b"/Filter []", b"endstream"),
    *(b"/Filter/FlateDecode", b"/Filter[/A85 /Fl]", b"stream\n", b"~>", b"z", b"x\x9c", b"endobj"),
    *(b"/Contents[1 0 R 7 0 R]", b"\xff", b" "),
)


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_bytes_are_judged(pieces: list[bytes]) -> None:
    assert is_damaged(b"".join(pieces)) in {True, False}
