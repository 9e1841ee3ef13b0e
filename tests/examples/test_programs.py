"""The short programs in `examples/` run on a small share and print what they promise."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

import curate
from tests.flow.share import write_share

PROGRAMS = Path(curate.__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A share with two releases, the second with one page changed and one gone."""
    folder = write_share(tmp_path_factory.mktemp("programs") / "share")
    curate.run(folder, as_of="2026-03-31", workers=2)
    page = folder / "policies/travel.md"
    page.write_text(page.read_text().replace("140 EUR", "160 EUR"))
    (folder / "wiki-vpn.html").unlink()
    curate.run(folder, as_of="2026-03-31", workers=2)
    return folder


def program(
    name: str, *words: object, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> str:
    """Run a program as a script and return what it prints."""
    monkeypatch.setattr(sys, "argv", [name, *map(str, words)])
    runpy.run_path(str(PROGRAMS / name), run_name="__main__")
    return capsys.readouterr().out


def test_every_program_is_tested_here() -> None:
    source = Path(__file__).read_text(encoding="utf-8")

    assert all(f'"{path.name}"' in source for path in PROGRAMS.glob("*.py"))


def test_running_and_reading_tells_what_was_left_out(
    share: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = program("run_and_read.py", share, capsys=capsys, monkeypatch=monkeypatch)

    assert "release 2 in " in said
    assert "empty.txt empty" in said


def test_citing_shows_answers_beside_the_words_they_rest_on(
    share: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = program("cite.py", share, 50, capsys=capsys, monkeypatch=monkeypatch)

    assert "policies/refunds.md, page -: " in said or "old/refunds.md, page -: " in said
    assert said.count("Q  ") == len(curate.open(share).examples)


def test_what_changed_is_told_by_what_a_vector_store_has_to_do(
    share: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = program("what_changed.py", share, 1, 2, capsys=capsys, monkeypatch=monkeypatch)
    told = dict(line.rsplit(maxsplit=1) for line in said.splitlines())
    changes = curate.open(share).history["changes"]["chunks"]

    assert [int(told[name]) for name in ("add", "remove", "embed again", "update columns")] == [
        changes[name] for name in ("add", "delete", "update_text", "update_meta")
    ]
    assert int(told["remove"]) > int(told["add"]) == 1


def test_a_search_shows_only_what_its_reader_may_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = write_share(tmp_path / "closed")
    (closed / "_meta.yaml").write_text("access: {groups: [staff]}\n")
    curate.run(closed, as_of="2026-03-31", workers=2, force=True)

    words = (closed, "staff", "refund", "days")
    found = program("search.py", *words, capsys=capsys, monkeypatch=monkeypatch)
    words = (closed, "strangers", "refund", "days")
    nothing = program("search.py", *words, capsys=capsys, monkeypatch=monkeypatch)

    assert "refunds.md" in found.splitlines()[0]
    assert nothing == ""


def test_where_nobody_says_who_may_read_a_search_is_for_everybody(
    share: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = (share, "strangers", "refund", "days")
    found = program("search.py", *words, capsys=capsys, monkeypatch=monkeypatch)

    assert "refunds.md" in found.splitlines()[0]


def test_a_search_without_words_says_how_it_is_called(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit, match="WORKSPACE GROUP WORDS"):
        program("search.py", capsys=capsys, monkeypatch=monkeypatch)
