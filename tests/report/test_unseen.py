"""Signs that nobody sees are named on the page, and those that a script needs stay."""

from __future__ import annotations

import pytest

from curate.report.parts.shared import Piece, PieceKind, Quote
from curate.report.quotes import quote
from curate.report.unseen import named


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("pass\u200bword", "pass[U+200B]word"),
        ("a\u200b\u200b\u200bb", "a[U+200B ×3]b"),
        ("see \u202egpj.exe", "see [U+202E]gpj.exe"),
        ("ta\U000e0068\U000e0069", "ta[U+E0068 U+E0069]"),
        ("a\u00ad\u200b\u2060\ufeff\u00adb", "a[U+00AD U+200B U+2060 U+FEFF …]b"),
        ("a\u200db", "a[U+200D]b"),
        ("plain – text\u00a0here", "plain – text\u00a0here"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d🔧 ❤\ufe0f\u200d🔥", "👩\u200d🔧 ❤\ufe0f\u200d🔥"),
    ],
)
def test_what_nobody_sees_is_named(text: str, shown: str) -> None:
    assert named(text) == shown


@pytest.mark.parametrize("kind", PieceKind)
def test_no_quote_holds_an_unseen_sign(kind: PieceKind) -> None:
    html = quote(Quote((Piece("a\u200bb\u202ec", kind),)))

    assert "a[U+200B]b[U+202E]c" in html
