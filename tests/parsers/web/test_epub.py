from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from curate.errors import DocumentError
from curate.parsers.blob import Blob
from curate.parsers.web import read_epub

if TYPE_CHECKING:
    from curate.tables.parsed import Parsed

CONTAINER = "<container><rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></container>"
PACKAGE = (
    "<package xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata><dc:title>The Book</dc:title>"
    "<dc:creator>A. Author</dc:creator><dc:language>en-GB</dc:language>"
    "<dc:date>2020-01-02</dc:date></metadata>"
    "<manifest><item id='n' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>"
    "<item id='a' href='text/a%20one.xhtml' media-type='application/xhtml+xml'/>"
    "<item id='b' href='b.xhtml' media-type='application/xhtml+xml'/></manifest>"
    "<spine><itemref idref='n'/><itemref idref='b'/><itemref idref='a'/><itemref "
    "idref='b'/></spine></package>"
)


def book(**changed: str | None) -> bytes:
    members: dict[str, str | None] = {
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": PACKAGE,
        "OPS/text/a one.xhtml": "<html><body><h1>Last</h1><p>end</p></body></html>",
        "OPS/b.xhtml": "<html><body><h1>First</h1><p>begin</p></body></html>",
        "OPS/nav.xhtml": "<html><body><nav>Contents</nav></body></html>",
        **changed,
    }
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in members.items():
            if text is not None:
                archive.writestr(name, text)
    return file.getvalue()


def read(data: bytes) -> Parsed:
    return read_epub(Blob(data, "book.epub", "application/epub+zip"))


def test_chapters_stand_in_the_order_of_the_spine_and_once() -> None:
    assert read(book()).text == "First\n\nbegin\n\nLast\n\nend"


def test_the_book_states_its_title_author_language_and_date() -> None:
    parsed = read(book())

    assert (parsed.title, parsed.language, parsed.created) == ("The Book", "en", "2020-01-02")
    assert [(f.name, f.value) for f in parsed.fields] == [("author", "A. Author")]


def test_a_missing_chapter_is_noted() -> None:
    parsed = read(book(**{"OPS/b.xhtml": None}))

    assert (parsed.text, parsed.notes) == ("Last\n\nend", ("missing_chapters",))


def test_a_book_without_container_is_found_by_its_package() -> None:
    assert read(book(**{"META-INF/container.xml": None})).title == "The Book"


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04 no zip", book(**{"OPS/book.opf": None, "META-INF/container.xml": None})]
)
def test_a_damaged_book_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="corrupt"):
        read(data)


def test_a_book_without_words_is_refused() -> None:
    empty = {"OPS/b.xhtml": "<html/>", "OPS/text/a one.xhtml": "<html/>"}

    with pytest.raises(DocumentError, match="no_text"):
        read(book(**empty))
