"""What is kept of texts from run to run: it spares work, and never changes what comes out."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from curate.pipeline.making import courses
from curate.store import kept
from curate.tables.courses import Course
from tests.flow.share import contents, run_share, write_share

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILE = "private/shown/courses.kept"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("courses")
    run_share(write_share(root / "share"), root / "w", workers=1)
    return root


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy"


def edit(place: Path) -> None:
    path = place / "share/policies/travel.md"
    path.write_text(path.read_text().replace("140 EUR", "160 EUR"))


def held(place: Path) -> list[Course]:
    version = (place / "w" / FILE).read_bytes()[:16]
    return kept.read(place / "w/private/shown", "courses", version, Course)


def test_a_text_that_was_met_before_is_asked_about_by_no_stage(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[int] = []
    read = courses.read

    def counted(*args: Any) -> dict[bytes, Course]:
        known = read(*args)
        found.append(len(known))
        return known

    monkeypatch.setattr(courses, "read", counted)
    edit(place)

    outcome, worked = run_share(place / "share", place / "w", workers=1)

    assert outcome.published
    assert found == [len(held(place))]
    assert {worked[stage] for stage in ("parse", "scan", "sign", "edit", "chunk")} == {1}


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:0],
        lambda data: data[: len(data) // 2],
        lambda data: data[:16] + bytes(len(data) - 16),
        lambda data: bytes(16) + data[16:],
        lambda data: data[:-40] + b"x" * 40,
        None,
    ],
)
def test_a_file_that_is_damaged_of_another_version_or_gone_changes_no_release(
    place: Path, damage: Callable[[bytes], bytes] | None
) -> None:
    shutil.copytree(place, place.with_name("other"))
    other = place.with_name("other")
    file = other / "w" / FILE
    if damage is None:
        file.unlink()
    else:
        file.write_bytes(damage(file.read_bytes()))
    for one in (place, other):
        edit(one)

    outcomes = [run_share(one / "share", one / "w", workers=1)[0] for one in (place, other)]

    assert contents(outcomes[0]) == contents(outcomes[1])


def test_nothing_is_kept_of_a_text_that_is_gone(place: Path) -> None:
    before = {course.text for course in held(place)}
    (place / "share/policies/travel.md").unlink()

    run_share(place / "share", place / "w", workers=1)

    after = {course.text for course in held(place)}
    assert len(before - after) == 1
    assert after < before
