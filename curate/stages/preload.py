"""What the worker server loads before it forks: the record stages and what each document needs."""

from curate.parsers import mail, office, pdf, records, web
from curate.stages import (
    band,
    chunk,
    compare,
    edit,
    find_pii,
    liken,
    mine,
    parse,
    scan,
    sign,
    split,
    verify,
)

__all__ = [
    "band", "chunk", "compare", "edit", "find_pii", "liken", "mail", "mine", "office", "parse", "pdf",
    "records", "scan", "sign", "split", "verify", "web",
]  # fmt: skip
