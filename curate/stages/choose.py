"""Choose: which drafts become examples.

Drafts with a flaw are left out. Where a tenant's documents answer a question differently, the one of
the highest authority is believed, among equals the newest; a question that still has two answers
teaches a contradiction, so all its drafts go, whoever gives them. Of a tenant's equal questions or
answers, and of its definitions of one term, the best stays. What is left is ranked within its stratum
(source and extractor) by rounded score and keyed hash, so that one draft more moves one example, not
all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from curate import ids
from curate.config import Settings, Share


class Choose(Settings):
    """How many examples, how many of one document, and how large a share one extractor may have."""

    max_examples: int = Field(default=50_000, ge=1)
    least_quality: float = Field(default=0.5, ge=0, le=1)
    per_document: int = Field(default=200, ge=1)
    shares: dict[str, Share] = Field(
        default_factory=lambda: {"acronyms": 0.1, "glossaries": 0.2, "table_rows": 0.3}
    )
    flawed: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A draft as it is chosen from; `authority` and `date` are its document's, `date` "" if unknown.

    `terms` are the names of the term that it defines.
    """

    example_id: bytes
    stratum: tuple[str, str]
    document: bytes
    question: bytes
    answer: bytes
    score: float
    flaws: tuple[str, ...]
    tenant: str = ""
    authority: int = 1
    date: str = ""
    terms: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen drafts' ids, and why each other one was left out."""

    chosen: frozenset[bytes]
    left_out: Mapping[bytes, str]


def choose(offers: Sequence[Offer], *, settings: Choose, key: bytes) -> Choice:
    """Return what becomes an example.

    Args:
        offers: All drafts whose documents may be learnt from.
        settings: The section of the pipeline file.
        key: The workspace's key for ids.
    """
    left_out: dict[bytes, str] = {}
    fit = _keep(offers, left_out, _unfit(offers, settings))
    ranked = sorted(fit, key=lambda offer: _rank(offer, key))
    ranked = _keep(ranked, left_out, _outranked(ranked))
    ranked = _keep(ranked, left_out, _contradicting(ranked))
    ranked = _keep(ranked, left_out, _defined_again(ranked))
    ranked = _keep(ranked, left_out, _repeated(ranked))
    ranked = _keep(ranked, left_out, _crowded(ranked, settings))
    ranked = _keep(ranked, left_out, _too_many_alike(ranked, settings))
    ranked = _keep(ranked, left_out, _over_budget(ranked, settings))
    return Choice(frozenset(offer.example_id for offer in ranked), left_out)


def _rank(offer: Offer, key: bytes) -> tuple[float, bytes]:
    return -round(offer.score, 2), ids.mac(key, "rank", offer.example_id)


def _keep(
    offers: Iterable[Offer], left_out: dict[bytes, str], reasons: Mapping[bytes, str]
) -> list[Offer]:
    left_out.update(reasons)
    return [offer for offer in offers if offer.example_id not in reasons]


def _unfit(offers: Iterable[Offer], settings: Choose) -> dict[bytes, str]:
    reasons = {}
    for offer in offers:
        if offer.flaws and not settings.flawed:
            reasons[offer.example_id] = offer.flaws[0]
        elif offer.score < settings.least_quality:
            reasons[offer.example_id] = "low_quality"
    return reasons


def _outranked(offers: Iterable[Offer]) -> dict[bytes, str]:
    """Of a tenant's different answers to a question leave out those of lesser or older documents."""
    asked: dict[tuple[str, bytes], list[Offer]] = defaultdict(list)
    for offer in offers:
        asked[offer.tenant, offer.question].append(offer)
    return {
        offer.example_id: "outranked"
        for rivals in asked.values()
        if len({offer.answer for offer in rivals}) > 1
        for offer in _lesser(rivals)
    }


def _lesser(rivals: Sequence[Offer]) -> list[Offer]:
    """Return those below the highest authority, and of that the older ones if all dates are known."""
    highest = max(offer.authority for offer in rivals)
    dates = [offer.date for offer in rivals if offer.authority == highest]
    least = max(dates) if all(dates) else ""  # one without a date may be the newest
    return [offer for offer in rivals if offer.authority < highest or offer.date < least]


def _contradicting(offers: Iterable[Offer]) -> dict[bytes, str]:
    """Leave out every draft of a question that has different answers of one tenant."""
    answers: dict[tuple[str, bytes], set[bytes]] = defaultdict(set)
    listed = list(offers)
    for offer in listed:
        answers[offer.tenant, offer.question].add(offer.answer)
    return {o.example_id: "two_answers" for o in listed if len(answers[o.tenant, o.question]) > 1}


def _repeated(offers: Iterable[Offer]) -> dict[bytes, str]:
    """Of a tenant's equal questions, and equal answers, let the best stay; the newest of equally good."""
    seen: set[tuple[str, str, bytes]] = set()
    reasons = {}
    for offer in sorted(offers, key=_worth, reverse=True):  # equal ones stay in rank
        tenant = offer.tenant
        marks = {(tenant, "question", offer.question), (tenant, "answer", offer.answer)}
        if seen & marks:
            reasons[offer.example_id] = "repeated"
        else:
            seen |= marks
    return reasons


def _defined_again(offers: Iterable[Offer]) -> dict[bytes, str]:
    """Of a tenant's definitions of one term let the best stay, however each of them asks for it."""
    seen: set[tuple[str, bytes]] = set()
    reasons = {}
    for offer in sorted(offers, key=_worth, reverse=True):
        names = {(offer.tenant, term) for term in offer.terms}
        if seen & names:
            reasons[offer.example_id] = "defined_again"
        else:
            seen |= names
    return reasons


def _worth(offer: Offer) -> tuple[float, int, str]:
    return round(offer.score, 2), offer.authority, offer.date


def _crowded(offers: Iterable[Offer], settings: Choose) -> dict[bytes, str]:
    counts: Counter[bytes] = Counter()
    reasons = {}
    for offer in offers:
        counts[offer.document] += 1
        if counts[offer.document] > settings.per_document:
            reasons[offer.example_id] = "per_document"
    return reasons


def _too_many_alike(offers: Sequence[Offer], settings: Choose) -> dict[bytes, str]:
    """Hold each extractor that has a share to that share of what the others yield."""
    free = sum(offer.stratum[1] not in settings.shares for offer in offers)
    open_share = max(1.0 - sum(settings.shares.values()), 0.1)
    room = {
        name: max(int(free / open_share * share), 10) for name, share in settings.shares.items()
    }
    reasons = {}
    for offer in offers:
        name = offer.stratum[1]
        if name in room:
            room[name] -= 1
            if room[name] < 0:
                reasons[offer.example_id] = "share"
    return reasons


def _over_budget(offers: Sequence[Offer], settings: Choose) -> dict[bytes, str]:
    """Fill the budget by strata in turn, each by rank."""
    if len(offers) <= settings.max_examples:
        return {}
    strata: dict[tuple[str, str], list[Offer]] = defaultdict(list)
    for offer in offers:
        strata[offer.stratum].append(offer)
    quota = _quotas({name: len(members) for name, members in strata.items()}, settings.max_examples)
    return {
        offer.example_id: "budget"
        for name, members in strata.items()
        for offer in members[quota[name] :]
    }


def _quotas(sizes: Mapping[tuple[str, str], int], budget: int) -> dict[tuple[str, str], int]:
    """Share a budget out evenly; what a small stratum leaves over goes to the others."""
    quotas = dict.fromkeys(sizes, 0)
    left = budget
    open_strata = sorted(sizes)
    while left > 0 and open_strata:
        share = max(1, left // len(open_strata))
        for name in list(open_strata):
            more = min(share, sizes[name] - quotas[name], left)
            quotas[name] += more
            left -= more
            if quotas[name] == sizes[name]:
                open_strata.remove(name)
    return quotas
