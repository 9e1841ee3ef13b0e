"""What is printed stays on its line, can be typed, and counts one as one."""

from __future__ import annotations

import shlex
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from curate.cli.console import Watched
from curate.cli.funnel import funnel
from curate.cli.lines import on_lines, on_one_line
from curate.cli.show import print_rows
from curate.release.gates import Gate
from tests.flow.share import TRAVEL, run_share

if TYPE_CHECKING:
    from curate.pipeline.run import Outcome


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """A run on one document, in a folder whose name a shell would split."""
    folder = tmp_path_factory.mktemp("shown") / "my share; rm"
    folder.mkdir()
    (folder / "travel.md").write_text(TRAVEL)
    return run_share(folder, folder / "its results", workers=1)[0]


def printed(outcome: Outcome) -> str:
    out = StringIO()
    funnel(outcome, Console(file=out, soft_wrap=True))
    return out.getvalue()


def test_paths_in_hints_can_be_typed_as_they_stand(outcome: Outcome) -> None:
    (line,) = [line for line in printed(outcome).splitlines() if "curate report" in line]

    words = shlex.split(line)

    assert words[2:5] == ["curate", "report", "--workspace"]
    assert Path(words[5]).resolve() == outcome.workspace.root.resolve()
    assert len(words) == 6


def test_one_is_one(outcome: Outcome) -> None:
    text = printed(outcome)

    assert "  1 document  =  1 kept" in text
    assert "1 documents" not in text + printed(replace(outcome, published=False))


def test_why_a_split_of_few_groups_is_empty_stands_under_it(outcome: Outcome) -> None:
    text = printed(outcome)

    assert "validation and test: all examples come from one group of documents, and a group" in text


def test_why_drafts_are_no_examples_stands_in_one_line(outcome: Outcome) -> None:
    left = {"one_off": 1360, "unresolved": 30, "repeated": 27, "off_topic": 5, "todo": 2}
    counts = {**outcome.counts, "finetune": {**outcome.counts["finetune"], "left_out": left}}

    (line,) = [
        line
        for line in printed(replace(outcome, counts=counts)).splitlines()
        if "curate show left_out" in line
    ]

    assert (
        "1,424 drafts: 1,360 one_off, 30 unresolved, 27 repeated, 7 in 2 more reasons    " in line
    )
    assert "curate show left_out" not in printed(outcome)


def test_what_a_line_lists_adds_up_to_its_sum(outcome: Outcome) -> None:
    found = {f"kind_{number}": 30 - number for number in range(9)}
    six = {name: found[name] for name in list(found)[:7]}
    text = {}
    for name, redactions in (("nine", found), ("seven", six)):
        counts = {**outcome.counts, "redactions": redactions}
        text[name] = printed(replace(outcome, counts=counts))

    assert "234 values    30 kind_0, " in text["nine"]
    assert "25 kind_5, 69 in 3 more types\n" in text["nine"]
    assert "25 kind_5, 24 kind_6\n" in text["seven"]


def test_a_median_is_a_whole_number(outcome: Outcome) -> None:
    counts = {**outcome.counts, "corpus": {**outcome.counts["corpus"], "tokens_median": 1104.5}}

    assert "median 1,104 tokens" in printed(replace(outcome, counts=counts))


def test_a_stage_that_runs_in_rounds_has_one_line() -> None:
    out = StringIO()
    shown = Watched(Console(file=out))
    for total, known in ((3, 1), (2, 2)):
        shown.begin("split", total, known)
        shown.end("split", 0.5)
    shown.begin("parse", 4, 4)
    shown.end("parse", 0.1)
    shown.finish()

    lines = [line.split() for line in out.getvalue().splitlines() if line.strip()]

    assert [line[0] for line in lines] == ["split", "parse"]
    assert lines[0][1:5] == ["5", "·", "3", "known"]
    assert lines[0][-2:] == ["1.0", "s"]


def test_what_was_mended_is_told_whether_or_not_anything_is_published(outcome: Outcome) -> None:
    mended = replace(outcome, mended=("stored results were damaged; their work was done again",))

    for one in (mended, replace(mended, published=False)):
        assert "Mended: stored results were damaged; their work was done again." in printed(one)


def test_warnings_and_shares_stand_in_plain_words(outcome: Outcome) -> None:
    gate = Gate("rejected", "Rejected documents", 1 / 12, 0.05, "1 of 12", "curate show rejected",
                fraction=True, verdict="warn")  # fmt: skip

    text = printed(replace(outcome, gates=(gate,), warnings=("Nobody may read it.",)))

    assert "warning: Rejected documents 8.3 %, limit 5 % (1 of 12)    curate show rejected" in text
    assert "warning: Nobody may read it." in text


@pytest.mark.parametrize(
    ("value", "limit", "written"),
    [(0.0004, 0.001, "0.04 %"), (1.0, 0.2, "100 %"), (0.0, 0.2, "0 %")],
)
def test_a_share_is_written_in_percent(value: float, limit: float, written: str) -> None:
    gate = Gate("x", "X", value, limit, "", "", fraction=True)

    assert gate.written(value) == written
    assert replace(gate, fraction=False).written(1234) == "1,234"


def test_a_row_of_a_list_is_one_line_whatever_its_cells_hold() -> None:
    rows: list[dict[str, Any]] = [
        {"example_id": "e_1", "messages": [{"content": "First line\nsecond\x1b[2Jline"}]},
        {"finding_id": "f_1", "doc_id": "d_1", "address": "a\nb", "reasons": ["x", "y"]},
    ]
    out = StringIO()

    print_rows(rows, 1, Console(file=out, soft_wrap=True))
    print_rows(rows[1:], 50, Console(file=out, soft_wrap=True))

    assert out.getvalue().splitlines() == [
        "e_1  First line second [2Jline",
        "1 of 2 rows",
        "f_1  d_1  a b  x, y",
        "1 row",
    ]


def test_a_terminal_obeys_nothing_of_a_document() -> None:
    assert on_one_line("a\x1b[31mb\r\u202ec") == "a [31mb  c"
    assert on_lines("a\n\x1b]0;b") == "a\n ]0;b"
