"""Bytes and code points of RTF as text: fonts name encodings, Unicode comes in signed halves.

A sign may be a byte of the font's code page, half of a two-byte sign whose other half stands as
plain text, or a Unicode number followed by a substitute to be skipped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])"
    r"|([^\\{}\r\n]+)|[\r\n]+",
    re.DOTALL,
)
ENCODINGS = {
    0: "cp1252", 77: "mac_roman", 78: "shift_jis", 128: "cp932", 129: "cp949", 130: "johab",
    134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437",
    255: "cp850",
}  # fmt: skip
_PAGES = {
    437: "cp437", 708: "iso8859_6", 850: "cp850", 852: "cp852", 860: "cp860", 862: "cp862",
    863: "cp863", 864: "cp864", 865: "cp865", 866: "cp866", 874: "cp874", 932: "cp932",
    936: "gbk", 949: "cp949", 950: "big5", 10000: "mac_roman", 65001: "utf-8",
    **{page: f"cp{page}" for page in range(1250, 1259)},
}  # fmt: skip
SIGNS = {
    "par": "\n", "line": "\n", "tab": "\t", "emdash": "—", "endash": "–", "emspace": " ",
    "enspace": " ", "qmspace": " ", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "softline": "\n", "zwj": "\u200d", "zwnj": "\u200c", "zwbo": "",
}  # fmt: skip
ESCAPES = {"~": "\u00a0", "_": "-", "\n": "\n", "\r": "\n", "\\": "\\", "{": "{", "}": "}"}
_SYMBOLS = {
    0xB7: "•", 0xA7: "▪", 0xD8: "➢", 0xFC: "✓", 0xFE: "☑", 0xA8: "☐", 0x6F: "☐", 0xE0: "→",
    0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x73: "σ",
    0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xA3: "≤", 0xB4: "×",
}  # fmt: skip
SYMBOL = "symbol"
_DELETE = 0x7F
_SURROGATES = range(0xD800, 0xE000)


def page_encoding(number: int) -> str:
    """Return the codec of a Windows code page; that of Western Europe for an unknown one."""
    return _PAGES.get(number, "cp1252")


@dataclass(slots=True)
class Decoder:
    """Collects bytes and Unicode numbers and gives them back as text."""

    _bytes: bytearray = field(default_factory=bytearray)
    _units: list[int] = field(default_factory=list)
    _encoding: str = "cp1252"

    def byte(self, value: int, encoding: str) -> str:
        """Take a byte; return text that it completes."""
        done = self.flush() if self._units or encoding != self._encoding else ""
        self._encoding = encoding
        self._bytes.append(value)
        return done

    def plain(self, text: str, encoding: str) -> str:
        """Take plain text, which may begin with the second half of a sign."""
        if not self._units and not self._bytes and text.isascii() and encoding != SYMBOL:
            return text
        done = self.flush() if self._units or encoding != self._encoding else ""
        self._encoding = encoding
        self._bytes += text.encode("latin-1", errors="replace")
        return done + self.flush()

    def unit(self, value: int) -> str:
        """Take a Unicode number; return text that it completes."""
        done = self.flush() if self._bytes else ""
        self._units.append(value & 0xFFFF)
        return done if value & 0xFFFF in _SURROGATES else done + self.flush()

    def flush(self) -> str:
        """Return what was collected."""
        text = ""
        if self._units:
            pairs = b"".join(unit.to_bytes(2, "little") for unit in self._units)
            text = pairs.decode("utf-16-le", errors="ignore")
            self._units.clear()
        if self._bytes:
            if self._encoding == SYMBOL:
                text += "".join(_SYMBOLS.get(b, chr(b) if b < _DELETE else "") for b in self._bytes)
            else:
                text += self._bytes.decode(self._encoding, errors="replace")
            self._bytes.clear()
        return text
