"""Laws of the memo: after any history it holds what was last kept, and nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.test_memo import Word, key, opened, results

NAMES = st.sampled_from("abcdefgh")
STEPS = st.one_of(
    st.tuples(st.just("write"), st.sets(NAMES, min_size=1)),
    st.tuples(st.just("fail"), st.sets(NAMES, min_size=1)),
    st.tuples(st.just("prune"), st.sets(NAMES)),
    st.tuples(st.just("open"), st.just(frozenset[str]())),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(STEPS, max_size=8))
def test_whatever_was_done_all_that_is_kept_can_be_read(steps: list[tuple[str, set[str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        memo = opened(Path(folder))
        done: set[str] = set()
        failed: set[str] = set()
        for step, names in steps:
            if step == "write":
                memo.write(results(sorted(n for n in names if key(n) not in memo)))
                done |= names - failed
            elif step == "fail":
                new = {n for n in names if key(n) not in memo}
                memo.write(results(sorted(new), code="corrupt"))
                failed |= new
            elif step == "prune":
                memo.prune({key(n) for n in names})
                memo = opened(Path(folder))
                wanted = names & (done | failed)
                assert all(key(n) in memo for n in wanted)
                done = {n for n in done if key(n) in memo}
                failed = {n for n in failed if key(n) in memo}
            else:
                memo = opened(Path(folder))
            assert all(memo.rows(key(n)) == (Word(n),) for n in done)
            assert all(memo[key(n)].code == "corrupt" for n in failed)
