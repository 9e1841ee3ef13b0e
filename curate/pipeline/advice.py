"""What a run should say of itself beyond its numbers: who is left out silently, why nothing is learnt.

Each piece of advice has a stable code, which stands in the manifest, and plain words with what to
set, which stand on the screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from curate.parsers.records.heads import TELLING
from curate.release.reading import PLAIN_RECORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST_NAMED = 3
_MOST_REASONS = 5
_HELPS = {
    "low_quality": "`finetune.choose.least_quality` sets the cut of `low_quality`.",
    "unconfirmed": (
        "`unconfirmed`: nothing says that the answer helped. Where records have a state or words for "
        "roles, name them in `records:` (`status`, `done: [WORD]`, `messages.role`, "
        "`messages.customers: [WORD]`, `messages.agents: [WORD]`); in a chat only a check mark or "
        "thanks count."
    ),
}


_LACKS = (
    "What it would have found is missing from this release: doubts about labels (`judge`), examples from "
    "threads (`mine_threads`), copies that are nearly alike (`compare`), moves of edited files (`liken`)."
)


class Advice(NamedTuple):
    """A code, and the sentence for a person."""

    code: str
    text: str


def advice(counts: Mapping[str, Any], audience: Sequence[str]) -> tuple[Advice, ...]:
    """Return what should be said of a release.

    Args:
        counts: Its counts.
        audience: Who will use the tuned model.
    """
    said = (_unstated(counts), _unmatched(counts), _unread(counts), _overlapping(counts))
    records = (_plain_records(counts), _unknown_roles(counts))
    failed = (_mixed(counts), _failed(counts), _unjudged(counts), _unfinished(counts))
    learnt = None if _is_barred(counts) else _nothing_learnt(counts, audience)
    found = (*said, *records, *failed, learnt)
    return tuple(one for one in found if one is not None)


def _is_barred(counts: Mapping[str, Any]) -> bool:
    """Tell whether nothing is learnt since nobody may read what is there, which is said already."""
    return bool(counts["access"]["unstated"]) and not counts["finetune"]["documents"]


def _failed(counts: Mapping[str, Any]) -> Advice | None:
    """Return which of the user's extractors raised what, and on how many documents."""
    failures: Mapping[str, int] = counts["finetune"]["extractors_failed"]
    if not failures:
        return None
    parts = []
    for name, count in failures.items():
        extractor, _, raised = name.rpartition(":")
        parts.append(f"{extractor} raised {raised} on {_documents(count)}")
    text = (
        f"{'; '.join(parts)}. They stay in the corpus, and nothing is learnt from them. "
        "Mend the extractor and run again; `curate show extractor_failed` lists them."
    )
    return Advice("extractor_failed", text)


def _unstated(counts: Mapping[str, Any]) -> Advice | None:
    """Return how many documents nobody may read because others say who may."""
    by_source: Mapping[str, int] = counts["access"]["unstated"]
    count = sum(by_source.values())
    if not count:
        return None
    read = counts["documents"]["in"] - counts["documents"]["rejected"]
    text = (
        f"{count:,} of {_documents(read)} can be read by nobody: `access:` is stated for others, and "
        "where it is not, that means nobody. No query may show them and nothing is learnt from them. "
        f"Set `access: {{groups: [NAME]}}` for {_named(by_source)}, or state it nowhere."
    )
    if _is_barred(counts):
        text += (
            " The fine-tuning set is empty for the same reason: `audience: [NAME]` names those who will "
            "use the model, and they have to be among the readers."
        )
    return Advice("access_unstated", text)


def _unmatched(counts: Mapping[str, Any]) -> Advice | None:
    """Return how many documents nobody may read because a mapped column is in none of a file's rows."""
    by_source: Mapping[str, int] = counts["access"]["unmatched"]
    count = sum(by_source.values())
    if not count:
        return None
    text = (
        f"{_documents(count)} of {_named(by_source)} can be read by nobody: `columns:` says where each "
        "record names its readers or its tenant, and in their files no record does. Compare the name "
        "with the files' own keys; a table or XML file is read by rows only with `records:`."
    )
    return Advice("access_unmatched", text)


def _unread(counts: Mapping[str, Any]) -> Advice | None:
    """Return which files hold a field called `access` or `tenant` that nothing reads."""
    said = {name: counts["access"][f"unread_{name}"] for name in ("access", "tenant")}
    names = [name for name, by_file in said.items() if by_file]
    if not names:
        return None
    by_file = {file: count for name in names for file, count in said[name].items()}
    fields = " and ".join(f"`{name}`" for name in names)
    columns = ", ".join(f"{name}: {name}" for name in names)
    text = (
        f"nothing reads the columns or fields called {fields}: they are in {_named(by_file)}, where "
        "they may say for whom each record is, and all who may read the file may read all of them. Set "
        f"`columns: {{{columns}}}` for their source, spelled as in the file (a table that is not "
        "read by rows needs `records:` as well); "
        f"`curate show {TELLING[names[0]]}` lists them."
    )
    return Advice("access_unread", text)


def _overlapping(counts: Mapping[str, Any]) -> Advice | None:
    """Return how many documents are published twice, for different people to read."""
    by_source: Mapping[str, int] = counts["access"]["overlapping"]
    count = sum(by_source.values())
    if not count:
        return None
    text = (
        f"{_documents(count)} of {_named(by_source)} are the same files, read through several sources and "
        "for different people or tenants: whoever may read one of them reads it. `exclude:` in one "
        "source what the other holds, or put a `_meta.yaml` there, which speaks for both."
    )
    return Advice("access_overlapping", text)


def _plain_records(counts: Mapping[str, Any]) -> Advice | None:
    """Return how many files hold records whose fields nobody knows."""
    count = counts["records"]["plain_files"]
    if not count:
        return None
    holds = "holds" if count == 1 else "hold"
    text = (
        f"{_counted(count, 'file')} {holds} records whose fields are named as in no export that is "
        "known: each is read as lines of text, and nothing tells a question from its answer, or a note among "
        f"colleagues. `curate show {PLAIN_RECORDS}` lists them; map their fields with `records:`."
    )
    return Advice(PLAIN_RECORDS, text)


def _unknown_roles(counts: Mapping[str, Any]) -> Advice | None:
    """Return in how many conversations words for roles leave it open who asks and who answers."""
    count = counts["records"]["unknown_roles"]
    if not count:
        return None
    text = (
        f"in {_counted(count, 'conversation')} the words for roles are none that are known, so that who "
        "asks and who answers stays open and no answer of an agent is learnt. Set "
        "`messages.customers: [WORD]` and `messages.agents: [WORD]` in `records:`; "
        "`curate show unknown_roles` lists them."
    )
    return Advice("roles_unknown", text)


def _mixed(counts: Mapping[str, Any]) -> Advice | None:
    """Return that one model would learn from several tenants."""
    tenants = counts["finetune"]["tenants"]
    if tenants < 2:  # noqa: PLR2004 - a tenant alone is not mixed
        return None
    text = (
        f"the fine-tuning set holds examples of {tenants:,} tenants: a model tuned on all of it can tell "
        "one what another wrote. Tune one model for each `tenant`, or give each a pipeline of its own."
    )
    return Advice("tenants_mixed", text)


def _unjudged(counts: Mapping[str, Any]) -> Advice | None:
    """Return which labels were to be judged that no document carries."""
    missing: Mapping[str, str] = counts.get("labels_missing", {})
    if not missing:
        return None
    names = ", ".join(
        f"{name} (did you mean {near}?)" if near else name for name, near in missing.items()
    )
    text = (
        f"`labels.judge` names what no document carries: {names}. Nothing is judged by it. Correct the "
        "name, or leave `judge` away, and all labels are judged."
    )
    return Advice("label_missing", text)


def _unfinished(counts: Mapping[str, Any]) -> Advice | None:
    """Return which work over many documents ended before it was done; no row of the ledger says so."""
    failed: Mapping[str, Mapping[str, int]] = counts.get("unfinished", {})
    if not failed:
        return None
    said = "; ".join(
        f"`{stage}` ended as {code} {_counted(count, 'time')}"
        for stage, codes in failed.items()
        for code, count in codes.items()
    )
    text = (
        f"work over many documents at once was not finished: {said}. {_LACKS} The next run tries again "
        "what broke down, `--retry-failed` what reached a limit too; more memory, or fewer `--workers`, "
        "may be what it needs."
    )
    return Advice("unfinished", text)


def _nothing_learnt(counts: Mapping[str, Any], audience: Sequence[str]) -> Advice | None:
    """Return why there is no example, the first reason on the way from documents to examples."""
    held = counts["finetune"]
    read = counts["documents"]["in"] - counts["documents"]["rejected"]
    if held["examples"] or not read:
        return None
    code = "nothing_to_learn"
    if not held["documents"]:
        code, why = _nothing_admitted(counts, audience)
    elif not held["drafts"]:
        why = (
            f"nothing in {_documents(held['documents'])} reads as a question with its answer, a "
            "procedure, a definition or a solved ticket. Add such documents, or an extractor of your "
            "own to `mining.extractors`."
        )
    else:
        why = _nothing_chosen(held)
    return Advice(code, f"finetune has 0 examples: {why}")


def _nothing_chosen(held: Mapping[str, Any]) -> str:
    """Return why no draft became an example, and what would help against the reasons that it names."""
    left: Mapping[str, int] = held["left_out"]
    reasons = ", ".join(f"{n:,} {name}" for name, n in list(left.items())[:_MOST_REASONS])
    withheld = f"{held['withheld']:,} pii_left" if held["withheld"] else ""
    said = ", ".join(part for part in (reasons, withheld) if part)
    helps = "".join(f" {text}" for name, text in _HELPS.items() if name in left)
    return (
        f"of {_counted(held['drafts'], 'draft')} not one was good enough ({said}). See them with "
        f"`curate show left_out`.{helps}"
    )


def _nothing_admitted(counts: Mapping[str, Any], audience: Sequence[str]) -> tuple[str, str]:
    barred = counts["reasons"].get("not_for_audience", 0)
    if barred and not audience:
        return "audience_missing", (
            f"{_documents(barred)} {'is' if barred == 1 else 'are'} not for everyone, and `audience:` "
            "is empty. Set `audience: [NAME]` to those who will use the model."
        )
    if barred:
        return "audience_reads_nothing", (
            f"not one document may be read by all of the audience ({', '.join(audience)}). Give "
            "those groups `access:` to the sources that are to be learnt from, or narrow `audience:`."
        )
    why = counts["reasons"]
    said = ", ".join(f"{n:,} {name}" for name, n in list(why.items())[:_MOST_NAMED])
    return (
        "nothing_to_learn",
        f"no document is left to learn from ({said}). See `curate show flagged`.",
    )


def _named(by_source: Mapping[str, int]) -> str:
    parts = [f"{name} ({count:,})" for name, count in list(by_source.items())[:_MOST_NAMED]]
    more = len(by_source) - len(parts)
    return ", ".join(parts) + (f" and {_counted(more, 'more source')}" if more > 0 else "")


def _documents(count: int) -> str:
    return _counted(count, "document")


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"
