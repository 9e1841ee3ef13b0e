"""Mail addresses where Presidio looks past them: in paths and queries, in one's own network, spelt out.

Presidio takes everything before an @ for the name of a mailbox, a web address with its host too, and
then asks whether that host exists. Here a name ends where a path or a query parts it, the domain alone
is asked for, and the endings that companies use within their own networks count as well.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import regex  # type: ignore[import-untyped]
from tldextract import TLDExtract

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = r"(?<![\w.+%-])[\w+][\w.+%'-]{0,63}"
_HOST = r"[\w-]{1,63}(?:\.[\w-]{1,63})+"
_WRITTEN = regex.compile(rf"{_NAME}@({_HOST})")
_AT = r"\s?[(\[{]\s?at\s?[)\]}]\s?"
_DOT = r"\s?(?:\.|[(\[{]\s?dot\s?[)\]}])\s?"
_LABEL = r"[\w-]{1,63}"
_SPELT = regex.compile(rf"{_NAME}{_AT}({_LABEL}(?:{_DOT}{_LABEL}){{1,4}})", regex.IGNORECASE)
_SPELT_DOT = regex.compile(_DOT, regex.IGNORECASE)
_SPELT_SIGN = regex.compile(r"[(\[{]\s?at\s?[)\]}]", regex.IGNORECASE)
_OWN = frozenset(
    {"corp", "home", "intern", "internal", "intranet", "lan", "local", "localdomain", "private"}
)
_REMEMBERED = 10_000


class Mailboxes:
    """Finds mail addresses; the list of public suffixes is the one that tldextract carries."""

    def __init__(self) -> None:
        """Open the list."""
        extract = TLDExtract(suffix_list_urls=(), cache_dir=None)
        self._exists = lru_cache(_REMEMBERED)(lambda host: extract(host).fqdn != "")

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the borders of each address in a text."""
        if "@" in text:
            for match in _WRITTEN.finditer(text):
                if self._is_host(match[1]):
                    yield match.span()
        if _SPELT_SIGN.search(text):
            for match in _SPELT.finditer(text):
                if self._is_host(_SPELT_DOT.sub(".", match[1])):
                    yield match.span()

    def _is_host(self, host: str) -> bool:
        return host.rpartition(".")[2].lower() in _OWN or self._exists(host.lower())
