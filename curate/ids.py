"""All identity in one file: keyed digests, plain digests and the way ids are written.

Digests of anything unredacted (addresses, bytes, text, values) are keyed BLAKE2b (`mac`), because
a plain digest of a phone number or a file name is guessed in seconds. Plain BLAKE2b (`digest`) is
taken only over other digests and settings, plain SHA-256 only over text that is published anyway.
Every call names its domain, and parts are length-prefixed, so that no two inputs share an
encoding.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ID_BYTES = 16
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base32: no i, l, o, u
_ENCODED_LENGTH = 26
_HALF = 64  # bits
_PAIRS = [one + other for one in ALPHABET for other in ALPHABET]  # ids are written by the million
_PAIR = len(_PAIRS) - 1
_SHIFTS = range(120, -1, -10)
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}


def mac(key: bytes, domain: str, *parts: bytes | str) -> bytes:
    """Return the keyed 128-bit digest of the parts within a domain (at most 16 ASCII characters)."""
    return _blake(parts, key=key, domain=domain)


def digest(domain: str, *parts: bytes | str) -> bytes:
    """Return the plain 128-bit digest of digests and settings; never of anything a document says."""
    return _blake(parts, key=b"", domain=domain)


def _blake(parts: Iterable[bytes | str], *, key: bytes, domain: str) -> bytes:
    state = _begun(key, domain).copy()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "little") + data)
    return state.digest()


@lru_cache(maxsize=64)
def _begun(key: bytes, domain: str) -> hashlib.blake2b:
    """Return a digest of nothing yet; to copy it is cheaper than to begin one."""
    return hashlib.blake2b(digest_size=ID_BYTES, key=key, person=domain.encode())


def sha256(text: str) -> str:
    """Return the hexadecimal SHA-256 of published text."""
    return hashlib.sha256(text.encode()).hexdigest()


def encode(prefix: str, identity: bytes) -> str:
    """Write an id for people: a prefix that names its kind, then Crockford base32.

    >>> encode("c", bytes(16))
    'c_00000000000000000000000000'
    """
    number = int.from_bytes(identity, "big")
    letters = "".join([_PAIRS[number >> shift & _PAIR] for shift in _SHIFTS])
    return f"{prefix}_{letters}"


def encode_all(prefix: str, identities: Sequence[bytes]) -> list[str]:
    """Write many ids at once, as `encode` writes each.

    >>> encode_all("c", [bytes(16)]) == [encode("c", bytes(16))]
    True
    """
    import numpy as np

    if not identities:
        return []
    halves = np.frombuffer(b"".join(identities), ">u8").astype(np.uint64).reshape(-1, 2)
    high, low = halves[:, 0], halves[:, 1]
    pairs = np.empty((len(halves), len(_SHIFTS)), np.uint16)
    for place, shift in enumerate(_SHIFTS):
        if shift >= _HALF:
            bits = high >> np.uint64(shift - _HALF)
        elif shift:  # bits of the upper half follow those of the lower one
            bits = low >> np.uint64(shift) | high << np.uint64(_HALF - shift)
        else:
            bits = low
        pairs[:, place] = bits & np.uint64(_PAIR)
    letters = np.frombuffer("".join(_PAIRS).encode(), "S2")[pairs].tobytes().decode("ascii")
    ends = range(_ENCODED_LENGTH, len(letters) + 1, _ENCODED_LENGTH)
    return [f"{prefix}_{letters[end - _ENCODED_LENGTH : end]}" for end in ends]


def decode(written: str) -> tuple[str, bytes]:
    """Return the prefix and the 16 bytes of a written id.

    Raises:
        ValueError: if it is no id.
    """
    prefix, _, letters = written.partition("_")
    known = len(letters) == _ENCODED_LENGTH and all(letter in _VALUES for letter in letters)
    number = 0
    for letter in letters if known else ():
        number = number << 5 | _VALUES[letter]
    if not known or number >> 8 * ID_BYTES:
        message = f"{written!r} is no id"
        raise ValueError(message)
    return prefix, number.to_bytes(ID_BYTES, "big")
