"""Columns of records that say who may read them and whose they are: never wider than anybody said."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from curate.release.reading import Release
from tests.flow.share import run_share
from tests.flow.test_access import packed, page, read_by

if TYPE_CHECKING:
    from pathlib import Path

    from curate.pipeline.run import Outcome

EVERYONE = "access: {groups: [everyone]}"
HR = "access: {groups: [hr]}\n"


def article(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": f"The {name} lamp", "body": page(name), **more}


def lines(*records: dict[str, Any]) -> str:
    return "\n".join(map(json.dumps, records))


def ran(folder: Path, files: dict[str, str | bytes], source: str) -> tuple[Outcome, Release]:
    """Run a share of one source, whose `access:` is everyone."""
    for name, data in files.items():
        place = folder / "share" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data if isinstance(data, bytes) else data.encode())
    pipeline = folder / "desk.yaml"
    pipeline.write_text(
        f"name: desk\nsources: [{{path: share, name: desk, {EVERYONE}, {source}}}]\n"
    )
    outcome, _ = run_share(pipeline, folder / "w", workers=1)
    return outcome, Release(outcome.workspace, 1)


def test_only_what_a_column_names_in_a_form_that_is_understood_may_read_a_record(
    tmp_path: Path,
) -> None:
    values: dict[str, tuple[object, tuple[str, ...]]] = {
        "red": ({"groups": ["hr"]}, ("hr",)),
        "blue": ({"users": ["jo"]}, ("user:jo",)),
        "green": ({"groups": ["hr", "law"], "users": ["jo"]}, ("hr", "law", "user:jo")),
        "white": ([{"name": "hr"}, {"name": "law"}], ("hr", "law")),
        "amber": ([{"groups": ["hr"]}, "law"], ("hr", "law")),
        "violet": ({"group": "hr"}, ()),
        "grey": ({"groups": "hr"}, ()),
        "black": ({"groups": ["everyone"], "without": ["guests"]}, ()),
        "olive": ({"name": "everyone", "deny": True}, ()),
        "khaki": ([{"name": "everyone"}, {"name": "hr", "effect": "deny"}], ()),
        "mint": ({"id": 5, "name": "hr", "self": "https://desk.example/5"}, ("hr",)),
        "ruby": ([None, "hr"], ("hr",)),
        "brown": ([], ()),
        "pink": ({}, ()),
        "gold": (True, ()),
        "silver": (["everyone, but no guests"], ("everyone, but no guests",)),
        "cyan": (None, ()),
        "lime": (" ; ", ()),
    }
    records = [article(name, team=value) for name, (value, _) in values.items()]
    twice = (
        '{"id": "teal", "title": "Teal", "body": "A teal lamp.", "team": "hr", "team": "everyone"}'
    )
    files: dict[str, str | bytes] = {
        "a.jsonl": lines(*records, article("plum"), article("rust", Team="hr")) + "\n" + twice
    }

    _, release = ran(tmp_path, files, "records: article, columns: {access: team}")

    expected = {f"a.jsonl › {name}": who for name, (_, who) in values.items()}
    missing = dict.fromkeys(("a.jsonl › plum", "a.jsonl › rust", "a.jsonl › teal"), ())
    assert read_by(release) == expected | missing


def test_a_cell_that_names_nobody_and_columns_of_one_name_open_nothing(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["id", "title", "body", "team"])
    for name, team in {"red": "hr", "blue": None, "green": '="h"&"r"', "white": ""}.items():
        sheet.append([name, f"The {name} lamp", page(name), team])
    sheet.merge_cells("D2:D3")
    other = book.create_sheet("other")
    other.append(["id", "title", "body"])
    other.append(["amber", "The amber lamp", page("amber")])
    held = io.BytesIO()
    book.save(held)
    twice = "id,title,body,team,team\nviolet,Violet,A violet lamp blinks.,everyone,hr\n"

    files: dict[str, str | bytes] = {"a.xlsx": held.getvalue(), "b.csv": twice}
    _, release = ran(tmp_path, files, "records: article, columns: {access: team}")

    found = {address.rpartition(" ")[2]: who for address, who in read_by(release).items()}
    assert found == {"red": ("hr",), **dict.fromkeys(("blue", "green", "white", "amber"), ())} | {
        "violet": ()
    }


def test_a_column_narrows_what_a_sidecar_or_pattern_says_and_never_widens_it(
    tmp_path: Path,
) -> None:
    def rows(place: str) -> str:
        teams = ("everyone", "law", "hr")
        return lines(*(article(f"{place}-{team}", team=team) for team in teams))

    files: dict[str, str | bytes] = {
        "hr/r.jsonl": rows("pattern"),
        "s.jsonl": rows("sidecar"),
        "s.jsonl.meta.yaml": HR,
        "in.zip": packed({"x/r.jsonl": rows("archive"), "x/_meta.yaml": HR}),
    }

    source = 'records: article, columns: {access: team}, patterns: ["{access}/*"]'
    _, release = ran(tmp_path, files, source)

    found = {address.rpartition(" ")[2]: who for address, who in read_by(release).items()}
    places = ("pattern", "sidecar", "archive")
    narrowed = {"everyone": ("hr",), "law": (), "hr": ("hr",)}
    assert found == {f"{p}-{team}": who for p in places for team, who in narrowed.items()}


def test_a_tenant_that_a_record_leaves_open_or_that_differs_from_its_files_closes_it(
    tmp_path: Path,
) -> None:
    rows = lines(
        article("red", org="beta"),
        article("blue"),
        article("green", org=["beta", "gamma"]),
        article("white", org={"name": "gamma"}),
    )
    files: dict[str, str | bytes] = {
        "a.jsonl": rows,
        "b.jsonl": lines(article("amber", org="beta"), article("violet", org="gamma")),
        "b.jsonl.meta.yaml": "tenant: gamma\n",
    }

    _, release = ran(tmp_path, files, "tenant: acme, records: article, columns: {tenant: org}")

    frame = release.corpus.select("address", "tenant").collect()
    assert dict(frame.iter_rows()) == {
        "a.jsonl › red": "beta",
        "a.jsonl › white": "gamma",
        "b.jsonl › violet": "gamma",
    }
    why = {row["address"]: row["reasons"] for row in release.ledger if row["corpus"] != "in"}
    closed = ("a.jsonl › blue", "a.jsonl › green", "b.jsonl › amber")
    assert why == {address: ["bad_tenant"] for address in closed}


def test_a_file_that_is_one_record_is_read_by_those_whom_it_names(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.json": json.dumps(article("red", team="hr", org="beta")),
        "b.json": json.dumps(article("blue", team="everyone", org="acme"), indent=1),
        "b.json.meta.yaml": "access: {groups: [law]}\n",
        "in.zip": packed({"c.json": json.dumps(article("green", team="hr", org="acme"))}),
    }

    _, release = ran(tmp_path, files, "records: article, columns: {access: team, tenant: org}")

    frame = release.corpus.select("address", "access", "tenant").unique().sort("address").collect()
    assert frame.rows() == [
        ("a.json", ["hr"], "beta"),
        ("b.json", ["law"], "acme"),
        ("in.zip › c.json", ["hr"], "acme"),
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "id,title,team\n1,The red lamp blinks,hr\n2,The blue lamp blinks,everyone\n"),
        ("a.xml", '<rows><row team="hr">The red lamp blinks until its clock is set.</row></rows>'),
        ("a.json", '{"title": "The red lamp", "Team": "hr"}'),
        ("b.json", "// The red lamp blinks\nteam: hr, but this is no JSON at all\n"),
        ("a.jsonl", '{"id": "1", "title": "The red lamp", "body": "It blinks.", "Team": "hr"}'),
    ],
)
def test_a_file_in_which_no_record_has_the_mapped_column_is_for_nobody_and_told(
    tmp_path: Path, name: str, text: str
) -> None:
    files: dict[str, str | bytes] = {name: text, "open.md": page("green")}

    outcome, release = ran(tmp_path, files, "columns: {access: team}")

    found = {address.partition(" ")[0]: who for address, who in read_by(release).items()}
    assert found == {name: (), "open.md": ("everyone",)}
    assert "access_unmatched" in release.manifest["warnings"]
    (text,) = [one for one in outcome.warnings if "`columns:`" in one]
    assert text.startswith("1 document of desk (1) can be read by nobody: `columns:` says where")


def test_a_column_that_some_rows_of_a_file_fill_is_nothing_to_tell(tmp_path: Path) -> None:
    rows = lines(article("red", team="hr"), article("blue"))

    outcome, release = ran(tmp_path, {"a.jsonl": rows}, "columns: {access: team}")

    assert set(read_by(release).values()) == {("hr",), ()}
    assert not [one for one in outcome.warnings if "`columns:`" in one]


def test_what_an_export_says_of_itself_never_speaks_for_its_records(tmp_path: Path) -> None:
    records = [
        {"case_no": "C-1", "words": page("red"), "team": "hr"},
        {"case_no": "C-2", "words": page("blue")},
    ]
    files: dict[str, str | bytes] = {
        "a.json": json.dumps({"export": "x", "team": "everyone", "tickets": records}),
    }

    _, release = ran(tmp_path, files, "columns: {access: team}")

    assert sorted(read_by(release).values()) == [(), ("hr",)]


def test_rows_of_a_table_of_tickets_are_read_by_those_whom_they_name(tmp_path: Path) -> None:
    rows = [f"{n},Lamp,{page(name)!r},solved,{team}" for n, name, team in (
        (1, "red", "hr"), (2, "blue", ""), (3, "green", "everyone"))]  # fmt: skip
    table = "\n".join(["Ticket ID,Subject,Description,Status,team", *rows])

    _, release = ran(tmp_path, {"a.csv": table}, "columns: {access: team}")

    assert read_by(release) == {"a.csv › 1": ("hr",), "a.csv › 2": (), "a.csv › 3": ("everyone",)}


def test_a_row_whose_cells_may_stand_one_off_is_for_nobody(tmp_path: Path) -> None:
    lamp = "The {0} lamp of the meter blinks until its clock is set"
    table = "\n".join(
        [
            "id,title,body,team",
            f"red,Red,{lamp.format('red')}, everyone,hr",
            f"blue,Blue,{lamp.format('blue')}",
            f"green,Green,{lamp.format('green')},hr",
        ]
    )

    source = "records: article, columns: {access: team, tenant: team}"
    _, release = ran(tmp_path, {"a.csv": table}, source)

    assert read_by(release) == {"a.csv › green": ("hr",)}
    why = {row["address"]: row["reasons"] for row in release.ledger if row["corpus"] != "in"}
    assert why == {f"a.csv › {name}": ["bad_tenant"] for name in ("blue", "red")}
    source = "records: article, columns: {access: team}"
    _, release = ran(tmp_path / "again", {"a.csv": table}, source)
    assert read_by(release) == {
        "a.csv › red": (), "a.csv › blue": (), "a.csv › green": ("hr",),
    }  # fmt: skip


def test_a_row_of_which_no_column_says_who_may_read_it_keeps_all_its_words(tmp_path: Path) -> None:
    table = "id,title,body\n1,Red,The red lamp, which is new, blinks until its clock is set\n"

    _, release = ran(tmp_path, {"a.csv": table}, "records: article")

    (text,) = release.corpus.collect()["text"].to_list()
    assert "The red lamp, which is new, blinks until its clock is set" in text


def test_a_record_that_spells_a_mapped_key_in_two_ways_is_for_nobody(tmp_path: Path) -> None:
    records = [
        article("red", Team="hr", team="everyone"),
        article("blue", fields={"team": "everyone"}, TEAM="hr"),
        article("green", fields={"te_am": "hr", "team": "everyone"}),
        article("white", team="hr"),
    ]
    table = (
        "id,title,body,Team,team\n"
        "amber,Amber,An amber lamp blinks,hr,everyone\n"
        "violet,Violet,A violet lamp blinks,,everyone\n"
    )
    files: dict[str, str | bytes] = {"a.jsonl": lines(*records), "b.csv": table}

    _, release = ran(tmp_path, files, "records: article, columns: {access: team}")

    found = {address.rpartition(" ")[2]: who for address, who in read_by(release).items()}
    closed = dict.fromkeys(("red", "blue", "green", "amber", "violet"), ())
    assert found == {"white": ("hr",)} | closed


def test_a_page_whose_table_has_the_mapped_column_is_for_nobody_and_other_pages_stay(
    tmp_path: Path,
) -> None:
    def html(head: str) -> str:
        cells = "".join(f"<td>{cell}</td>" for cell in (f"The {head} lamp blinks", "hr"))
        return f"<p>Lamps</p><table><tr><td>id</td><td>{head}</td></tr><tr>{cells}</tr></table>"

    files: dict[str, str | bytes] = {
        "a.html": html("Team"),
        "b.html": html("colour"),
        "c.md": "# Lamps\n\n| id | team |\n|---|---|\n| The red lamp | hr |\n",
        "d.md": page("green") + "\nThe team of the lamp is hr.\n",
        "in.zip": packed({"e.html": html("team").replace("lamp", "inner lamp")}),
    }

    _, release = ran(tmp_path, files, "columns: {access: team}")

    closed = dict.fromkeys(("a.html", "c.md", "in.zip › e.html"), ())
    assert read_by(release) == {"b.html": ("everyone",), "d.md": ("everyone",)} | closed
    assert "access_unmatched" in release.manifest["warnings"]
