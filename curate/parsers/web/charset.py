"""Bytes to text: a byte order mark, a strict UTF-8 reading, the page's own claim, then a guess.

A claim is believed only where it decodes: pages that call themselves ISO-8859-1 are UTF-8 more
often than not. The guess looks at a sample, so that a large file costs no more than a small one,
and what is no text at all is refused by a count of control characters rather than by its name.
"""

from __future__ import annotations

import codecs
import re

from curate.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ALIASES = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "x-mac-roman": "mac_roman",
}
_SAMPLE = 65_536
_HIGH = re.compile(rb"[\x80-\xff]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_WESTERN = re.compile(
    rb"[\x80\x82-\x8c\x8e\x91-\x9c\x9e-\xa0\xa1\xa3-\xab\xad-\xae\xb0\xb2-\xbf\xc0-\xff]+"
)
_MOST_CONTROL = 0.02
_MOST_DAMAGE = 0.05  # of the bytes above ASCII, for a UTF-8 file with a few broken letters
_MOST_HIGH_WESTERN = 0.12  # more letters above ASCII than any western language has


def decode(data: bytes, *, declared: str = "") -> str:
    """Return the text of these bytes.

    Raises:
        DocumentError: `not_text` when no reading of the bytes is text.
    """
    text = _by_mark(data) or _without_mark(data, declared)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > max(_MOST_CONTROL * len(sample), 2):
        raise DocumentError("not_text")
    return text


def _by_mark(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    return ""


def _without_mark(data: bytes, declared: str) -> str:
    wide = _wide(data[:4096])
    if wide:
        return data.decode(wide, "replace")
    name = _ALIASES.get(declared.strip().lower(), declared.strip().lower())
    tried = (name, "utf-8") if b"\x1b$" in data[:_SAMPLE] else ("utf-8", name)
    for encoding in tried:
        text = _strictly(data, encoding)
        if text is not None:
            return text
    return _guessed(data)


def _wide(head: bytes) -> str:
    """Return the UTF-16 order that the places of the zero bytes betray."""
    if head.count(0) * 5 < len(head) or len(head) < 4:  # noqa: PLR2004 (bytes)
        return ""
    return "utf-16-be" if head[::2].count(0) > head[1::2].count(0) else "utf-16-le"


def _strictly(data: bytes, encoding: str) -> str | None:
    if not encoding:
        return None
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError):
        return None


def _guessed(data: bytes) -> str:
    """Return the likeliest reading of bytes that are not UTF-8 throughout."""
    sample = data[:_SAMPLE]
    high = sum(map(len, _HIGH.findall(sample)))
    mended = data.decode("utf-8", "replace")
    if mended[:_SAMPLE].count("\ufffd") <= _MOST_DAMAGE * high:
        return mended
    western = sum(map(len, _WESTERN.findall(sample)))
    if western == high and high <= _MOST_HIGH_WESTERN * len(sample):
        return data.decode("cp1252", "replace")
    return data.decode(_by_statistics(sample), "replace")


def _by_statistics(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best is not None else "cp1252"
