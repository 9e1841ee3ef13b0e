"""AES decryption of many blocks at once.

No cipher is at hand among the project's dependencies, and files that Office itself opens without asking
are encrypted with it; over arrays of blocks numpy decrypts some megabytes a second.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK = 16
_POLYNOMIAL = 0x11B
_BYTE = 0xFF
_MIDDLE = 4
_LONG_KEY = 6  # words, from which every fourth is substituted too


def decrypt(data: bytes, key: bytes, *, chain_from: bytes | None = None) -> bytes:
    """Decrypt whole blocks; in chained mode (CBC) if a first block to chain from is given."""
    import numpy as np

    usable = len(data) // BLOCK * BLOCK
    encrypted = np.frombuffer(data[:usable], dtype=np.uint8).reshape(-1, BLOCK)
    plain = _decrypt_blocks(encrypted, _round_keys(key))
    if chain_from is not None:
        before = np.frombuffer(chain_from[:BLOCK] + data[: usable - BLOCK], dtype=np.uint8)
        plain ^= before.reshape(-1, BLOCK)
    return plain.tobytes()


def _decrypt_blocks(blocks: NDArray[np.uint8], keys: list[bytes]) -> NDArray[np.uint8]:
    import numpy as np

    substitutes = np.array(_inverse_box(), dtype=np.uint8)
    products = {by: np.array(_products(by), dtype=np.uint8) for by in (9, 11, 13, 14)}
    order = [(column * 4 + row - 4 * row) % BLOCK for column in range(4) for row in range(4)]
    state = blocks ^ np.frombuffer(keys[-1], dtype=np.uint8)
    for number in range(len(keys) - 2, -1, -1):
        state = substitutes[state[:, order]] ^ np.frombuffer(keys[number], dtype=np.uint8)
        if number:
            state = _unmixed(state, products)
    return state


def _unmixed(state: NDArray[np.uint8], products: dict[int, NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """Undo the mixing of columns."""
    import numpy as np

    columns = state.reshape(-1, 4, 4)
    mixed = np.empty_like(columns)
    for row in range(4):
        first, second, third, fourth = (columns[:, :, (row + step) % 4] for step in range(4))
        mixed[:, :, row] = (
            products[14][first] ^ products[11][second] ^ products[13][third] ^ products[9][fourth]
        )
    return mixed.reshape(-1, BLOCK)


def _round_keys(key: bytes) -> list[bytes]:
    """Expand a key of 16, 24 or 32 bytes."""
    box, size = _box(), len(key) // 4
    words = [key[place : place + 4] for place in range(0, len(key), 4)]
    constant = 1
    while len(words) < 4 * (size + 7):
        word = words[-1]
        if len(words) % size == 0:
            word = bytes(box[sign] for sign in word[1:] + word[:1])
            word = bytes([word[0] ^ constant]) + word[1:]
            constant = _times(constant, 2)
        elif size > _LONG_KEY and len(words) % size == _MIDDLE:
            word = bytes(box[sign] for sign in word)
        words.append(bytes(a ^ b for a, b in zip(words[-size], word, strict=True)))
    return [b"".join(words[place : place + 4]) for place in range(0, len(words), 4)]


def _times(first: int, second: int) -> int:
    """Multiply in the field of AES."""
    product = 0
    while second:
        product ^= first * (second & 1)
        first = first << 1 ^ (_POLYNOMIAL if first << 1 > _BYTE else 0)
        second >>= 1
    return product


def _products(by: int) -> list[int]:
    return [_times(value, by) for value in range(256)]


@cache
def _box() -> tuple[int, ...]:
    """Return the substitutions: the inverse in the field, then an affine map."""
    inverses = {0: 0}
    for value in range(1, 256):
        if value not in inverses:
            other = next(other for other in range(1, 256) if _times(value, other) == 1)
            inverses[value], inverses[other] = other, value
    found = []
    for value in range(256):
        inverse = inverses[value]
        turned = [(inverse << step | inverse >> (8 - step)) & _BYTE for step in range(1, 5)]
        found.append(inverse ^ turned[0] ^ turned[1] ^ turned[2] ^ turned[3] ^ 0x63)
    return tuple(found)


def _inverse_box() -> list[int]:
    box = _box()
    inverse = [0] * 256
    for place, value in enumerate(box):
        inverse[value] = place
    return inverse
