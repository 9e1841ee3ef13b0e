"""Leaks, times and costs of the invented report."""

from curate.report.model import Cost, LeakRow, Leaks, StageTime, Times, command

NONE = (0, 0, 0, 0)
LEAKS = Leaks(
    ("train – validation", "train – test", "train – held out", "validation – test"),
    (
        LeakRow("Same words", "exact, normalised", 214, NONE),
        LeakRow("13 words in a row", "question and answer", 388, NONE, "12 words"),
        LeakRow("MinHash likeness ≥ .8", "of the whole example", 176, NONE, ".71"),
        LeakRow("TF-IDF likeness ≥ .9", "of question, of answer", 241, NONE, ".86"),
        LeakRow("Same ticket thread or family", "by group", 1062, NONE),
        LeakRow("Same evidence", "by content key", 903, NONE),
    ),
    (command("show", "leaks"),),
)

TIMES = Times(
    (
        StageTime("list", 5073, 1.9, None, 3),
        StageTime("split", 6, 0.4, 1, 4),
        StageTime("parse", 10021, 6.8, 43, 472),
        StageTime("identify", 10021, 0.6, 18, 1),
        StageTime("scan", 9958, 0.3, 43, 31),
        StageTime("find_pii", 9958, 2.2, 43, 301),
        StageTime("sign", 9958, 0.2, 43, 44),
        StageTime("dedup", 9958, 1.1, 61, 10),
        StageTime("repeat", 9958, 0.8, 43, 6),
        StageTime("versions", 9958, 0.4, 39, 3),
        StageTime("admit", 9958, 0.5, 88, 1),
        StageTime("edit", 9958, 0.6, 64, 12),
        StageTime("chunk", 8999, 0.9, 47, 38),
        StageTime("mine", 8486, 1.0, 45, 52),
        StageTime("judge", 14962, 9.6, None, 41),
        StageTime("conflicts", 8999, 1.2, 47, 22),
        StageTime("choose", 14962, 0.9, 812, 3),
        StageTime("assign", 5874, 0.4, 26, 1),
        StageTime("verify", 30184, 1.4, 185, 78),
        StageTime("publish", 30184, 9.8, 550, 16),
    ),
    (
        Cost("To embed", "34,906 tokens", "of 4.71 million"),
        Cost("To train, one epoch", "0.87 million tokens", "4,502 examples"),
        Cost("Paid calls", "0", "318 answers reused"),
        Cost("Memory, at most", "1.1 GB", "8 workers"),
        Cost("On disk", "+2.1 MB", "118 MB in four releases"),
    ),
    "166 chunks, 34,906 tokens, are to be embedded.",
    (command("plan", "pump-desk.yaml"),),
)
