"""presidio's anonymizer on one person twice, and on several values in a row.

python presidio_anonymize.py person|row
"""

from __future__ import annotations

from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import OperatorConfig, RecognizerResult
from said import say

PHONES = ("212-555-0172", "212-555-0173", "212-555-0174")


def _found(text: str, values: tuple[str, ...], kind: str) -> list[RecognizerResult]:
    found, start = [], 0
    for value in values:
        start = text.index(value, start)
        found.append(RecognizerResult(kind, start, start + len(value), 0.9))
        start += len(value)
    return found


def person() -> tuple[bool, str]:
    """Replace one person's two mentions by a digest, as its `hash` operator does unless salted."""
    text = "Alice met Alice"
    found = _found(text, ("Alice", "Alice"), "PERSON")
    hashed = {"DEFAULT": OperatorConfig("hash", {})}
    one, _, other = AnonymizerEngine().anonymize(text, found, hashed).text.split(" ")
    return one == other, f"one person twice: {one[:8]}… met {other[:8]}…"


def row() -> tuple[bool, str]:
    """Replace three numbers parted by blanks."""
    text = f"Call {' '.join(PHONES)} today"
    found = _found(text, PHONES, "PHONE_NUMBER")
    shown = AnonymizerEngine().anonymize(text, found).text
    left = sum(value in shown for value in PHONES)
    return left == 0, f"{left} of {len(PHONES)} values in a row left: {shown!r}"


if __name__ == "__main__":
    say({"person": person, "row": row})
