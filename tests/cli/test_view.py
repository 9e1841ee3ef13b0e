"""What was asked for by its id is told to its last word; what is only listed beside it is cut with a mark."""

from __future__ import annotations

import json
import re
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from curate.cli.lines import wrapped
from tests.cli.test_cli import call
from tests.flow.share import run_share

if TYPE_CHECKING:
    from pathlib import Path

_WORDS = " ".join(f"step {number} of the long way home," for number in range(60))
_GUIDE = f"# Guide\n\n## How do I get home?\n\n{_WORDS} and then you are there at last.\n"


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("view") / "share"
    folder.mkdir()
    (folder / "guide.md").write_text(_GUIDE)
    run_share(folder, folder / ".curate", workers=1)
    return folder


def _shown(share: Path, what: str) -> tuple[dict[str, Any], list[str]]:
    view = json.loads(call("show", what, "--json", folder=share).stdout)
    return view, call("show", what, folder=share).stdout.splitlines()


def _example(share: Path) -> str:
    (row, *_) = json.loads(call("show", "question_headings", "--json", folder=share).stdout)
    name: str = row["example_id"]
    return name


def _joined(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def test_an_example_is_a_conversation_to_its_last_word_with_its_evidence_below(
    share: Path,
) -> None:
    view, lines = _shown(share, _example(share))

    question, answer = view["example"]["messages"]
    user, assistant = lines.index("  user"), lines.index("  assistant")
    (evidence,) = (at for at, line in enumerate(lines) if line.startswith("evidence ("))

    assert user < assistant < evidence
    assert question["content"] in _joined(lines[user:assistant])
    assert answer["content"] in _joined(lines[assistant:evidence])
    assert "there at last." in _joined(lines[evidence : lines.index("document")])
    assert not any("role=" in line or "…" in line for line in lines)


def test_a_chunk_is_told_whole_and_what_cites_it_is_cut_with_a_mark(share: Path) -> None:
    example = _example(share)
    chunk = _shown(share, example)[0]["evidence"][0]["chunk_id"]
    view, lines = _shown(share, chunk)

    text = lines.index("  text")

    assert _joined(view["chunk"]["text"].split()) in _joined(lines[text:])
    assert max(map(len, lines[text:])) <= 100

    document, listed = _shown(share, view["chunk"]["doc_id"])
    (cut,) = [line for line in listed if chunk in line]
    assert cut.endswith("…")
    assert len(document["chunks"][0]["text"]) > len(cut)


def test_a_long_word_is_not_broken_and_lines_stay_lines() -> None:
    out = Console(file=StringIO(), width=30, soft_wrap=True)
    address = "https://example.com/" + "a" * 40

    lines = list(wrapped(f"- one\n- see {address} for all of it\x1b[2J", out, indent="  "))

    assert lines == ["  - one", "  - see", f"  {address}", "  for all of it [2J"]


@pytest.mark.parametrize("stage", ["sign", "mine"])
def test_a_trial_shows_people_no_digests_and_conversations_as_such(share: Path, stage: str) -> None:
    ended = call("try", stage, "guide.md", folder=share)

    assert not re.search(r"[0-9a-f]{16}", ended.stdout)
    if stage == "mine":
        assert re.search(r"  user\n    .*home\?\n\n  assistant\n    step 0 of", ended.stdout)
