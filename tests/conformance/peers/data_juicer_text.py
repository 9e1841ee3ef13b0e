"""Data-Juicer's text formatter on a folder of documents, its import on a bare install, a step that fails.

python data_juicer_text.py bare|names|broken|table|deleted|folders|step|checkpoint MATERIAL
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import Any

from closure import unseen
from hiding import hide
from said import say

MATERIAL = Path(sys.argv[2])
ROOT = Path(tempfile.mkdtemp())
os.environ["DATA_JUICER_CACHE_HOME"] = str(ROOT / "cache")  # an empty cache of its own


def rows(folder: Path) -> list[dict[str, Any]]:
    """Return what the formatter makes of a folder."""
    from data_juicer.format.text_formatter import TextFormatter

    return list(TextFormatter(str(folder)).load_dataset(num_proc=1))


def loaded(folder: Path) -> list[str]:
    """Return the texts alone."""
    return [row["text"] for row in rows(folder)]


def bare() -> tuple[bool, str]:
    """Import it where nothing but what it requires can be seen."""
    hide(unseen(metadata.requires("py-data-juicer") or []) - {"data_juicer"})
    try:
        import data_juicer.core  # noqa: F401
    except ImportError as error:
        return False, f"on a bare install its import fails: {error}"
    return True, "on a bare install it can be imported"


def names() -> tuple[bool, str]:
    """Read two files of one name in two folders."""
    texts = loaded(MATERIAL / "names")
    return len(texts) == 2, f"{len(texts)} of 2 files of one name are read"


def broken() -> tuple[bool, str]:
    """Read a broken PDF beside a good one; a row, a line of the log or an error tells of it."""
    from loguru import logger

    log: list[str] = []
    logger.add(log.append, level="DEBUG")
    try:
        found = rows(MATERIAL / "broken")
    except Exception as error:  # noqa: BLE001 - any error tells the user
        return True, f"it raises {type(error).__name__}"
    told = "broken.pdf" in str(found) + "".join(log) or any("rror" in line for line in log)
    said = "it is told" if told else "no row, no error and no line of the log tells of the other"
    return told, f"{len(found)} of 2 files read; {said}"


def table() -> tuple[bool, str]:
    """Read a paragraph and a table."""
    text = " ".join(loaded(MATERIAL / "table"))
    held = "7.10" in text
    return held, f"the table's prices {'are there' if held else 'are missing'}"


def deleted() -> tuple[bool, str]:
    """Read two files; delete one; read again."""
    folder = ROOT / "reports"
    shutil.copytree(MATERIAL / "deleted", folder)
    loaded(folder)
    (folder / "press.pdf").unlink()
    stays = any("press" in text for text in loaded(folder))
    return not stays, f"the deleted file's text {'is still read' if stays else 'is gone'}"


def folders() -> tuple[bool, str]:
    """Read two folders of one name."""
    for name in ("one", "two"):
        (ROOT / name / "reports").mkdir(parents=True)
    shutil.copy(MATERIAL / "deleted/press.pdf", ROOT / "one/reports/press.pdf")
    shutil.copy(MATERIAL / "deleted/lamp.pdf", ROOT / "two/reports/lamp.pdf")
    loaded(ROOT / "one/reports")
    mixed = any("press" in text for text in loaded(ROOT / "two/reports"))
    return not mixed, f"the other folder's text {'is read too' if mixed else 'stays apart'}"


def defaults() -> Any:
    """Return the configuration of a run of which only the paths are said."""
    from data_juicer.config import init_configs

    (ROOT / "run.yaml").write_text(
        f"dataset_path: {ROOT}/in.jsonl\nexport_path: {ROOT}/out/out.jsonl\nwork_dir: {ROOT}/out\n"
        "process: []\n"
    )
    (ROOT / "in.jsonl").write_text('{"text": "A lamp."}\n')
    return init_configs(["--config", str(ROOT / "run.yaml")])


def step() -> tuple[bool, str]:
    """Map two rows with a step that raises on one, set up as a run's configuration does by default."""
    from data_juicer.core.data import NestedDataset
    from data_juicer.ops.base_op import Mapper

    class Raises(Mapper):
        def process_single(self, sample: dict[str, str]) -> dict[str, str]:
            if "flight" in sample["text"]:
                message = "no flights"
                raise ValueError(message)
            return sample

    given = NestedDataset.from_list([{"text": "A flight."}, {"text": "A lamp."}])
    try:
        left = [dict(row) for row in Raises(skip_op_error=defaults().skip_op_error).run(given)]
    except ValueError:
        return True, "the error is raised"
    return len(left) == 2, f"{len(left)} of 2 rows left; the error stands in the log alone"


def checkpoint() -> tuple[bool, str]:
    """Look whether a run that is killed would go on, unless somebody asked for it beforehand."""
    on = bool(defaults().use_checkpoint)
    return on, f"checkpoints are {'on' if on else 'off'} by default"


if __name__ == "__main__":
    cases = (bare, names, broken, table, deleted, folders, step, checkpoint)
    say({case.__name__: case for case in cases})
