from __future__ import annotations

from typing import TYPE_CHECKING

from curate.pipeline.ahead import early

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_that_was_never_run_begins_at_once(tmp_path: Path) -> None:
    engine = early(tmp_path, None, workers=1)

    assert engine is not None
    engine.close()


def test_what_may_name_modules_is_read_first(tmp_path: Path) -> None:
    file = tmp_path / "share.yaml"
    file.write_text("name: share\n")
    (tmp_path / ".curate").mkdir()
    (tmp_path / ".curate/pipeline.yaml").write_text("name: share\n")

    assert early(file, None, workers=1) is None
    assert early(tmp_path, None, workers=1) is None
    assert early(tmp_path / "nowhere", None, workers=1) is None


def test_another_workspace_is_looked_at_where_one_is_named(tmp_path: Path) -> None:
    folder, workspace = tmp_path / "share", tmp_path / "w"
    folder.mkdir()
    workspace.mkdir()
    (workspace / "pipeline.yaml").write_text("name: share\n")

    assert early(folder, workspace, workers=1) is None
