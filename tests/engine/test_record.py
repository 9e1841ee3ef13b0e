"""Running a stage on items: the anti-join, batches, and what is never remembered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from curate import ids
from curate.engine import record
from curate.engine.recipe import Recipe, recipe
from curate.engine.record import Work, run_items
from curate.engine.work import Given, Item, Tool
from curate.engine.worker import pack
from curate.stage import Resources, describe
from curate.store.memo import Memo
from tests.engine.orders import Order, Said, obey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from curate.engine.work import Job


@dataclass(slots=True)
class Here:
    """An engine that answers in this process; `codes` says which words fail, and `dies` when it dies."""

    codes: dict[str, str] = field(default_factory=dict)
    dies: int = -1
    worked: list[str] = field(default_factory=list)

    def run(self, job: Job, items: Iterable[Item]) -> Iterator[pa.Table]:
        for item in items:
            if len(self.worked) == self.dies:
                raise KeyboardInterrupt
            [given] = item.inputs
            assert isinstance(given, Given)
            word = given.value.word
            self.worked.append(word)
            code = self.codes.get(word, "")
            rows = () if code else tuple(job.run(given.value))
            with pa.ipc.open_stream(pack([(0, code, rows)], job.writes)) as reader:
                table = reader.read_all()
            yield table.set_column(0, "key", pa.array([item.key], pa.binary(16)))


@dataclass(slots=True)
class Heard:
    """Progress that writes down what it hears."""

    events: list[tuple[object, ...]] = field(default_factory=list)

    def begin(self, stage: str, total: int, known: int) -> None:
        self.events.append(("begin", stage, total, known))

    def advance(self, stage: str, done: int, failed: int) -> None:
        self.events.append(("advance", stage, done, failed))

    def end(self, stage: str, seconds: float) -> None:
        self.events.append(("end", stage, seconds >= 0))

    def tell(self, said: str) -> None:
        """Ignore it."""


MADE = recipe(describe(obey), resources=Resources())


def work(made: Recipe, *words: str) -> Work:
    """Return the keys of orders, and what gives the order behind each."""
    listed = {made.key(w): Item(made.key(w), (Given(Order("say", w)),)) for w in words}
    return Work(listed, listed.__getitem__)


def opened(folder: Path) -> Memo:
    return Memo(folder, Said, limits=MADE.limits)


def test_only_what_is_missing_is_worked_on(tmp_path: Path) -> None:
    engine, heard = Here(), Heard()
    run_items(MADE, work(MADE, "a", "b"), memo=opened(tmp_path), engine=engine, progress=heard)

    memo = opened(tmp_path)
    run_items(MADE, work(MADE, "b", "c"), memo=memo, engine=engine, progress=heard)

    assert engine.worked == ["a", "b", "c"]
    assert memo.rows(MADE.key("c")) == (Said("C", 1),)
    assert heard.events[4:] == [
        ("begin", "obey", 2, 1),
        ("advance", "obey", 1, 0),
        ("end", "obey", True),
    ]


def test_what_passes_is_handed_back_and_never_remembered(tmp_path: Path) -> None:
    engine = Here({"b": "vanished", "c": "corrupt"})

    passing = run_items(
        MADE, work(MADE, "a", "b", "c"), memo=opened(tmp_path), engine=engine,
        progress=Heard(), transient=("vanished",),
    )  # fmt: skip

    memo = opened(tmp_path)
    assert passing == {MADE.key("b"): "vanished"}
    assert MADE.key("b") not in memo
    assert memo[MADE.key("c")].code == "corrupt"


def test_what_was_done_before_the_end_came_is_kept(tmp_path: Path) -> None:
    engine = Here(dies=2)

    with pytest.raises(KeyboardInterrupt):
        run_items(MADE, work(MADE, *"abcd"), memo=opened(tmp_path), engine=engine, progress=Heard())
    engine.dies = -1
    run_items(MADE, work(MADE, *"abcd"), memo=opened(tmp_path), engine=engine, progress=Heard())

    assert engine.worked == ["a", "b", "c", "d"]


def test_a_full_batch_is_written_while_others_are_still_worked_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "BATCH_ROWS", 2)

    run_items(MADE, work(MADE, *"abcde"), memo=opened(tmp_path), engine=Here(), progress=Heard())

    assert len(list(tmp_path.glob("*.rows"))) == 3


def test_a_key_depends_on_stage_version_settings_tools_and_inputs_but_not_on_limits() -> None:
    tool = {"tool": Tool(str, (), "1")}
    same = recipe(describe(obey), resources=Resources(cpu_seconds=1))
    other = recipe(describe(obey), resources=Resources(), tools=tool)
    newer = recipe(describe(obey), resources=Resources(), tools={"tool": Tool(str, (), "2")})

    assert MADE.key("a", b"b") == same.key("a", b"b")
    assert len({MADE.key("a"), MADE.key("b"), other.key("a"), newer.key("a"), ids.digest("x")}) == 5
    assert MADE.limits != same.limits
