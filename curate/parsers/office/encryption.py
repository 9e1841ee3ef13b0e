"""Office files that are encrypted, yet open without a password.

Excel and PowerPoint encrypt a file that is merely protected against change with a password of their own,
and open it unasked. Such files are decrypted here; all others stay what they are: encrypted.
"""

from __future__ import annotations

import hashlib
import struct
from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.office.aes import decrypt
from curate.parsers.office.attributes import whole
from curate.parsers.office.compound import open_compound

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

_PASSWORDS = ("VelvetSweatshop", "/01Hannes Ruescher/01")
_AGILE = 0x00040004
_STANDARD_MINOR = 2
_STANDARD_SPINS = 50_000
_MOST_SPINS = 200_000  # a hostile file may ask for billions
_SEGMENT, _HEAD = 4096, 8
_HASHES = {
    "SHA1": "sha1",
    "SHA-1": "sha1",
    "SHA256": "sha256",
    "SHA384": "sha384",
    "SHA512": "sha512",
}
_NAMESPACE = "{http://schemas.microsoft.com/office/2006/keyEncryptor/password}"
_INPUT_KEY, _VALUE_KEY, _KEY_KEY = (
    bytes.fromhex("fea7d2763b4b9e79"),
    bytes.fromhex("d7aa0f6d3061344e"),
    bytes.fromhex("146e0be7abacd0d6"),
)


def decrypted(data: bytes, parse: Callable[[bytes], etree._Element]) -> bytes:
    """Return the document inside a compound file encrypted with Office's own password.

    Args:
        data: The compound file.
        parse: Reads hostile XML.

    Raises:
        DocumentError: `encrypted` for any other password, `corrupt` for a broken file.
    """
    file = open_compound(data)
    info, package = file.read("EncryptionInfo"), file.read("EncryptedPackage")
    if min(len(info), len(package)) < _HEAD:
        raise DocumentError("corrupt")
    try:
        version, minor = struct.unpack_from("<IH", info)[0], struct.unpack_from("<2xH", info)[0]
        if version == _AGILE:
            return _agile(parse(info[8:]), package)
        if minor == _STANDARD_MINOR:
            return _standard(info, package)
    except (struct.error, ValueError, IndexError, KeyError) as error:
        raise DocumentError("corrupt") from error
    raise DocumentError("encrypted")


def _standard(info: bytes, package: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", info, 8)
    (bits,) = struct.unpack_from("<I", info, 12 + 16)
    at = 12 + size
    salt, verifier = info[at + 4 : at + 20], info[at + 20 : at + 36]
    expected = info[at + 40 : at + 72]
    if bits not in {128, 192, 256}:
        raise DocumentError("encrypted")
    for password in _PASSWORDS:
        digest = _spun("sha1", salt, password, _STANDARD_SPINS)
        digest = hashlib.sha1(digest + bytes(4), usedforsecurity=False).digest()
        key = _widened(digest)[: bits // 8]
        proof = hashlib.sha1(decrypt(verifier, key), usedforsecurity=False).digest()
        if proof == decrypt(expected, key)[: len(proof)]:
            return decrypt(package[8:], key)[: struct.unpack_from("<Q", package)[0]]
    raise DocumentError("encrypted")


def _widened(digest: bytes) -> bytes:
    halves = (bytes(sign ^ fill for sign in digest.ljust(64, b"\x00")) for fill in (0x36, 0x5C))
    return b"".join(hashlib.sha1(half, usedforsecurity=False).digest() for half in halves)


@dataclass(frozen=True, slots=True)
class _Lock:
    """The part of agile encryption that a password opens."""

    node: etree._Element
    algorithm: str
    salt: bytes
    bytes_of_key: int

    def open(self, digest: bytes, purpose: bytes, name: str) -> bytes:
        """Decrypt one of the lock's values."""
        key = hashlib.new(self.algorithm, digest + purpose, usedforsecurity=False).digest()
        key = key[: self.bytes_of_key].ljust(self.bytes_of_key, b"\x36")
        return decrypt(b64decode(self.node.get(name, "")), key, chain_from=self.salt)


def _agile(root: etree._Element, package: bytes) -> bytes:
    node, data = root.find(f".//{_NAMESPACE}encryptedKey"), root.find("{*}keyData")
    if node is None or data is None or node.get("cipherAlgorithm") != "AES":
        raise DocumentError("encrypted")
    spins = whole(node.get("spinCount"), most=_MOST_SPINS + 1)
    size = whole(node.get("keyBits"), most=256) // 8
    if spins > _MOST_SPINS or size not in {16, 24, 32}:
        raise DocumentError("encrypted")
    lock = _Lock(
        node, _HASHES[node.get("hashAlgorithm", "")], b64decode(node.get("saltValue", "")), size
    )
    for password in _PASSWORDS:
        digest = _spun(lock.algorithm, lock.salt, password, spins)
        proof = lock.open(digest, _INPUT_KEY, "encryptedVerifierHashInput")
        expected = lock.open(digest, _VALUE_KEY, "encryptedVerifierHashValue")
        length = whole(node.get("saltSize"), most=64)
        hashed = hashlib.new(lock.algorithm, proof[:length], usedforsecurity=False).digest()
        if hashed == expected[: len(hashed)]:
            key = lock.open(digest, _KEY_KEY, "encryptedKeyValue")[:size]
            return _segments(data, key, package)
    raise DocumentError("encrypted")


def _segments(data: etree._Element, key: bytes, package: bytes) -> bytes:
    algorithm, salt = _HASHES[data.get("hashAlgorithm", "")], b64decode(data.get("saltValue", ""))
    found = []
    for number, at in enumerate(range(8, len(package), _SEGMENT)):
        start = hashlib.new(algorithm, salt + number.to_bytes(4, "little"), usedforsecurity=False)
        found.append(decrypt(package[at : at + _SEGMENT], key, chain_from=start.digest()))
    return b"".join(found)[: struct.unpack_from("<Q", package)[0]]


def _spun(algorithm: str, salt: bytes, password: str, spins: int) -> bytes:
    """Hash a password as often as the file asks."""
    make = getattr(hashlib, algorithm)
    digest: bytes = make(salt + password.encode("utf-16-le"), usedforsecurity=False).digest()
    for number in range(spins):
        digest = make(number.to_bytes(4, "little") + digest, usedforsecurity=False).digest()
    return digest
