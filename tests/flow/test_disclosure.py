"""What is for some is not told to others: by sidecars that open, by names, labels, and the page."""

from __future__ import annotations

import gzip
import json
import random
import re
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from curate.errors import ConfigError
from curate.release.reading import Release
from tests.flow.share import run_share
from tests.flow.test_access import packed, page, read_by

if TYPE_CHECKING:
    from pathlib import Path

EVERYONE, HR = "access: {groups: [everyone]}\n", "access: {groups: [hr]}\n"


def released(tmp_path: Path, files: dict[str, str | bytes], pipeline: str = "") -> Release:
    """Run a share, or the pipeline over it, and open what came of it."""
    for name, data in files.items():
        place = tmp_path / "share" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data if isinstance(data, bytes) else data.encode())
    target = tmp_path / "share"
    if pipeline:
        target = tmp_path / "desk.yaml"
        target.write_text(pipeline)
    outcome, _ = run_share(target, tmp_path / "w", workers=1)
    return Release(outcome.workspace, outcome.release)


def everything(release: Release) -> str:
    """Return all that a release publishes as one text."""
    files = [path for path in release.folder.rglob("*") if path.suffix in {".json", ".html"}]
    written = "".join(path.read_text(encoding="utf-8") for path in files)
    rows = (release.ledger, release.findings, release.examples, release.corpus.collect().to_dicts())
    return written + repr(rows)


def mail(*attached: tuple[str, str]) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "desk@example.com", "The lamp"
    message.set_content(page("grey"))
    for name, text in attached:
        message.add_attachment(text.encode(), "text", "markdown", filename=name)
    return message.as_bytes()


def test_a_sidecar_in_an_archive_or_a_mail_opens_nothing_of_which_nothing_is_said_outside(
    tmp_path: Path,
) -> None:
    release = released(
        tmp_path,
        {
            "open/_meta.yaml": EVERYONE,
            "open/a.md": page("red"),
            "un/c.zip": packed({"_meta.yaml": EVERYONE, "x.md": page("blue")}),
            "un/m.eml": mail(("z.md", page("green")), ("_meta.yaml", EVERYONE)),
        },
    )

    found = read_by(release)
    assert found["open/a.md"] == ("everyone",)
    assert {access for address, access in found.items() if address != "open/a.md"} == {()}
    assert {"un/c.zip › x.md", "un/m.eml", "un/m.eml › z.md"} <= set(found)


def test_a_mail_with_a_sidecar_shuts_nothing_where_nobody_says_who_may_read(tmp_path: Path) -> None:
    release = released(
        tmp_path,
        {"a.md": page("red"), "m.eml": mail(("z.md", page("green")), ("_meta.yaml", HR))},
    )

    assert read_by(release) == {
        "a.md": ("unstated",),
        "m.eml": ("unstated",),
        "m.eml › z.md": ("hr",),
    }


@pytest.mark.parametrize("first", ["board", "open"])
def test_a_packed_file_is_called_by_its_own_name_also_where_another_has_the_same_bytes(
    tmp_path: Path, first: str
) -> None:
    data = gzip.compress(page("red").encode(), mtime=0)
    names = {"board": "takeover-of-globex.md.gz", "open": "prices.md.gz"}
    files: dict[str, str | bytes] = {f"{place}/{name}": data for place, name in names.items()}
    files |= {"board/_meta.yaml": "access: {groups: [board]}\n", "open/_meta.yaml": EVERYONE}
    ordered = dict(sorted(files.items(), reverse=first == "open"))

    found = read_by(released(tmp_path, ordered))

    assert found["open/prices.md.gz › prices.md"] == ("everyone",)
    assert found["board/takeover-of-globex.md.gz › takeover-of-globex.md"] == ("board",)


def test_the_page_neither_quotes_nor_places_sidecars(tmp_path: Path) -> None:
    said = "access: {groups: [board]}\nowner: ingrid\nlabels: {deal: buy globex}\n"
    release = released(
        tmp_path,
        {
            "_meta.yaml": EVERYONE,
            "open/all.zip": packed({"falcon/_meta.yaml": said, "falcon/a.md": page("red")}),
            "open/b.md": page("blue"),
            "merger/_meta.yaml.txt": said,
            "merger/c.md": page("green"),
        },
    )

    shown = "".join((release.folder / n).read_text() for n in ("report.html", "report.json"))
    for word in ("falcon", "merger", "ingrid", "globex"):
        assert word not in shown


@pytest.mark.parametrize("name", ["a.txt", "a", "a.csv.old", "a.js"])
def test_a_table_under_another_ending_is_for_nobody_where_rows_say_who_may_read_them(
    tmp_path: Path, name: str
) -> None:
    rows = "id\ttitle\tbody\tteam\n" + "\n".join(
        f"{n}\tLamp {n}\t{page(n)[2:40]}\thr" for n in ("red", "blue", "green")
    )
    pipeline = (
        "name: desk\nsources: [{path: share, access: {groups: [everyone]}, "
        "records: {like: tickets}, columns: {access: team}}]\n"
    )

    release = released(tmp_path, {name: rows, "open.md": page("white")}, pipeline)

    assert {address: who for address, who in read_by(release).items() if who} == {
        "open.md": ("everyone",)
    }


def test_an_envelope_that_says_who_may_read_does_not_speak_for_its_records(tmp_path: Path) -> None:
    rows = [{"id": n, "title": f"Lamp {n}", "body": page(n), "team": "hr"} for n in ("red", "blue")]
    export = json.dumps({"export": "x", "team": "everyone", "tickets": rows})
    pipeline = (
        "name: desk\nsources: [{path: share, access: {groups: [everyone]}, "
        "columns: {access: team}}]\n"
    )

    release = released(tmp_path, {"t.json": export, "open.md": page("white")}, pipeline)

    assert {who for address, who in read_by(release).items() if address != "open.md"} <= {
        (),
        ("hr",),
    }


@pytest.mark.parametrize(
    "sidecar",
    [
        "S/_meta.yaml",
        "s/_meta",
        "s/_meta.sync-conflict-20260101-101010-ABCDEF.yaml",
    ],
)
def test_a_sidecar_under_a_name_that_people_and_machines_make_of_it_closes_its_folder(
    tmp_path: Path, sidecar: str
) -> None:
    inside = {"s/deep/a.md": page("red"), "b.md": page("blue"), sidecar: HR}

    release = released(tmp_path, {"_meta.yaml": EVERYONE, "z.zip": packed(dict(inside)), **inside})

    found = {address: who for address, who in read_by(release).items() if who}
    assert found in ({"b.md": ("everyone",)}, {"z.zip › b.md": ("everyone",)})
    assert "red" not in "".join(str(row["text"]) for row in release.corpus.collect().to_dicts())


def test_a_sidecar_in_capitals_above_the_source_counts(tmp_path: Path) -> None:
    (tmp_path / "_META.YAML").write_text(HR)

    assert read_by(released(tmp_path, {"a.md": page("red")})) == {"a.md": ("hr",)}


def test_a_label_that_only_restricted_documents_carry_is_suggested_to_nobody_else(
    tmp_path: Path,
) -> None:
    draw = random.Random(3)
    words = {
        "laborcase": "contract works council judge notice dismissal hearing severance union appeal",
        "network": "router cable switch port firewall packet antenna gateway signal modem",
    }

    def ticket(key: str, said: str, label: str, who: str) -> dict[str, str]:
        body = " ".join(draw.choice(words[said].split()) for _ in range(30))
        return {"id": key, "body": f"{body}.", "category": label, "who": who}

    rows = [ticket(f"c{n}", "laborcase", "laborcase", "hr") for n in range(60)]
    rows += [ticket(f"n{n}", "network", "network", "hr") for n in range(60)]
    rows += [ticket(f"o{n}", "laborcase", "network", "everyone") for n in range(6)]
    pipeline = (
        "name: desk\nsources: [{path: share, records: {like: tickets}, columns: {access: who}, "
        "labels: [category]}]\n"
    )

    release = released(tmp_path, {"t.jsonl": "\n".join(map(json.dumps, rows))}, pipeline)

    doubts = [row for row in release.findings if row["kind"] == "label"]
    assert doubts
    assert not any("laborcase" in row["suggestion"] for row in doubts)


def test_a_cluster_is_not_called_after_a_document_of_it(tmp_path: Path) -> None:
    text = "\n\n".join(page(name) for name in ("red", "blue", "green", "white", "amber"))
    release = released(
        tmp_path,
        {
            "open/_meta.yaml": EVERYONE,
            "open/a.md": text,
            "hr/_meta.yaml": HR,
            "hr/b.md": text + "\nIt is checked each May.\n",
        },
    )

    rows = release.ledger
    clusters = {row["cluster"].partition("_")[2] for row in rows if row["cluster"]}
    assert len(clusters) == 1
    assert clusters.isdisjoint(row["doc_id"].partition("_")[2] for row in rows)


def test_names_of_sources_tenants_and_files_are_published_masked_and_stay_apart(
    tmp_path: Path,
) -> None:
    tickets = [
        {"id": n, "title": f"Lamp {n}", "body": page(n), "customer": f"{n}.roe@acme.example.com"}
        for n in ("red", "blue")
    ]
    files = {
        "jane.doe@acme.example.com.txt": page("green"),
        "scan_jane.seven@acme.example.com_2024.md": page("white"),
        "NHS/4111111111111111_receipt.md": page("amber"),
        "536-22-8703_contract.md": page("violet"),
    }
    for name, data in {"t.jsonl": "\n".join(map(json.dumps, tickets))}.items():
        place = tmp_path / "homes/kim.lee@acme.example.com" / name
        place.parent.mkdir(parents=True)
        place.write_text(data)
    pipeline = (
        "name: desk\nsources:\n  - {path: share}\n  - path: homes/kim.lee@acme.example.com\n"
        "    records: {like: tickets}\n    columns: {tenant: customer}\n"
    )

    release = released(tmp_path, dict(files), pipeline)

    told = everything(release)
    for value in ("acme.example", "jane", "kim.lee", "roe@", "4111111111111111", "536-22-8703"):
        assert value not in told
    rows = release.corpus.select("source", "tenant", "address").collect().to_dicts()
    assert len({row["tenant"] for row in rows}) == 3
    assert len({row["source"] for row in rows}) == 2
    assert len({row["address"] for row in rows}) == 6


@pytest.mark.parametrize(
    "records",
    ["", "records: {like: tickets, title: what, messages: said, messages.public: seen}, "],
)
def test_an_internal_note_of_a_file_that_is_one_ticket_is_published_nowhere(
    tmp_path: Path, records: str
) -> None:
    title, messages, seen = (
        ("what", "said", "seen") if records else ("subject", "comments", "public")
    )
    ticket = {
        "id": 7,
        title: "The lamp blinks",
        "status": "solved",
        messages: [
            {"role": "customer", "body": "Why does the lamp blink all day?", seen: True},
            {"role": "agent", "body": "A difficult customer, be short.", seen: False},
            {"role": "agent", "body": "Turn the ring to the left until it clicks.", seen: True},
        ],
    }
    pipeline = f"name: desk\nsources: [{{{records}path: share}}]\n"

    release = released(tmp_path, {"t.json": json.dumps(ticket), "b.md": page("red")}, pipeline)

    assert "click" in everything(release)
    assert "difficult" not in everything(release)


@pytest.mark.parametrize(
    ("folder", "values"),
    [
        ("SSN 536-22-8726", ("536-22-8726",)),
        (
            "Kim Lee 536-22-8726 tel 212-555-0199 kim.lee@acme.example.com",
            ("536-22-8726", "555-0199", "kim.lee"),
        ),
        ("Kunde +49 30 12345678", ("12345678",)),
    ],
)
def test_the_name_of_a_pipeline_and_of_what_was_run_are_published_masked_and_stay_the_same_one(
    tmp_path: Path, folder: str, values: tuple[str, ...]
) -> None:
    place = tmp_path / folder
    place.mkdir()
    (place / "a.md").write_text(page("red"))
    run_share(place, tmp_path / "w", workers=1)
    (place / "b.md").write_text(page("blue"))

    outcome, _ = run_share(place, tmp_path / "w", workers=1)

    assert outcome.release == 2
    told = _published(Release(outcome.workspace, 2))
    assert not [value for value in values if value in told]
    assert "US_SSN" in told or "PHONE_NUMBER" in told


def _published(release: Release) -> str:
    card = (release.folder / "finetune/README.md").read_text(encoding="utf-8")
    return everything(release) + card


def test_the_masked_name_of_a_pipeline_still_tells_it_from_another(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a.md": page("red"), "b.md": page("blue")}
    pipeline = "name: SSN 536-22-8726\nsources: [{path: share}]\n"
    first = released(tmp_path, files, pipeline)

    assert first.manifest["name"].startswith("SSN <US_SSN> #")
    (tmp_path / "share/c.md").write_text(page("green"))
    assert released(tmp_path, {}, pipeline).number == 2
    with pytest.raises(ConfigError, match="holds the releases of the pipeline"):
        released(tmp_path, {}, pipeline.replace("8726", "8727"))


def test_what_a_pipeline_file_says_of_its_sources_in_words_is_shown_masked(tmp_path: Path) -> None:
    mail = "{}@acme.example.com".format
    said = {
        "patterns": f'["{mail("pat")}/{{department}}/*"]',
        "labels": f'["{mail("lab")}"]',
        "columns": f'{{owner: "{mail("col")}"}}',
        "records": f'{{like: tickets, messages.customers: ["{mail("rec")}"]}}',
        "access": f'{{groups: [everyone, "{mail("grp")}"], users: ["{mail("usr")}"]}}',
    }
    source = ", ".join(f"{name}: {value}" for name, value in said.items())
    pipeline = (
        f'name: desk\naudience: ["{mail("aud")}"]\nlabels: {{judge: ["{mail("jud")}"]}}\n'
        f"sources:\n  - {{path: share, {source}}}\n"
    )

    release = released(tmp_path, {"a.md": page("red"), "b.md": page("blue")}, pipeline)

    shown = (release.folder / "manifest.json").read_text(encoding="utf-8")
    shown += "".join((release.folder / f"report.{n}").read_text("utf-8") for n in ("html", "json"))
    assert re.findall(r"\w+@acme", shown) == []
    assert "named people" in shown


@pytest.mark.parametrize(
    "name", ["note.212-555-3285", "note.212-555-3285.md", "536-22-8726.old.md"]
)
def test_a_number_between_the_dots_of_a_file_name_is_masked(tmp_path: Path, name: str) -> None:
    told = everything(released(tmp_path, {name: page("red"), "b.md": page("blue")}))

    assert "555-3285" not in told
    assert "22-8726" not in told
