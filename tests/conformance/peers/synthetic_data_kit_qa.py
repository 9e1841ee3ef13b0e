"""synthetic-data-kit's settings and its pairs of a long document; a stub stands in for the model.

python synthetic_data_kit_qa.py settings|coverage|source
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import synthetic_data_kit
from said import say
from synthetic_data_kit.generators.qa_generator import QAGenerator

SECTIONS = 200
HOME = Path(synthetic_data_kit.__file__).parent


class Stub:
    """Answers every prompt with one pair about the first section that the prompt shows."""

    def chat_completion(self, messages: list[dict[str, str]], **_: Any) -> str:
        del messages
        return "A manual."

    def batch_completion(self, batches: list[list[dict[str, str]]], **_: Any) -> list[str]:
        answers = []
        for messages in batches:
            n = re.findall(r"Section (\d+)\.", messages[0]["content"])[0]
            pair = {"question": f"What does section {n} say?", "answer": f"It says {n}."}
            answers.append(json.dumps([pair]))
        return answers


def _pairs() -> list[dict[str, str]]:
    text = "\n\n".join(
        f"Section {n}. " + "Words that fill a section. " * 30 for n in range(SECTIONS)
    )
    pairs: list[dict[str, str]] = QAGenerator(Stub()).process_document(text)["qa_pairs"]
    return pairs


def settings() -> tuple[bool, str]:
    """Look for whatever reads two settings of its own configuration file."""
    names = ("enable_deduplication", "similarity_threshold")
    code = "\n".join(path.read_text(encoding="utf-8") for path in HOME.rglob("*.py"))
    given = (HOME / "config.yaml").read_text(encoding="utf-8")
    unread = [name for name in names if name in given and name not in code]
    return not unread, f"set in its configuration and read nowhere: {', '.join(unread) or '-'}"


def coverage() -> tuple[bool, str]:
    """Make pairs of a long document with the default settings; they should reach its last tenth."""
    told = {int(n) for pair in _pairs() for n in re.findall(r"section (\d+)", pair["question"])}
    last = max(told)
    return last >= SECTIONS * 0.9, f"no pair of anything behind section {last} of {SECTIONS}"


def source() -> tuple[bool, str]:
    """Look at what a pair carries."""
    keys = sorted(_pairs()[0])
    return not {"answer", "question"}.issuperset(keys), f"a pair carries: {', '.join(keys)}"


if __name__ == "__main__":
    say({"settings": settings, "coverage": coverage, "source": source})
