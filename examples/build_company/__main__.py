"""Writes everything of examples/company that is not written by hand, and examples/gold.json."""

from __future__ import annotations

import base64
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

from . import broken, fragments, gold, personal
from .papers import read_books, read_papers, swap, write_paper
from .tickets import as_record, make_tickets
from .write_msg import Message, read_messages, write_msg
from .write_xlsx import write_xlsx
from .zips import pack, pack_tar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .fragments import Fragment
    from .model import Paper
    from .tickets import Ticket
    from .write_xlsx import Book

_HERE: Final = Path(__file__).parent
_TEXTS: Final = _HERE / "texts"
_OFFICE: Final = frozenset({".docx", ".pptx", ".xlsx", ".pdf", ".odt", ".epub", ".rtf", ".msg"})


@dataclass(frozen=True, slots=True)
class _Office:
    """The documents that are written from blocks and from cells."""

    papers: list[Paper]
    books: list[Book]
    messages: list[Message]


def build(root: Path, gold_file: Path) -> None:
    """Write the generated files of the share below `root`, then the gold."""
    office = _Office(read_papers(_TEXTS), read_books(_TEXTS), read_messages(_TEXTS))
    facts = yaml.safe_load((_TEXTS / "gold.yaml").read_text(encoding="utf-8"))
    _write_office(root, office)
    tickets = make_tickets(_TEXTS)
    _write_tickets(_place(root, gold.TICKETS), tickets)
    _write_copies(root, facts)
    _write_attachment(root)
    _write_archives(root)
    broken.write_hostile(root)
    pii = _pii(root, facts["broken"], office)
    planted = gold.Planted(facts, _files(root, facts), tickets, pii, _access(root))
    gold_file.write_text(gold.assemble(planted), encoding="utf-8", newline="\n")


def _place(root: Path, file: str) -> Path:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _write_office(root: Path, office: _Office) -> None:
    for paper in office.papers:
        for target in paper.targets:
            path = _place(root, target.path)
            if broken.is_broken(target.path):
                broken.write_broken_paper(paper, path)
            else:
                write_paper(paper, target, path)
    for book in office.books:
        write_xlsx(book, _place(root, book.path))
    for message in office.messages:
        write_msg(message, _place(root, message.path))


def _write_tickets(path: Path, tickets: list[Ticket]) -> None:
    lines = (json.dumps(as_record(ticket), ensure_ascii=False) for ticket in tickets)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _write_copies(root: Path, facts: dict[str, list[dict[str, str]]]) -> None:
    for entry in facts["copies"]:
        _place(root, entry["copy"]).write_bytes((root / entry["of"]).read_bytes())
    for edit in yaml.safe_load((_TEXTS / "gold.yaml").read_text(encoding="utf-8"))["edited"]:
        text = (root / edit["of"]).read_text(encoding="utf-8")
        path = _place(root, edit["copy"])
        path.write_text(swap(text, edit["replace"]), encoding="utf-8", newline="\n")
    text = (root / "policies/speaking-up.txt").read_text(encoding="utf-8")
    path = _place(root, "wiki/attachments/speaking-up-windows.txt")
    path.write_text(text, encoding="utf-8-sig", newline="\r\n")


def _write_attachment(root: Path) -> None:
    """Write the mail that carries a policy."""
    text = (_TEXTS / "archived/mail-with-warranty.eml").read_text(encoding="utf-8")
    attached = base64.encodebytes((root / "policies/warranty-policy.pdf").read_bytes()).decode()
    mail = text.replace("{attachment}\n", attached)
    path = root / "mail/warranty-for-harbor-point.eml"
    path.write_text(mail, encoding="utf-8", newline="\n")


def _write_archives(root: Path) -> None:
    archived = _TEXTS / "archived"
    articles = [
        ("kb/lamp-change.md", (archived / "lamp-change.md").read_bytes()),
        ("kb/gateway-placement.md", (archived / "gateway-placement.md").read_bytes()),
        ("kb/error-codes.html", (root / "help-centre/error-codes.html").read_bytes()),
    ]
    (root / "support/kb-articles.zip").write_bytes(pack(articles))
    minutes = [
        ("service-meeting/2025-10.txt", (archived / "minutes-2025-10.txt").read_bytes()),
        ("service-meeting/2025-11.txt", (archived / "minutes-2025-11.txt").read_bytes()),
        ("misc/vpn-setup.md", (root / "it/vpn-setup.md").read_bytes()),
    ]
    (root / "it/old-minutes.tar.gz").write_bytes(pack_tar(minutes))


def _share(root: Path) -> Iterator[str]:
    """Return every file of the share that is no sidecar."""
    for path in sorted(root.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if path.is_file() and not hidden and not _is_sidecar(path):
            yield path.relative_to(root).as_posix()


def _is_sidecar(path: Path) -> bool:
    return path.name == "_meta.yaml" or path.name.endswith(".meta.yaml")


def _pii(root: Path, broken_files: list[dict[str, str]], office: _Office) -> list[personal.Row]:
    known = personal.patterns(_TEXTS)
    unread = {e["file"] for e in broken_files if e["expect"] != "read"} | {gold.TICKETS}
    found = personal.rows(_fragments(root, unread, office), known)
    found += personal.in_paths(_share(root), _TEXTS, known)
    return [row for row in found if row["file"] not in unread]


def _fragments(root: Path, unread: set[str], office: _Office) -> Iterator[Fragment]:
    for paper in office.papers:
        for target in paper.targets:
            yield from fragments.of_paper(paper, target)
    for book in office.books:
        yield from fragments.of_book(book)
    for message in office.messages:
        yield from fragments.of_message(message)
    for file in _share(root):
        path = root / file
        if file not in unread and (path.suffix not in _OFFICE or _is_text(path)):
            yield from fragments.of_plain(file, path.read_bytes())


def _is_text(path: Path) -> bool:
    return path.suffix == ".docx" and not path.read_bytes().startswith(b"PK")


def _files(root: Path, facts: dict[str, list[dict[str, str]]]) -> dict[str, dict[str, str | int]]:
    really = {entry["file"]: entry["as"] for entry in facts["broken"] if "as" in entry}
    return {
        file: {
            "format": really.get(file, file.rsplit(".", 1)[1].replace("gz", "tar.gz")),
            "bytes": (root / file).stat().st_size,
        }
        for file in _share(root)
    }


def _access(root: Path) -> list[dict[str, gold.Json]]:
    """Return each sidecar that narrows access, with what it says."""
    rows: list[dict[str, gold.Json]] = []
    for path in sorted(p for p in root.rglob("*meta.yaml") if _is_sidecar(p)):
        facts = yaml.safe_load(path.read_text(encoding="utf-8"))
        access = facts.get("access", {})
        if access and "everyone" not in access.get("groups", []):
            place = path.relative_to(root).as_posix()
            place = place.removesuffix("_meta.yaml").removesuffix(".meta.yaml")
            rows.append({"below": place, **access})
    return rows


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if sys.argv[1:] else _HERE.parent
    build(folder / "company", folder / "gold.json")
