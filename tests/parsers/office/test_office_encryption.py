from __future__ import annotations

import hashlib
import io
import struct

import openpyxl
import pytest

from curate.errors import DocumentError
from curate.parsers.office import aes, encryption, read_legacy, read_xlsx
from tests.parsers.office.office_making import blob, compound

PLAIN = bytes.fromhex("00112233445566778899aabbccddeeff")


def encrypt(data: bytes, key: bytes) -> bytes:
    """Encrypt whole blocks one by one, as the standard (FIPS 197) describes it."""
    keys, box = aes._round_keys(key), aes._box()
    return b"".join(_block(data[at : at + 16], keys, box) for at in range(0, len(data), 16))


def _block(block: bytes, keys: list[bytes], box: tuple[int, ...]) -> bytes:
    state = bytes(a ^ b for a, b in zip(block, keys[0], strict=True))
    for number, key in enumerate(keys[1:], 1):
        state = bytes(box[state[(4 * (c + r) + r) % 16]] for c in range(4) for r in range(4))
        if number < len(keys) - 1:
            state = b"".join(_mixed(state[at : at + 4]) for at in range(0, 16, 4))
        state = bytes(a ^ b for a, b in zip(state, key, strict=True))
    return state


def _mixed(column: bytes) -> bytes:
    return bytes(
        aes._times(column[r], 2)
        ^ aes._times(column[(r + 1) % 4], 3)
        ^ column[(r + 2) % 4]
        ^ column[(r + 3) % 4]
        for r in range(4)
    )


def protected(data: bytes, password: str) -> bytes:
    """Encrypt a document the standard way of Office 2007."""
    salt, proof = bytes(range(16)), bytes(16)
    digest = encryption._spun("sha1", salt, password, 50_000)
    key = encryption._widened(hashlib.sha1(digest + bytes(4), usedforsecurity=False).digest())[:16]
    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0) + b"\x00\x00"
    info = struct.pack("<HHII", 3, 2, 0x24, len(header)) + header
    info += struct.pack("<I", 16) + salt + encrypt(proof, key)
    info += struct.pack("<I", 20) + encrypt(
        hashlib.sha1(proof, usedforsecurity=False).digest().ljust(32, b"\x00"), key
    )
    body = encrypt(data.ljust(-(-len(data) // 16) * 16, b"\x00"), key)
    return compound(
        {"EncryptedPackage": struct.pack("<Q", len(data)) + body, "EncryptionInfo": info}
    )


def workbook() -> bytes:
    book, data = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "protected against change"
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("length", "encrypted"),
    [
        (16, "69c4e0d86a7b0430d8cdb78070b4c55a"),
        (24, "dda97ca4864cdfe06eaf70a0ec0d7191"),
        (32, "8ea2b7ca516745bfeafc49904b496089"),
    ],
)
def test_blocks_decrypt_as_the_standard_says(length: int, encrypted: str) -> None:
    key = bytes(range(length))

    assert aes.decrypt(bytes.fromhex(encrypted), key) == PLAIN
    assert encrypt(PLAIN, key).hex() == encrypted


def test_chained_blocks_decrypt_from_the_first_on() -> None:
    key, start = bytes(range(16)), bytes(reversed(range(16)))
    first = encrypt(bytes(a ^ b for a, b in zip(PLAIN, start, strict=True)), key)
    second = encrypt(bytes(a ^ b for a, b in zip(PLAIN, first, strict=True)), key)

    assert aes.decrypt(first + second, key, chain_from=start) == PLAIN * 2


def test_a_workbook_that_excel_opens_unasked_is_read() -> None:
    data = protected(workbook(), "VelvetSweatshop")

    assert read_xlsx(blob(data)).text.endswith("protected against change")
    assert read_legacy(blob(data)).text.endswith("protected against change")


def test_any_other_password_keeps_a_workbook_shut() -> None:
    with pytest.raises(DocumentError, match="encrypted"):
        read_xlsx(blob(protected(workbook(), "secret")))
