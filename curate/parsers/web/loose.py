"""What people write into JSON files though JSON does not allow it, and is read as they wrote it."""

from __future__ import annotations

import json
import re

_STRING = r'"(?:\\.|[^"\\])*(?:"|\Z)'
_COMMENTS = re.compile(rf"({_STRING})|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_LAST_COMMAS = re.compile(rf"({_STRING})|,(?=\s*[\]}}])", re.DOTALL)
_DECODER = json.JSONDecoder()
_LARGEST_YAML = 200_000  # characters; its loader is slow


def is_loose(text: str) -> bool:
    """Tell whether a text that is no JSON holds the whole of what somebody wrote as JSON.

    That is: values one after the other, comments, commas behind the last value, line breaks within
    strings, names without quotation marks.

    >>> is_loose('{"a": [1,], // why' + chr(10) + '}'), is_loose('{a: 1}'), is_loose('{"a": [1, 2,')
    (True, True, False)
    """
    return _begins_with_a_value(text) or _is_json(_plainly(text)) or _is_yaml(text)


def _begins_with_a_value(text: str) -> bool:
    """Tell whether a whole value stands at the beginning, and another one begins behind it."""
    start = len(text) - len(text.lstrip())
    try:
        _, end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return False
    return text[end:].lstrip()[:1] in {"{", "["}


def _plainly(text: str) -> str:
    """Return a text without comments and without commas behind a last value."""
    return _LAST_COMMAS.sub(r"\1", _COMMENTS.sub(r"\1", text))


def _is_json(text: str) -> bool:
    try:
        json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def _is_yaml(text: str) -> bool:
    """Tell whether a text is YAML, which allows all that JSON does and more; nothing is built of it."""
    import yaml

    if len(text) > _LARGEST_YAML:
        return False
    try:
        for _ in yaml.parse(text, Loader=yaml.SafeLoader):
            pass
    except (yaml.YAMLError, RecursionError, ValueError):
        return False
    return True
