"""Counting tokens offline, in the vocabulary that the user's model has.

Two vocabularies come with an exact counter (`cl100k`, `o200k`); any other is read from a
`tokenizer.json`. A counter is a name until it first counts, so that one can be made, compared, sent
to a worker and written into a manifest without loading a vocabulary.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from curate.errors import ConfigError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BUILT_IN = {"cl100k": "cl100k_base", "o200k": "o200k_base"}
_BATCH = 1024  # texts handed to a tokenizer file's encoder at a time, which keeps all their ids


def placed(name: str, base: Path) -> str:
    """Return a vocabulary's name, or where its file lies: a relative path starts at a folder.

    >>> placed("cl100k", Path("/share")), placed("tokenizer.json", Path("/share"))
    ('cl100k', '/share/tokenizer.json')
    """
    return name if name in BUILT_IN else str(base / Path(name).expanduser())


@dataclass(frozen=True, slots=True)
class Tokens:
    """A token counter known by its name: `cl100k`, `o200k` or the path of a tokenizer.json.

    >>> Tokens().count("hello world")
    2
    """

    name: str = "cl100k"

    def count(self, text: str) -> int:
        """Return how many tokens the text has."""
        return self.counts((text,))[0]

    def counts(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text has.

        Raises:
            ConfigError: The name is neither built in nor a readable tokenizer.json.
        """
        return _counter(self.name)(texts) if texts else []

    @property
    def version(self) -> str:
        """What the counts depend on: the vocabulary, and the package or the file that holds it."""
        if self.name in BUILT_IN:
            return f"{self.name}/toktok-rs {_installed('toktok-rs')}"
        digest = blake2b(_read(self.name), digest_size=8).hexdigest()
        return f"{digest}/tokenizers {_installed('tokenizers')}"


@cache
def _installed(package: str) -> str:
    return version(package)


def warmed(name: str) -> Tokens:
    """Return a counter whose vocabulary is loaded."""
    tokens = Tokens(name)
    tokens.count("once")
    return tokens


@cache
def _counter(name: str) -> Callable[[Sequence[str]], list[int]]:
    return _built_in(BUILT_IN[name]) if name in BUILT_IN else _from_file(name)


def _built_in(encoding: str) -> Callable[[Sequence[str]], list[int]]:
    from toktok import batch_count

    def counts(texts: Sequence[str]) -> list[int]:
        found: list[int] = batch_count(texts, encoding, threads=1)
        return found

    return counts


def _from_file(name: str) -> Callable[[Sequence[str]], list[int]]:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_buffer(_read(name))
    except ValueError:
        raise ConfigError(f"{name!r} is no tokenizer.json that tokenizers can read.") from None
    tokenizer.no_truncation()
    tokenizer.no_padding()

    def counts(texts: Sequence[str]) -> list[int]:
        found: list[int] = []
        for start in range(0, len(texts), _BATCH):
            batch = list(texts[start : start + _BATCH])
            found += map(len, tokenizer.encode_batch_fast(batch, add_special_tokens=False))
        return found

    return counts


def _read(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError:
        hint = did_you_mean(name, BUILT_IN)
        raise ConfigError(f"There is no token vocabulary or file {name!r}. {hint}") from None
