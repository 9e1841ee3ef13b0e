from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from curate.errors import ConfigError
from curate.text.tokens import Tokens

if TYPE_CHECKING:
    from pathlib import Path


def test_counts_are_those_of_the_published_vocabularies() -> None:
    text = "お誕生日おめでとう"

    assert Tokens("cl100k").count(text) == 9
    assert Tokens("o200k").count(text) == 8
    assert Tokens("cl100k").count("antidisestablishmentarianism") == 6


def test_many_texts_are_counted_as_each_alone() -> None:
    texts = ["", "a", "hello world", "  \n", "日本語のテキスト"]
    tokens = Tokens()

    assert tokens.counts(texts) == [tokens.count(text) for text in texts]
    assert tokens.counts([]) == []


def test_a_tokenizer_file_counts_without_special_tokens(tmp_path: Path) -> None:
    path = word_tokenizer(tmp_path)

    assert Tokens(str(path)).counts(["one two three", "one"]) == [3, 1]


def test_the_version_of_a_file_follows_its_content(tmp_path: Path) -> None:
    path = word_tokenizer(tmp_path)
    before = Tokens(str(path)).version
    path.write_bytes(path.read_bytes() + b"\n")

    assert Tokens(str(path)).version != before
    assert Tokens("cl100k").version.startswith("cl100k/")


def test_an_unknown_name_says_which_exist() -> None:
    with pytest.raises(ConfigError, match="cl100k"):
        Tokens("cl100").count("a")


def test_a_file_that_is_no_tokenizer_is_a_configuration_error(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_text("{}")

    with pytest.raises(ConfigError, match="tokenizer"):
        Tokens(str(path)).count("a")


def test_a_special_marker_in_a_text_is_counted_as_the_text_it_is() -> None:
    assert Tokens().count("<|endoftext|>") > 1


def test_making_a_counter_loads_no_vocabulary() -> None:
    program = (
        "import sys; from curate.text.tokens import Tokens; Tokens(); "
        "sys.exit(bool({'toktok', 'tokenizers'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def word_tokenizer(folder: Path) -> Path:
    """Write a tokenizer of three words and return its file."""
    tokenizer = Tokenizer(WordLevel({"one": 0, "two": 1, "?": 2}, unk_token="?"))
    tokenizer.pre_tokenizer = Whitespace()
    path = folder / "tokenizer.json"
    tokenizer.save(str(path))
    return path
