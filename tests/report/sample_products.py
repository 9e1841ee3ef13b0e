"""What the two products of the invented report hold."""

from curate.report.model import (
    Columns,
    Corpus,
    Count,
    ExtractorRow,
    Finetune,
    Histogram,
    Lengths,
    Ranking,
    Touch,
    command,
)


def counts(**named: int) -> tuple[Count, ...]:
    return tuple(Count(name.replace("_", " "), count) for name, count in named.items())


CORPUS = Corpus(
    chunks=24310,
    documents=8999,
    lengths=Histogram(
        25,
        (160, 620, 800, 980, 1100, 1240, 1620, 2000, 4280, 6530, 1250, 980, 860, 620, 1270),
        median=204,
        limit=250,
        note="Longer than the limit: tables, procedures and code, never cut below 375.",
    ),
    sources=Ranking(
        counts(
            manuals=8946, tickets=4702, help_centre=3212, contracts=3071, wiki=1847,
            policies=1806, mail=402, sheets=324,
        ),
        24310,
    ),
    sections=Ranking(
        counts(
            Troubleshooting=2208, Installation=1764, Priming=1521, Safety=1097, Terms=1044,
            Maintenance=986, Error_codes=871, How_to=640,
        ),
        20000,
        "First-level headings with most chunks; 9,075 lie under 214 others, 5,104 under none.",
    ),
    since=Columns(
        tuple(
            Count(str(2016 + i), count)
            for i, count in enumerate(
                (220, 340, 480, 740, 1120, 1600, 2240, 3060, 4120, 5016, 4878)
            )
        ),
        "596 chunks state no date; they rank after dated ones.",
    ),
    languages=Ranking(counts(English=19862, German=2918, Norwegian=1406, mixed=124), 24310),
    kinds=Ranking(
        counts(
            paragraphs=13940, lists=3652, tables=3377, procedures=2109, Q_and_A=684, code=548
        ),
        24310,
    ),
    depth=Columns(
        tuple(
            Count(name, count)
            for name, count in (
                ("none", 5104), ("1", 3990), ("2", 8412), ("3", 5120), ("4", 1490), ("5+", 194)
            )
        )
    ),
    access=Ranking(
        counts(everyone=22212, legal=1940, hr=158), 24310,
        "A search shows only what its user may read.",
    ),
    removed=Ranking(
        counts(page_furniture=31204, quoted_mail_and_signatures=5318, boilerplate=2967, hidden=412),
        note="Elements of the text, 6.1 % of its characters.",
    ),
    commands=(command("search", "seal above 60 mm"), command("show", "c_9f2k7m")),
)  # fmt: skip

KNOWLEDGE, BEHAVIOUR = "knowledge", "behaviour"
ROWS = (
    ("answer", "question_heading", (788, 100, 99, 31), (49, 52), KNOWLEDGE),
    ("answer", "faq_structured", (458, 58, 58, 22), (24, 24), KNOWLEDGE),
    ("answer", "table_rows", (286, 36, 36, 44), (17, 20), KNOWLEDGE),
    ("answer", "bold_question", (241, 31, 30, 9), (16, 17), KNOWLEDGE),
    ("answer", "glossary", (117, 15, 15, 12), (8, 10), KNOWLEDGE),
    ("reply", "ticket_resolution", (915, 116, 115, 58), (38, 44), ""),
    ("procedure", "procedure_steps", (847, 107, 107, 41), (41, 44), KNOWLEDGE),
    ("classify", "label", (489, 62, 61, 0), (30, 31), BEHAVIOUR),
    ("extract", "fields", (200, 25, 25, 14), (12, 12), BEHAVIOUR),
    ("summarise", "summary", (161, 21, 20, 4), (7, 8), BEHAVIOUR),
)


def teaches(name: str, splits: tuple[int, int, int, int]) -> tuple[Count, ...]:
    if name:
        return (Count(name, sum(splits)),)
    return (Count(BEHAVIOUR, 890), Count(KNOWLEDGE, 314))


def lengths(name: str, examples: int, *bins: int, median: int) -> Lengths:
    padded = (*bins, *(0 for _ in range(16 - len(bins))))
    return Lengths(name, examples, Histogram(20, padded, median=median))


FINETUNE = Finetune(
    rows=tuple(
        ExtractorRow(task, extractor, *splits, *reviewed, teaches(name, splits))
        for task, extractor, splits, reviewed, name in ROWS
    ),
    held_out="the test bench",
    lengths=(
        lengths("answer", 2486, 180, 690, 540, 390, 260, 160, 100, 60, 40, 25, 15, 10, median=48),
        lengths(
            "reply", 1204, 0, 20, 120, 190, 210, 180, 150, 110, 80, 55, 40, 25, 12, 7, median=97
        ),
        lengths(
            "procedure", 1102, 0, 20, 80, 120, 150, 160, 140, 120, 90, 70, 50, 40, 30, 20, 12,
            median=112,
        ),
        lengths("classify", 612, 612, median=2),
        lengths("extract", 264, 0, 90, 120, 45, 9, median=48),
        lengths("summarise", 206, 0, 0, 40, 80, 55, 25, 6, median=75),
    ),
    teaches_note="Knowledge goes stale with its source; 2,884 carry their passage in the question.",
    touch=Touch(3716, 4905, "One document gives at most 3 % of the set; the largest gives 1.2 %."),
    commands=(
        command("show", "table_rows/test"),
        command("show", "reply/train"),
        command("export", "4", "--to", "trl"),
    ),
)  # fmt: skip
