"""Words of one's own, such as names, are found however they are joined."""

from __future__ import annotations

import pytest

from curate.pii import CustomRecogniser, Finder, FinderSettings, scan_document, texts_of
from curate.tables.parsed import Parsed


def found(finder: Finder, text: str) -> list[tuple[str, str]]:
    return [(span.type, text[span.start : span.end]) for span in finder.find(text)]


WORDS = FinderSettings(
    recognisers=(CustomRecogniser(type="PERSON", words=("Zelda Quarkova", "IT")),)
)


@pytest.mark.parametrize(
    "written",
    [
        "Zelda Quarkova",
        "Zelda_Quarkova",
        "Zelda-Quarkova",
        "zelda.quarkova",
        "ZELDA  QUARKOVA",
        "Zelda\nQuarkova",
        "Zelda%20Quarkova",
        "ZeldaQuarkova",
        "Zelda\u200bQuarkova",
    ],
)
def test_words_are_found_however_they_are_joined(written: str) -> None:
    assert found(Finder(WORDS), f"by {written}: it") == [("PERSON", written)]


def test_an_acronym_is_found_in_capitals_alone() -> None:
    assert found(Finder(WORDS), "it is IT, not ITS or IT_9") == [("PERSON", "IT"), ("PERSON", "IT")]


def test_words_are_found_in_the_name_of_a_file() -> None:
    path = "hr/Zelda_Quarkova-report.md"
    texts = texts_of(Parsed("", "", ()), path=path)

    spans = scan_document(Parsed("", "", ()), Finder(WORDS), path=path)

    assert [texts["path"][span.start : span.end] for span in spans] == ["Zelda_Quarkova"]
