"""The real versions of a company's documents, replayed into one folder, beside what git says of them.

`company_docs/<name>/v<date>/` holds the versions, `changes_<date>_to_<date>.tsv` git's list between
two of them (added, modified, deleted, renamed by likeness). A rename from a place outside the
folder can only be seen as an addition.
"""

from __future__ import annotations

import csv
import filecmp
import shutil
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.refresh.runs import Ran, Runner, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from curate.tables.changes import DocumentChange, ReleaseChanges


@dataclass(frozen=True, slots=True)
class Files:
    """Files by what became of them; a renamed one by its old and its new name."""

    added: frozenset[str] = frozenset()
    modified: frozenset[str] = frozenset()
    deleted: frozenset[str] = frozenset()
    renamed: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One version after another: their folders, git's list if there is one, the release it gave."""

    before: Path
    after: Path
    listed: Files | None
    ran: Ran
    changes: ReleaseChanges

    @property
    def title(self) -> str:
        """The versions in words."""
        return f"{self.before.parent.name} {self.before.name} to {self.after.name}"

    @property
    def wrong(self) -> int:
        """How many files, or pairs of a rename, are in one of both change sets alone."""
        ours, gold = seen(self.changes.documents), self.listed or Files()
        names = [field.name for field in fields(Files)]
        return sum(len(getattr(ours, name) ^ getattr(gold, name)) for name in names)


def histories(data: Path) -> list[list[Path]]:
    """Return the versions of each company that has several."""
    companies = sorted(data.glob("company_docs/*/"))
    versions = [sorted(company.glob("v*/")) for company in companies]
    return [found for found in versions if len(found) > 1]


def replay(versions: Sequence[Path], place: Path, processes: int) -> list[Step]:
    """Run each version as the next state of one folder; return what each step changed."""
    share = place / versions[0].parent.name
    runner = Runner(share, share.with_name(f"{share.name}-workspace"), processes)
    steps: list[Step] = []
    for number, version in enumerate(versions):
        become(share, version)
        ran = runner.run(version.name.removeprefix("v"))
        if number:
            before = versions[number - 1]
            steps.append(Step(before, version, _listed(before, version), ran, ran.changes()))
    return steps


def become(share: Path, version: Path) -> None:
    """Make a folder hold what a version holds; a file that stays as it was is not touched."""
    wanted = _names(version)
    for name in _names(share) - wanted:
        (share / name).unlink()
    for name in wanted:
        to = share / name
        if not to.exists() or not filecmp.cmp(version / name, to, shallow=False):
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(version / name, to)


def _names(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def _listed(before: Path, after: Path) -> Files | None:
    """Return git's list between two versions, if it is there.

    Kinds of files (by the name's ending) that no list of this company names were not listed: of
    these the folders are compared, by name and bytes.
    """
    dates = (version.name.removeprefix("v") for version in (before, after))
    path = before.parent / f"changes_{'_to_'.join(dates)}.tsv"
    if not path.exists():
        return None
    kinds = _kinds(before.parent)
    rest = [row for row in _rest(before, after) if Path(row["path_old"]).suffix not in kinds]
    return listed([*_rows(path), *rest], _names(before))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def _kinds(company: Path) -> set[str]:
    """Return the endings of all names that git's lists of a company hold."""
    rows = [row for path in company.glob("changes_*.tsv") for row in _rows(path)]
    return {Path(row["path_new"] or row["path_old"]).suffix for row in rows}


def _rest(before: Path, after: Path) -> Iterator[dict[str, str]]:
    """Yield what differs between two folders, as lines of a list."""
    old, new = _names(before), _names(after)
    both = (n for n in old & new if not filecmp.cmp(before / n, after / n, shallow=False))
    for status, names in (("A", new - old), ("D", old - new), ("M", both)):
        for name in names:
            yield {"status": status, "path_old": name, "path_new": ""}


def listed(rows: Iterable[Mapping[str, str]], there: set[str]) -> Files:
    """Sort git's lines; a file renamed from one that is not there was added.

    Args:
        rows: `status` (A, M, D, or R and the likeness), `path_old` and, of a rename, `path_new`.
        there: The files of the version before.
    """
    kinds: dict[str, set[str]] = {"A": set(), "M": set(), "D": set()}
    renamed = set()
    for row in rows:
        status, old, new = row["status"][0], row["path_old"], row["path_new"]
        if status != "R":
            kinds[status].add(old)
        elif old in there:
            renamed.add((old, new))
        else:
            kinds["A"].add(new)
    added, modified, deleted = (frozenset(kinds[kind]) for kind in "AMD")
    return Files(added, modified, deleted, frozenset(renamed))


def seen(documents: Iterable[DocumentChange]) -> Files:
    """Sort what `curate diff` says; what was only decided otherwise is no change of a file."""
    rows = list(documents)

    def named(op: str) -> frozenset[str]:
        return frozenset(row.address or row.old_address for row in rows if row.op == op)

    renamed = frozenset((row.old_address, row.address) for row in rows if row.op == "renamed")
    return Files(named("added"), named("modified"), named("deleted"), renamed)


def shown(steps: Sequence[Step]) -> None:
    """Print each step: documents as curate and as git say, and what became of the chunks."""
    for step in steps:
        print(f"\n{step.title}, {step.ran.usage.seconds:.1f} s")
        ours = seen(step.changes.documents)
        for field in fields(Files):
            print(
                f"  {field.name:<9}{len(getattr(ours, field.name)):>5}{_beside(step, field.name)}"
            )
        print(f"  chunks   {told(step.changes)}")


def _beside(step: Step, name: str) -> str:
    if step.listed is None:
        return "   git's list is not there"
    ours = getattr(seen(step.changes.documents), name)
    gold = getattr(step.listed, name)
    wrong = "".join(_differences(ours, gold))
    return f"   git {len(gold):>5}" + (wrong or "   equal")


def _differences(
    ours: frozenset[str] | frozenset[tuple[str, str]],
    gold: frozenset[str] | frozenset[tuple[str, str]],
) -> Iterator[str]:
    for sign, names in (("only curate", ours - gold), ("only git", gold - ours)):
        for name in sorted(map(str, names)):
            yield f"\n      {sign}: {name}"


def figures(steps: Sequence[Step]) -> dict[str, float]:
    """Return whether all change sets equal git's, and what became of the chunks in all steps."""
    counts = [step.changes.chunk_counts for step in steps]
    ops = ("add", "update_text", "update_meta", "delete", "moved", "embed")
    sums = {f"history.{op}": sum(getattr(count, op) for count in counts) for op in ops}
    compared = [step.wrong for step in steps if step.listed is not None]
    exact = {"changes_exact": int(not any(compared)), "history.wrong": sum(compared)}
    return (exact if compared else {}) | {"history.steps": len(steps), **sums}
