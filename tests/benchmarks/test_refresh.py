"""What `bench-refresh` counts, on hand-made inputs; nothing here looks at how long anything takes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from random import Random

import pytest

from tests.benchmarks.refresh import growth, history, limits, reembedded
from tests.benchmarks.refresh.edits import Counted, Piece, altered, counted, is_run
from tests.benchmarks.refresh.growth import Growth
from tests.benchmarks.refresh.share import edit, newest, stock, write

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / os.environ.get("DATA", "../shared/data")

# A peer that makes every paragraph a piece, and puts it out as the splitters do.
PARAGRAPHS = """
import json, pathlib, sys
folder = pathlib.Path(sys.argv[1])
found = {}
for path in sorted(folder.rglob("*.md")):
    parts = path.read_text().strip().split("\\n\\n")
    found[path.relative_to(folder).as_posix()] = [[[], part] for part in parts]
print(json.dumps(found))
"""
LEAVE = "# Leave\n\nEverybody has {} days of leave a year, which the manager approves.\n"
PAY = "# Pay\n\nSalaries are paid on the last day of the month, into the account that you named.\n"


def piece(text: str, *path: str) -> Piece:
    return Piece("\n".join([*path, text]), path, text)


def one(old: list[Piece], new: list[Piece], **others: list[Piece]) -> Counted:
    """Count one document; others stand in the old version beside it."""
    return counted({"a": old, **others}, {"b": new}, [("a", "b")])


def test_an_unchanged_document_needs_nothing() -> None:
    pieces = [piece("one two", "H"), piece("three", "H")]

    assert one(pieces, pieces) == Counted(documents=1, pieces=2)


def test_a_changed_word_asks_for_its_own_chunk() -> None:
    found = one([piece("one two"), piece("three")], [piece("one 2"), piece("three")])

    assert found == Counted(documents=1, pieces=2, embedded=1, changed=1)


def test_a_lost_word_leaves_no_changed_one_but_shortens() -> None:
    found = one([piece("one two three")], [piece("one three")])

    assert found == Counted(documents=1, pieces=1, embedded=1, shortened=1)


def test_a_border_that_moved_is_charged_to_who_cuts() -> None:
    found = one([piece("one two"), piece("three four")], [piece("one"), piece("two three four")])

    assert found == Counted(documents=1, pieces=2, embedded=2)
    assert found.anew == 2


def test_a_passage_that_moved_has_not_changed() -> None:
    first, second = piece("one two three four"), piece("five six seven")

    assert one([first, second], [second, first]) == Counted(documents=1, pieces=2)


def test_a_renamed_heading_is_told_apart_from_other_white_space() -> None:
    old = [piece("one two", "Old"), piece("three four", "Same")]

    found = one(old, [piece("one two", "New"), piece("three\nfour", "Same")])

    assert found == Counted(documents=1, pieces=2, embedded=2, renamed=1)
    assert found.anew == 1


def test_what_another_document_held_needs_no_embedding() -> None:
    found = one([piece("one")], [piece("one"), piece("two")], other=[piece("two")])

    assert found == Counted(documents=1, pieces=2, changed=1)


def test_a_document_that_had_no_text_is_changed_throughout() -> None:
    found = counted({}, {"b": [piece("one")]}, [("a", "b")])

    assert found == Counted(documents=1, pieces=1, embedded=1, changed=1)


def test_only_edited_documents_are_counted_and_added_up() -> None:
    old = {"a": [piece("one")], "b": [piece("two")]}
    new = {"a": [piece("1")], "b": [piece("2")], "c": [piece("three")]}

    found = counted(old, new, [("a", "a"), ("b", "b")])

    assert found == Counted(documents=2, pieces=2, embedded=2, changed=2)


@pytest.mark.parametrize(
    ("words", "whole", "expected"),
    [
        ("b c", "a b c", True),
        ("a c", "a b c", False),
        ("b", "ab bc", False),
        ("a b", "a b", True),
        ("a", "", False),
    ],
)
def test_a_run_is_of_whole_words(words: str, whole: str, *, expected: bool) -> None:
    assert is_run(words.split(), whole.split()) is expected


def test_pieces_with_a_word_outside_every_equal_run_are_altered() -> None:
    before = ["a", "b", "c", "d", "e", "f"]

    assert altered(before, [["a", "b"], ["x", "d"], ["e", "f"]]) == [False, True, False]
    assert altered(before, [["a", "c"], ["d", "e", "f", "g"]]) == [False, True]
    assert altered([], [["a"]]) == [True]


def test_gits_lines_are_sorted_and_a_rename_from_outside_is_an_addition() -> None:
    rows = [
        {"status": "A", "path_old": "new.md", "path_new": ""},
        {"status": "M", "path_old": "same.md", "path_new": ""},
        {"status": "D", "path_old": "gone.md", "path_new": ""},
        {"status": "R075", "path_old": "was.md", "path_new": "is.md"},
        {"status": "R100", "path_old": "elsewhere/x.md", "path_new": "x.md"},
    ]

    found = history.listed(rows, {"same.md", "gone.md", "was.md"})

    assert found == history.Files(
        added=frozenset({"new.md", "x.md"}),
        modified=frozenset({"same.md"}),
        deleted=frozenset({"gone.md"}),
        renamed=frozenset({("was.md", "is.md")}),
    )


def test_a_folder_becomes_a_version_and_what_stayed_is_not_touched(tmp_path: Path) -> None:
    share, version = tmp_path / "share", tmp_path / "version"
    for path, text in {
        share / "same.md": "one",
        share / "edited.md": "two",
        share / "deep/gone.md": "three",
        version / "same.md": "one",
        version / "edited.md": "2",
        version / "other/new.md": "four",
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    os.utime(share / "same.md", (1, 1))

    history.become(share, version)

    held = {p.relative_to(share).as_posix(): p.read_text() for p in share.rglob("*.md")}
    assert held == {"same.md": "one", "edited.md": "2", "other/new.md": "four"}
    assert (share / "same.md").stat().st_mtime == 1


def test_limits_are_kept_by_either_figure() -> None:
    found = {"noop_share": 0.2, "noop_s": 1.5, "one_percent_share": 0.2, "one_percent_s": 9.0}

    lines = list(limits.table(found | {"changes_exact": 0, "growth": 1.5}))

    verdicts = {line.split()[0]: "kept" in line for line in lines}
    assert verdicts == {
        "noop_share": True,
        "one_percent_share": False,
        "changes_exact": False,
        "growth": True,
    }


def test_growth_leaves_releases_out() -> None:
    first = {"corpus.lance": 1_000_000, "private": 2_000_000, "releases": 500_000}
    last = {"corpus.lance": 1_500_000, "private": 2_500_000, "releases": 9_000_000}

    found = growth.figures(Growth(20, first, last, changed=2_000_000))

    assert found["growth"] == 0.5
    assert found["growth.last_releases_mb"] == 9.0


def test_a_share_follows_from_its_seed_and_edits_are_what_is_asked_for(tmp_path: Path) -> None:
    section = (
        "## Part {}\n\n" + "people often write about their travel with other people. " * 8 + "\n\n"
    )
    made_of = stock(["".join(section.format(n) for n in range(6)), "# Short\n\nToo little.\n"])

    paths = write(tmp_path / "one", made_of, 5, Random(1))
    again = write(tmp_path / "two", made_of, 5, Random(1))
    before = [path.read_text(encoding="utf-8") for path in paths]
    edit(paths, made_of, 2, Random(2))
    after = [path.read_text(encoding="utf-8") for path in paths]

    assert len(made_of.sections) == 6
    assert before == [path.read_text(encoding="utf-8") for path in again]
    differ = [(a.split(), b.split()) for a, b in zip(before, after, strict=True) if a != b]
    assert [sum(x != y for x, y in zip(a, b, strict=True)) for a, b in differ] == [3, 3]


def test_the_newest_version_of_each_company_is_taken(data: Path) -> None:
    assert newest(data) == [LEAVE.format("thirty-one")]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    company = tmp_path / "data/company_docs/firm"
    files = {
        "v2025-01-01/leave.md": LEAVE.format("thirty"),
        "v2025-01-01/old/pay.txt": PAY,
        "v2026-01-01/leave.md": LEAVE.format("thirty-one"),
        "v2026-01-01/pay.txt": PAY,
        "changes_2025-01-01_to_2026-01-01.tsv": "status\tpath_old\tpath_new\nM\tleave.md\t\n"
        "R100\told/pay.txt\tpay.txt\n",
    }
    for name, text in files.items():
        (company / name).parent.mkdir(parents=True, exist_ok=True)
        (company / name).write_text(text, encoding="utf-8")
    return tmp_path / "data"


@pytest.mark.slow
def test_a_small_history_is_replayed_and_counted_on_both_sides(data: Path, tmp_path: Path) -> None:
    script = tmp_path / "paragraphs.py"
    script.write_text(PARAGRAPHS, encoding="utf-8")
    (versions,) = history.histories(data)

    (step,) = history.replay(versions, tmp_path, 1)
    found = reembedded.compared(step, Path(sys.executable), script)

    assert step.wrong == 0
    assert history.figures([step])["changes_exact"] == 1
    assert step.changes.document_counts.moved == 1
    assert found.ours == found.markdown == Counted(documents=1, pieces=1, embedded=1, changed=1)
    assert found.peer == Counted(documents=1, pieces=2, embedded=1, changed=1)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.skipif(not history.histories(DATA), reason=f"no company_docs/*/v* in {DATA}")
def test_few_chunks_change_with_the_real_edits(tmp_path: Path) -> None:
    for versions in history.histories(DATA):
        steps = history.replay(versions, tmp_path, 1)
        found = [reembedded.compared(step, ROOT / "no peer") for step in steps]

        for step, counts in zip(steps, found, strict=True):
            edited = {row.doc_id for row in step.changes.documents if row.edited}
            rows = [row for row in step.changes.chunks if row.doc_id in edited]
            assert counts.ours.embedded == sum(row.embed for row in rows)
            ours, listed = history.seen(step.changes.documents), step.listed
            assert listed is None or ours.modified == listed.modified
        assert reembedded.figures(reembedded.total(found))["reembedded_vs_needed"] <= 1.2
