"""What every step of a run needs at hand: workspace, settings, keys, engine, memos."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from curate import ids
from curate.engine.local import CRASHED
from curate.engine.recipe import Recipe, recipe
from curate.engine.record import Work, run_items
from curate.stage import Resources, describe
from curate.store.memo import Memo
from curate.tables.courses import Course

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from curate.config import Settings
    from curate.engine.local import Engine
    from curate.engine.record import Progress
    from curate.engine.work import Item, Tool
    from curate.pipeline.settings import PipelineSettings
    from curate.store.memo import Known
    from curate.store.workspace import Workspace

TRANSIENT = ("changed_while_reading", "unreadable", "vanished")
_GROUP_MEMORY = 8 << 30
_GROUP_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Keys:
    """The two keys of a workspace: for ids, and for pseudonyms."""

    ids: bytes
    pseudonyms: bytes

    def version(self) -> str:
        """Return what a result that was made with the pseudonyms' key depends on."""
        return ids.digest("key", self.pseudonyms).hex()


@dataclass(slots=True)
class Flow:
    """One run on its way; `base` is the folder that relative sources start at, `origin` what was named.

    `in_folder` tells that its settings lie in the folder that is run, where anybody may have written.
    """

    workspace: Workspace
    settings: PipelineSettings
    base: Path
    keys: Keys
    engine: Engine
    progress: Progress
    as_of: str
    retry_failed: bool = False
    origin: str = ""
    in_folder: bool = False
    memos: dict[str, Memo] = field(default_factory=dict)
    used: dict[str, list[bytes]] = field(default_factory=dict)  # keys back to back
    courses: dict[bytes, Course] = field(default_factory=dict)  # by text
    tools: dict[str, str] = field(default_factory=dict)
    words: dict[str, bytes] = field(default_factory=dict)  # keys of words about documents
    unfinished: Counter[tuple[str, str]] = field(default_factory=Counter)  # by stage and code

    def recipe(
        self,
        function: Callable[..., Any],
        *,
        settings: Settings | None = None,
        tools: Mapping[str, Tool] | None = None,
        grouped: bool = False,
    ) -> Recipe:
        """Return a stage made ready with the limits of this run."""
        for name, tool in (tools or {}).items():
            self.tools[name] = tool.version
        return recipe(
            describe(function),
            settings=settings,
            tools=tools,
            resources=_group_resources() if grouped else self._resources(),
        )

    def run(self, made: Recipe, items: Iterable[Item]) -> Results:
        """Bring the memo of a stage up to date and return what it holds for these items."""
        by_key = {item.key: item for item in items}
        return self.bring(made, Work(by_key, by_key.__getitem__))

    def gather(self, made: Recipe, work: Work) -> Results:
        """Bring the memo of a stage up to date that sees many documents at once.

        No row of the ledger tells of its failures: they are counted in `unfinished`. What ended its
        worker, as a system short of memory does, is tried again by the next run.
        """
        results = self.bring(made, work, passing=(*TRANSIENT, CRASHED))
        codes = map(results.code, work.keys)
        self.unfinished.update((made.name, code) for code in codes if code)
        return results

    def bring(self, made: Recipe, work: Work, *, passing: Sequence[str] = TRANSIENT) -> Results:
        """Bring the memo of a stage up to date and return what it holds.

        Args:
            made: The stage.
            work: What is to be there.
            passing: Codes of failures that are not remembered.
        """
        memo = self.memo(made)
        failed = run_items(
            made,
            work,
            memo=memo,
            engine=self.engine,
            progress=self.progress,
            transient=passing,
        )
        self.use(made.name, work.keys)
        return Results(memo, failed, memo.known(list(work.keys)))

    def memo(self, made: Recipe) -> Memo:
        """Return the results of a stage, opened once a run."""
        if made.name not in self.memos:
            folder = self.workspace.memo(made.name)
            memo = Memo(folder, made.job.writes, limits=made.limits, retry=self.retry_failed)
            self.memos[made.name] = memo
        return self.memos[made.name]

    def use(self, stage: str, keys: Iterable[bytes]) -> None:
        """Let results stay for the next run."""
        self.used.setdefault(stage, []).append(b"".join(keys))

    def sweep(self) -> None:
        """Forget results that this run did not use, and stages that it did not run."""
        for name, memo in self.memos.items():
            memo.prune(self.used.get(name, ()))
        for folder in self.workspace.memo("any").parent.glob("*"):
            if folder.name in self.memos:
                continue
            if folder.is_symlink():  # what it leads to is another's
                folder.unlink()
            else:
                shutil.rmtree(folder)

    def course(self, text: bytes) -> Course:
        """Return the course of a text, a new one where there is none yet."""
        course = self.courses.get(text)
        if course is None:
            course = self.courses[text] = Course(text)
        return course

    def digests(self, stage: str, courses: Iterable[Course]) -> list[bytes]:
        """Return the digests of a stage's results for texts that it was run on."""
        keys = [course.key(stage) for course in courses]
        known = self.memos[stage].known(keys)
        return [known[key].digest for key in keys]

    def rows(self, stage: str, course: Course) -> tuple[Any, ...]:
        """Return the rows of a stage for a text; none where it was not run on it."""
        return self.memos[stage].rows(course.key(stage)) if course.has(stage) else ()

    def _resources(self) -> Resources:
        limits = self.settings.limits
        return Resources(limits.cpu_seconds, limits.wall_seconds, limits.memory_mb << 20)


def _group_resources() -> Resources:
    return Resources(_GROUP_SECONDS, _GROUP_SECONDS, _GROUP_MEMORY)


@dataclass(frozen=True, slots=True)
class Results:
    """The results of a stage for the items of one call."""

    memo: Memo
    passing: Mapping[bytes, str]
    held: Mapping[bytes, Known]

    def known(self, key: bytes) -> Known | None:
        """Return what is known of a key; None where its failure passes."""
        return self.held.get(key)

    def code(self, key: bytes) -> str:
        """Return a key's reason code ("" for success)."""
        known = self.held.get(key)
        return known.code if known else self.passing.get(key, "not_run")

    def rows(self, keys: Sequence[bytes]) -> Iterable[tuple[bytes, tuple[Any, ...]]]:
        """Yield the rows of keys that succeeded, in the order of storage."""
        unique = {key for key in keys if not self.code(key)}
        return self.memo.scan(unique)
