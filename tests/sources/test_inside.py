"""Sidecars inside containers only ever narrow, whatever they and the container's place say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from curate.sources.inside import access_inside, statement, told
from curate.sources.settings import EVERYONE, narrowed
from curate.sources.sidecars import together

NAMES = st.frozensets(st.sampled_from((EVERYONE, "hr", "law", "user:jo")))


@given(outer=NAMES, inner=NAMES)
def test_nobody_reads_who_is_not_named_by_both(
    outer: frozenset[str], inner: frozenset[str]
) -> None:
    both = set(narrowed(outer, inner))

    for reader in ("hr", "law", "user:jo", "a stranger"):
        may = {reader, EVERYONE}
        assert bool(both & may) == bool(outer & may and inner & may)


def test_what_a_member_states_survives_being_written_down() -> None:
    text = b"access: {groups: ['a, b'], users: [jo]}"

    one = statement("hr/_meta.yml", told("hr/_meta.yml", text, problem=""), tenant="default")

    assert one is not None
    beside = together([one], {"hr/q.md"})
    assert access_inside("hr/q.md", beside) == ("a, b", "user:jo")
    assert access_inside("q.md", beside) is None


def test_a_sidecar_that_cannot_be_read_closes_and_a_document_states_nothing() -> None:
    lost = statement("_meta.yaml", told("_meta.yaml", b"", problem="encrypted"), tenant="default")

    assert lost is not None
    assert together([lost], {"q.md"}).closes("q.md")
    assert told("q.md", b"access: {groups: [hr]}", problem="") == ()
