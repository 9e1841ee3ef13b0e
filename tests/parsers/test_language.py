from __future__ import annotations

import socket

import pytest

from curate.parsers.language import language

ENGLISH = "The refund is paid within thirty days after we have received the goods. "
GERMAN = "Die Erstattung erfolgt innerhalb von dreißig Tagen nach Eingang der Ware bei uns. "


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ENGLISH, "en"),
        (GERMAN, "de"),
        ("Bonjour à tous, voici le rapport que vous avez demandé.", "fr"),
        ("El reembolso se realiza en un plazo de treinta días.", "es"),
        ("これは返金についての文書です。", "ja"),
        ("THE ANNUAL REPORT OF THE COMPANY IS PUBLISHED IN MARCH", "en"),
        ("", ""),
        ("OK", ""),
        ("4711 0815 https://example.com/a/b a@b.example", ""),
    ],
)
def test_a_language_is_told_or_left_open(text: str, code: str) -> None:
    assert language(text) == code


def test_a_long_text_is_judged_by_most_of_it() -> None:
    assert language(ENGLISH * 3 + GERMAN * 400) == "de"


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("no network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    assert language(GERMAN) == "de"
