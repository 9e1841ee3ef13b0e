"""The example company and its gold file say the same: read with the plainest means there are."""

from __future__ import annotations

import email
import hashlib
import html
import io
import json
import quopri
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from tests.examples.archives import packed

EXAMPLES = Path(__file__).parents[2] / "examples"
COMPANY = EXAMPLES / "company"
TAG = re.compile(r"<[^>]*>")
RTF_SIGN = re.compile(r"\\u(\d+)\?")
PRESIDIO_PATTERNS = {
    "CREDIT_CARD",
    "CRYPTO",
    "DATE_TIME",
    "EMAIL_ADDRESS",
    "IBAN_CODE",
    "IP_ADDRESS",
    "MAC_ADDRESS",
    "MEDICAL_LICENSE",
    "PHONE_NUMBER",
    "UK_NHS",
    "URL",
    "US_BANK_NUMBER",
    "US_DRIVER_LICENSE",
    "US_ITIN",
    "US_PASSPORT",
    "US_SSN",
    "UUID",
}


@dataclass(frozen=True, slots=True)
class Planted:
    """One row of the gold's list of personal data."""

    file: str
    where: str
    type: str
    value: str
    count: int
    record: str = ""


@cache
def gold_text() -> str:
    return (EXAMPLES / "gold.json").read_text(encoding="utf-8")


def rows(section: str) -> list[dict[str, str]]:
    found = json.loads(gold_text())[section]
    assert isinstance(found, list)
    return found


def planted() -> list[Planted]:
    return [Planted(**row) for row in json.loads(gold_text())["pii"]]


@cache
def tickets() -> dict[str, str]:
    lines = (COMPANY / "support/tickets.jsonl").read_text(encoding="utf-8").splitlines()
    return {json.loads(line)["id"]: line for line in lines}


def ticket(key: str) -> dict[str, str]:
    record = json.loads(tickets()[key])
    assert isinstance(record, dict)
    return record


def share() -> list[str]:
    return [
        path.relative_to(COMPANY).as_posix()
        for path in sorted(COMPANY.rglob("*"))
        if path.is_file() and not path.name.endswith("meta.yaml") and ".curate" not in path.parts
    ]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def bare(markup: str) -> str:
    text = re.sub(r"</(?:w:p|a:p|text:p|text:h|p|td|li|si|t)>", "\n", markup)
    return html.unescape(TAG.sub("", text)) + html.unescape(markup)


def of_zip(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [n for n in archive.namelist() if not n.endswith((".zip", ".jpeg", ".jpg"))]
        return "\n".join(bare(archive.read(name).decode("utf-8", "replace")) for name in names)


def of_tar(data: bytes) -> str:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        files = [archive.extractfile(member) for member in archive.getmembers()]
        return "\n".join(file.read().decode() for file in files if file is not None)


def of_pdf(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_range() for page in document]
    properties = list(document.get_metadata_dict().values())
    links = re.findall(rb"/URI \(([^)]*)\)", data)
    document.close()
    return "\n".join([*pages, *properties, *(link.decode() for link in links)])


@cache
def text_of(file: str) -> str:
    data = (COMPANY / file).read_bytes()
    if file.endswith(".pdf"):
        return squeezed(of_pdf(data))
    if data.startswith(b"PK"):
        return squeezed(of_zip(data))
    if file.endswith(".gz"):
        return squeezed(of_tar(data))
    if file.endswith(".msg"):
        return squeezed(data.decode("utf-16-le", "ignore"))
    if file.endswith(".rtf"):
        plain = data.decode("ascii").replace("\\'", "")
        return squeezed(RTF_SIGN.sub(lambda match: chr(int(match[1])), plain))
    if file.endswith(".eml"):
        data += quopri.decodestring(data)
    return squeezed(html.unescape(data.decode("utf-8-sig", "replace")))


def test_the_share_has_enough_documents_formats_and_tickets() -> None:
    formats = {entry["format"] for entry in json.loads(gold_text())["files"].values()}

    assert len(share()) >= 60
    assert len(formats) >= 12
    assert len(tickets()) >= 500


def test_the_gold_lists_every_file_with_its_size() -> None:
    listed = json.loads(gold_text())["files"]

    assert {file: (COMPANY / file).stat().st_size for file in share()} == {
        file: entry["bytes"] for file, entry in listed.items()
    }


def test_the_share_stays_small() -> None:
    sizes = [(COMPANY / file).stat().st_size for file in share()]

    assert sum(sizes) < 6_000_000
    assert max(size for size, file in zip(sizes, share(), strict=True) if "tickets" not in file) < (
        600_000
    )


def test_every_planted_value_stands_in_its_file() -> None:
    missing = [
        row
        for row in planted()
        if row.where != "path"
        and not row.file.endswith("tickets.jsonl")
        and squeezed(row.value) not in text_of(row.file)
    ]

    assert missing == []


def test_every_planted_value_stands_in_its_ticket() -> None:
    in_tickets = [row for row in planted() if row.file.endswith("tickets.jsonl")]

    assert in_tickets
    assert [row for row in in_tickets if tickets()[row.record].count(row.value) < row.count] == []


def test_values_planted_in_names_stand_in_the_path() -> None:
    named = [row for row in planted() if row.where == "path"]

    assert {row.type for row in named} >= {"PERSON", "US_SSN", "EMAIL_ADDRESS"}
    assert all(row.value in row.file for row in named)


def test_every_type_of_personal_data_is_planted_and_in_many_places() -> None:
    types, places = {row.type for row in planted()}, {row.where for row in planted()}

    assert types >= PRESIDIO_PATTERNS
    assert places >= {
        "text",
        "table",
        "heading",
        "header",
        "property",
        "path",
        "link",
        "field",
    }


def test_exact_copies_have_equal_bytes() -> None:
    pairs = [(row["of"], row["copy"]) for row in rows("copies") if row["equal"] == "bytes"]

    assert len(pairs) >= 8
    assert all((COMPANY / a).read_bytes() == (COMPANY / b).read_bytes() for a, b in pairs)


def test_copies_of_tickets_have_equal_words() -> None:
    pairs = [
        (ticket(row["of_record"]), ticket(row["copy_record"]))
        for row in rows("copies")
        if "of_record" in row
    ]

    assert pairs
    assert all(a["description"] == b["description"] for a, b in pairs)
    assert all(a["subject"] == b["subject"] for a, b in pairs)


def body_of_docx(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        markup = archive.read("word/document.xml").decode()
    return html.unescape(TAG.sub("", markup.replace("</w:p>", "\n")))


def test_copies_in_word_have_other_bytes_and_the_same_words() -> None:
    pairs = [
        (COMPANY / row["of"], COMPANY / row["copy"])
        for row in rows("copies")
        if row["equal"] == "text" and row["copy"].endswith(".docx")
    ]

    assert len(pairs) >= 2
    for one, other in pairs:
        assert one.read_bytes() != other.read_bytes()
        assert body_of_docx(one.read_bytes()) == body_of_docx(other.read_bytes())


def test_the_policy_in_word_and_in_pdf_has_the_same_words() -> None:
    word = body_of_docx((COMPANY / "policies/travel-and-expenses.docx").read_bytes())
    printed = of_pdf((COMPANY / "policies/travel-and-expenses.pdf").read_bytes())

    lost = set(re.findall(r"\w+", word)) - set(re.findall(r"\w+", printed))

    assert lost == set()


def test_copies_inside_archives_have_the_bytes_of_the_file() -> None:
    inside = [row for row in rows("copies") if row["copy"].endswith((".zip", ".gz"))]

    assert len(inside) == 2
    for row in inside:
        data = (COMPANY / row["copy"]).read_bytes()
        words = of_tar(data) if row["copy"].endswith(".gz") else of_zip(data)
        assert (COMPANY / row["of"]).read_text(encoding="utf-8") in words


def test_the_attachment_has_the_bytes_of_the_policy() -> None:
    mail = email.message_from_bytes((COMPANY / "mail/warranty-for-harbor-point.eml").read_bytes())

    [attached] = [part for part in mail.walk() if part.get_filename()]

    assert attached.get_payload(decode=True) == (
        (COMPANY / "policies/warranty-policy.pdf").read_bytes()
    )


def test_near_copies_are_no_exact_copies() -> None:
    for row in rows("near"):
        if "a_record" in row:
            one, other = ticket(row["a_record"])["description"], ticket(row["b_record"])
            assert one != other["description"]
        else:
            assert (COMPANY / row["a"]).read_bytes() != (COMPANY / row["b"]).read_bytes()


def test_each_family_of_versions_holds_its_current_member() -> None:
    for family in json.loads(gold_text())["versions"]:
        members = {member["file"]: member["effective"] for member in family["members"]}

        assert all((COMPANY / file).is_file() for file in members)
        assert members[family["current"]] == max(filter(None, members.values()))


def test_conflicting_documents_say_what_the_gold_says() -> None:
    for row in rows("conflicts"):
        assert row["says"] in text_of(row["current"])
        assert row["other_says"] in text_of(row["other"])


def test_wrong_labels_of_tickets_are_the_ones_given() -> None:
    wrong = json.loads(gold_text())["labels"]["tickets"]

    assert 0.06 < len(wrong) / len(tickets()) < 0.10
    assert all(ticket(row["record"])["category"] == row["given"] != row["true"] for row in wrong)


def test_wrong_labels_of_documents_stand_in_their_sidecars() -> None:
    wrong = json.loads(gold_text())["labels"]["documents"]

    assert 6 <= len(wrong) <= 10
    for row in wrong:
        sidecar = (COMPANY / f"{row['file']}.meta.yaml").read_text(encoding="utf-8")
        assert f"document_type: {row['given']}" in sidecar


def spelled(text: str) -> str:
    """Return a text with tag characters as letters and without zero-width characters."""
    letters = (chr(ord(c) - 0xE0000) if 0xE0000 <= ord(c) <= 0xE007F else c for c in text)
    return "".join(c for c in letters if c not in "\u200b\u200c\u200d\u2060")


def test_hidden_and_injected_text_is_really_there() -> None:
    assert len(rows("risks")) >= 10
    for row in rows("risks"):
        assert row["text"] in spelled(text_of(row["file"]))


def test_hidden_words_of_the_word_file_are_marked_as_vanished() -> None:
    path = COMPANY / "projects/supplier-review/supplier-evaluation-2026.docx"

    with zipfile.ZipFile(path) as archive:
        assert b"<w:vanish/>" in archive.read("word/document.xml")


@pytest.mark.parametrize("file", ["incoming/goods-in-2026-03.pdf", "incoming/statement-march.pdf"])
def test_broken_pdfs_do_not_open(file: str) -> None:
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(COMPANY / file)


def test_the_other_broken_files_are_broken_as_described() -> None:
    incoming = COMPANY / "incoming"

    assert (incoming / "notes.txt").read_bytes() == b""
    assert (incoming / "site-photo.pdf").read_bytes().startswith(b"\x89PNG")
    assert (incoming / "offer-courier.docx").read_bytes().startswith(b"<html>")
    assert not zipfile.is_zipfile(incoming / "amendment-draft.docx")
    with pytest.raises(UnicodeDecodeError):
        (incoming / "dump.txt").read_text(encoding="utf-8")


def test_the_hostile_archives_hold_good_members_beside_the_bad() -> None:
    with zipfile.ZipFile(COMPANY / "incoming/supplier-papers.zip") as archive:
        assert sum(name.startswith("papers/") for name in archive.namelist()) == 2
        assert "../../evil.txt" in archive.namelist()
    with zipfile.ZipFile(COMPANY / "incoming/device-logs.zip") as archive:
        inner = zipfile.ZipFile(io.BytesIO(archive.read("trace-2025.zip")))
        assert inner.infolist()[0].file_size > 1_000_000_000
    inner.close()
    assert (COMPANY / "incoming/device-logs.zip").stat().st_size < 200_000


def test_the_counts_are_the_lengths_of_the_lists() -> None:
    found = json.loads(gold_text())
    counts = found["counts"]

    assert all(counts[name] == len(found[name]) for name in ("pii", "copies", "near", "broken"))
    assert counts["tickets"] == len(tickets())
    assert counts["wrong_labels_tickets"] == len(found["labels"]["tickets"])


def digests(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".curate" not in path.parts
    }


@pytest.mark.slow
def test_the_build_writes_the_same_bytes_again(tmp_path: Path) -> None:
    shutil.copytree(COMPANY, tmp_path / "company", ignore=shutil.ignore_patterns(".curate"))

    command = [sys.executable, "-m", "examples.build_company", str(tmp_path)]
    subprocess.run(command, check=True, cwd=EXAMPLES.parent)

    built, shipped = digests(tmp_path / "company"), digests(COMPANY)
    differing = {
        name for name in built.keys() | shipped.keys() if built.get(name) != shipped.get(name)
    }
    for name in differing:  # another zlib may pack the same members otherwise
        assert packed(tmp_path / "company" / name) == packed(COMPANY / name)
    if not differing:
        assert (tmp_path / "gold.json").read_text(encoding="utf-8") == gold_text()
