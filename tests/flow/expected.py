"""The ids that the design promises, worked out from keys, addresses and words, without any run.

Only `curate.ids` is used, and the formulas of the design's table: whoever changes one of them in the
code alone finds out here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate import ids

if TYPE_CHECKING:
    from collections.abc import Sequence

TENANT = "default"


@dataclass(frozen=True, slots=True)
class Expected:
    """The ids of one source under the key of its workspace."""

    key: bytes
    source: str = "share"

    def address(self, path: str, record: str = "") -> str:
        """Return an address as the ledger writes it."""
        return ids.encode("a", self._address(path, record))

    def document(self, path: str, number: int = 0, *, record: str = "") -> str:
        """Return the id that an address gets while so many ids of it are others'."""
        where = self._address(path, record)
        return ids.encode("d", ids.mac(self.key, "document", where, bytes([number])))

    def version(self, data: str) -> str:
        """Return the digest of a file's bytes, which is taken as they stream by."""
        state = hashlib.blake2b(digest_size=ids.ID_BYTES, key=self.key, person=b"version")
        state.update(data.encode())
        return ids.encode("v", state.digest())

    def chunk(self, document: str, text: str, number: int = 0) -> str:
        """Return the id of a document's chunk with this canonical text."""
        words = ids.mac(self.key, "chunk-text", _normal(text))
        return self._of("c", "chunk", document, words, str(number))

    def chunks(self, document: str, texts: Sequence[str]) -> list[str]:
        """Return the ids of a document's chunks, whose texts differ, in their order."""
        return [self.chunk(document, text) for text in texts]

    def example(self, document: str, how: tuple[str, str, str], evidence: Sequence[str]) -> str:
        """Return the id of an example; `how` is its task, extractor and template."""
        held = [ids.mac(self.key, "evidence", how[0], _normal(text)) for text in evidence]
        content = [ids.mac(self.key, "content", TENANT, part) for part in held]
        stem = ids.mac(self.key, "draft", ids.decode(document)[1], *how, *content)
        return ids.encode("e", ids.mac(self.key, "example", stem, "0"))

    def _address(self, path: str, record: str) -> bytes:
        return ids.mac(self.key, "address", TENANT, self.source, path, "", record)

    def _of(self, prefix: str, domain: str, document: str, *parts: bytes | str) -> str:
        return ids.encode(prefix, ids.mac(self.key, domain, ids.decode(document)[1], *parts))


def _normal(text: str) -> str:
    return " ".join(text.split())
