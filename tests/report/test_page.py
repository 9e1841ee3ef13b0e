import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from curate.report import render, write
from curate.report.model import (
    NO_DATA,
    Absent,
    ChunkSample,
    Gate,
    LeftOut,
    Passage,
    Piece,
    PieceKind,
    Point,
    Quote,
    Report,
    Samples,
    Sense,
    Source,
    StageTime,
    Times,
    Unit,
    Verdict,
)
from curate.report.sections.samples import chunks
from curate.report.sections.times import times

from .parsed import parsed
from .sample import BARE, EMPTY, FIRST, GATES, REFUSED, REPORT
from .sample_arrival import INTAKE
from .sample_findings import LABELS
from .strings import with_numbers

ALL = {"full": REPORT, "refused": REFUSED, "first": FIRST, "bare": BARE, "empty": EMPTY}
PARTS = (
    "intake", "changes", "corpus", "finetune", "left_out", "pii", "duplicates", "labels", "leaks",
    "times", "chunks", "examples",
)  # fmt: skip


def without(part: str, absent: Absent) -> Report:
    given: dict[str, Any] = {part: absent}
    return replace(REPORT, **given)


@pytest.fixture(params=ALL)
def report(request: pytest.FixtureRequest) -> Report:
    return ALL[request.param]


def test_the_page_is_well_formed(report: Report) -> None:
    page = parsed(render(report))

    assert page.faults == []
    assert len(page.ids) == len(set(page.ids))


def test_nothing_is_run_or_fetched(report: Report) -> None:
    markup = render(report)

    assert not re.search(r"<script|https?://|url\(|@import|@font-face|src=", markup)


def test_every_link_leads_to_a_place_on_the_page(report: Report) -> None:
    page = parsed(render(report))

    for link in page.named("a"):
        assert link["href"].removeprefix("#") in page.ids


def test_equal_reports_give_equal_bytes(report: Report, tmp_path: Path) -> None:
    write(report, tmp_path / "a.html")
    write(replace(report), tmp_path / "b.html")

    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == render(report)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.html"]


def test_headings_descend_by_one(report: Report) -> None:
    levels = [int(tag[1]) for tag, _ in parsed(render(report)).tags if re.fullmatch("h[1-6]", tag)]

    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_every_table_has_a_caption_and_heads_with_scopes(report: Report) -> None:
    page = parsed(render(report))

    assert len(page.named("caption")) == len(page.named("table"))
    assert all(head.get("scope") for head in page.named("th"))


def test_every_plot_states_its_finding(report: Report) -> None:
    for plot in parsed(render(report)).named("svg"):
        told = plot.get("aria-label") and plot.get("role") == "img"
        assert told or plot.get("aria-hidden") or plot.get("preserveaspectratio")


def test_regions_that_scroll_can_be_reached_and_have_names(report: Report) -> None:
    regions = [one for one in parsed(render(report)).named("div") if one.get("class") == "scroll"]

    assert all(one["tabindex"] == "0" and one["aria-label"] for one in regions)


def test_the_figures_of_the_full_report_lead_to_every_section() -> None:
    markup = render(REPORT)
    strip = markup[markup.index('<nav class="strip"') : markup.index("</nav>")]

    links = re.findall(r'href="#([^"]+)"', strip)

    assert links == [section["id"] for section in parsed(markup).named("section")]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_without_data_is_one_sentence(part: str) -> None:
    page = parsed(render(without(part, Absent("It was not looked at.", "curate doctor"))))

    assert page.faults == []
    assert "It was not looked at." in page.words
    assert "curate doctor" in page.words


@pytest.mark.parametrize("part", PARTS)
def test_a_part_may_be_missing_without_a_reason(part: str) -> None:
    assert parsed(render(without(part, NO_DATA))).faults == []


def test_a_bare_report_says_what_is_not_there() -> None:
    words = parsed(render(BARE)).words

    assert "No document came in." in words
    assert "No search for personal data was made." in words
    assert "No gate was asked." in words


def test_a_first_release_has_no_changes_and_its_fractions_warn() -> None:
    page = parsed(render(FIRST))

    assert "changes" not in page.ids
    assert "parent" not in page.words.split("Release 1")[0]
    assert "Fractions warn on a first release and refuse afterwards." in page.words
    assert "one warns" in page.words


def test_a_refused_release_names_the_gate_first_and_the_release_in_force() -> None:
    markup = render(REFUSED)
    words = parsed(markup).words

    assert "Release 4 is held back: 1 of 8 gates refuses." in words
    assert "Release 3 stays in force." in words
    assert markup.index("263 of 10,021") < markup.index("recall at 1,000 tokens")
    assert 'class="over"' in markup
    assert "131% of the limit used" in words


def test_a_forced_release_says_so() -> None:
    forced = replace(REFUSED, identity=replace(REFUSED.identity, forced=True))

    words = parsed(render(forced)).words

    assert "Release 4 was published by force: 1 of 8 gates refuses." in words
    assert "stays in force" not in words


def test_an_empty_product_is_a_sentence_and_a_command() -> None:
    words = parsed(render(EMPTY)).words

    assert "The corpus is empty" in words
    assert "curate show flagged" in words
    assert "The fine-tuning set is empty" in words


def test_a_point_links_only_to_what_is_there() -> None:
    points = (Point("Look here.", link="here", target="nowhere"),)

    assert 'href="#nowhere"' not in render(replace(REPORT, points=points))


def test_of_many_reasons_the_first_are_shown_and_a_command_lists_the_rest() -> None:
    assert isinstance(REPORT.left_out, LeftOut)
    (one, *_) = REPORT.left_out.rejected
    many = tuple(replace(one, code=f"reason_{n}", count=20 - n) for n in range(15))

    page = render(replace(REPORT, left_out=replace(REPORT.left_out, rejected=many)))

    assert "reason_11</code>" in page
    assert "reason_12" not in page
    assert "and 3 more reasons, 21 in all: <code>curate show rejected" in page


def test_reasons_of_one_name_have_ids_of_their_own() -> None:
    assert isinstance(REPORT.left_out, LeftOut)
    same = tuple(replace(one, code="copy of/it") for one in REPORT.left_out.flagged)

    ids = parsed(render(replace(REPORT, left_out=replace(REPORT.left_out, flagged=same)))).ids

    assert "reason-copy-of-it" in ids
    assert len(ids) == len(set(ids))


def test_sums_on_the_page_add_up() -> None:
    words = parsed(render(REPORT)).words

    assert "10,021 documents in = 8,306 kept + 1,652 flagged + 63 rejected" in words
    assert "27,056 found in 4,400 of 9,958 documents." in words
    assert "118 of 4,279 ticket categories" in words
    assert "950 documents left the corpus: 612 copies, 338 older versions. 90 % remain." in words


@pytest.mark.parametrize("count", [0, 1, 10**12])
def test_a_page_bears_any_count(count: int) -> None:
    page = parsed(render(with_numbers(REPORT, lambda _: count)))

    assert page.faults == []
    assert not re.search(r"\b(nan|inf)\b", page.words)


def test_a_gate_that_allows_nothing_says_what_was_found() -> None:
    leaking = replace(GATES[0], value=3, verdict=Verdict.REFUSE)

    words = parsed(render(replace(REPORT, gates=(leaking, *GATES[1:])))).words

    assert "none allowed, 3 were found" in words


def test_a_gate_that_wants_much_uses_its_room_below_the_whole() -> None:
    recall = Gate("Recall", "", 0.914, 0.9, Verdict.PASS, sense=Sense.AT_LEAST)
    least = Gate("Examples", "", 50, 100, Verdict.REFUSE, sense=Sense.AT_LEAST, unit=Unit.COUNT)

    assert recall.used(0.914) == pytest.approx(0.86)
    assert recall.used(0.89) == pytest.approx(1.1)
    assert least.used(50) == pytest.approx(2.0)
    assert least.used(0) == float("inf")


def test_many_sources_are_folded_in_the_drawing_and_listed_in_the_table() -> None:
    many = replace(INTAKE, sources=tuple(Source(f"source {i}", 50 - i, 1, 0) for i in range(25)))

    words = parsed(render(replace(REPORT, intake=many))).words

    assert "16 others" in words
    assert "source 24" in words


def test_many_labels_stand_upright_above_their_columns_and_few_do_not() -> None:
    many = tuple(f"department {n}" for n in range(14))
    wide = replace(LABELS, names=many, cells=((1,) * len(many),) * len(many))

    assert render(REPORT).count('class="up"') == 0
    assert render(replace(REPORT, labels=wide)).count('class="up"') == len(many)


def test_a_passage_keeps_its_order_and_marks_what_happened() -> None:
    markup = render(REPORT)

    assert "<del>HP-20 · Operating manual · Rev. F 34</del>" in markup
    assert "<mark>Our HP-20 shows “Err 3” since we moved it into the cellar." in markup
    assert 'We filled it twice. <span class="mask">PERSON</span> from your side' in markup
    assert '<span class="stand-in">Sunniva Aas</span>' in markup
    assert 'lang="de"' in markup


def test_rendering_loads_nothing_heavy() -> None:
    code = "import sys, curate.report.page as p; print(' '.join(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    heavy = {"polars", "pyarrow", "lance", "numpy", "rich", "pydantic", "jinja2", "lxml"}
    assert heavy.isdisjoint(name.partition(".")[0] for name in ran.stdout.split())


def test_the_key_of_chunks_shows_a_mask_that_they_hold_and_none_where_they_hold_none() -> None:
    def key_of(piece: PieceKind) -> str:
        shown = Quote((Piece("EMAIL_ADDRESS", piece),))
        chunk = ChunkSample("c_1", 3, shown, Passage("a.md", quote=shown))
        page = str(chunks(Samples((chunk,))))
        return page.partition("<article")[0]

    assert '<span class="mask">EMAIL_ADDRESS</span>' in key_of(PieceKind.MASKED)
    assert "mask" not in key_of(PieceKind.PLAIN)


def test_stages_of_odd_names_have_words_in_the_table_of_times() -> None:
    names = ("liken", "band", "compare", "verify_chunks", "chunk")
    page = str(times(Times(tuple(StageTime(name, 3, 0.2) for name in names))))

    assert all(f">{name}<" not in page for name in names[:-1])
    assert "compare likely copies" in page
    assert ">chunk<" in page
