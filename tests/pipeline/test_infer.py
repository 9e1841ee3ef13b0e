"""The pipeline file that `init` writes: it names every key, and says no other thing than its defaults."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args

import openpyxl
import pytest
from pydantic import BaseModel

from curate import config
from curate.errors import ConfigError
from curate.pipeline.plan import plan
from curate.pipeline.settings import PipelineSettings
from curate.pipeline.setup.infer import inferred, remarks
from curate.sources.settings import SourceSettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ASIDE = re.compile(r"^( *)# ([a-z_]+: .*)$", re.MULTILINE)
WHOLE = {"access", "recognisers"}  # shown in one line
EXAMPLES = (
    "exclude", "access", "patterns", "records", "labels", "columns", "owner", "by_type",
    "recognisers", "context", "judge", "max_changes_per_quarter", "days", "rejected", "flagged",
)  # fmt: skip


@pytest.fixture
def text(tmp_path: Path) -> str:
    (tmp_path / "a.md").write_text("# A\n")
    return inferred(tmp_path, path="docs")


def _keys(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield name
        hints = (field.annotation, *get_args(field.annotation))
        inner = [h for h in hints if isinstance(h, type) and issubclass(h, BaseModel)]
        if name not in WHOLE:
            for one in inner:
                yield from _keys(one)


def _settings(text: str) -> PipelineSettings:
    return config.parse(text, PipelineSettings, name="p.yaml")


def test_every_key_of_a_pipeline_file_is_named(text: str) -> None:
    named = set(re.findall(r"\b([a-z_]+):(?=\s)", text))

    assert set(_keys(PipelineSettings)) - named == set()


def test_what_stands_there_is_what_happens_without_it(text: str) -> None:
    said = _settings(text)
    [source] = said.sources

    assert said == PipelineSettings(name=said.name, sources=(source,))
    assert source == SourceSettings(path="docs", name=source.name)


def test_each_key_that_is_set_aside_can_be_let_in_and_is_the_default_or_an_example(
    text: str,
) -> None:
    plain, known = _settings(text), set(_keys(PipelineSettings))
    found = [one for one in ASIDE.finditer(text) if one[2].partition(":")[0] in known]

    assert len(found) > 30
    for one in found:
        let_in = _settings(f"{text[: one.start()]}{one[1]}{one[2]}{text[one.end() :]}")
        name = one[2].partition(":")[0]
        assert (let_in == plain) == (name not in EXAMPLES), name


def test_files_are_counted_as_a_plan_counts_them(tmp_path: Path) -> None:
    folder = tmp_path / "share"
    (folder / ".git").mkdir(parents=True)
    for name in ("a.md", "b.md", "_meta.yaml", "a.md.meta.yaml", ".git/config"):
        (folder / name).write_text("labels: {}\n")
    (folder / "away.md").symlink_to(tmp_path / "a.md")

    text = inferred(folder, path=".")
    planned = plan(folder, tmp_path / "w", workers=1)

    assert "found: 3 files, 0.0 MB; 1 cannot be read" in text
    assert (planned.files, planned.unreadable) == (3, 1)
    assert "3 files, 0.0 MB (3 md); 1 cannot be read" in planned.lines()[0]


def test_a_folder_of_links_alone_has_no_file_to_read(tmp_path: Path) -> None:
    (tmp_path / "away.md").symlink_to(tmp_path / "nowhere.md")

    with pytest.raises(ConfigError, match="no file here to read"):
        inferred(tmp_path, path=".")


def test_what_is_never_read_is_told_and_not_counted(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/config").write_text("x")

    with pytest.raises(ConfigError, match="no file here to read"):
        inferred(tmp_path, path=".")
    (tmp_path / "a.md").write_text("# A\n")
    text = inferred(tmp_path, path=".")

    assert "found: 1 file," in text
    assert "Never read, unless `include` names it: .git, .svn, .hg, " in text


@pytest.mark.parametrize(
    ("folder", "pipeline", "source"),
    [
        ("Übersicht — 2025 (alt)", "Ubersicht - 2025 alt", "Übersicht - 2025 alt"),
        ("Smørrebrød & Æbler", "Smorrebrod - Aebler", "Smørrebrød - Æbler"),
        ("東京", "documents", "東京"),
        ("_x_", "x", "x"),
        ("share", "share", "share"),
    ],
)
def test_names_of_folders_keep_their_letters_or_the_nearest_ones(
    tmp_path: Path, folder: str, pipeline: str, source: str
) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "a.md").write_text("# A\n")

    said: Any = _settings(inferred(tmp_path / folder, path="."))

    assert (said.name, said.sources[0].name) == (pipeline, source)


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("Kim kim.lee@acme.example.com", "Kim EMAIL_ADDRESS"),
        ("Kunde +49 30 12345678", "Kunde PHONE_NUMBER"),
        ("v2025-02-27", "v2025-02-27"),
        ("50%+ off", "50- off"),
    ],
)
def test_personal_data_in_the_name_of_a_folder_is_masked_before_its_signs_give_way(
    tmp_path: Path, folder: str, name: str
) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "a.md").write_text("# A\n")

    text = inferred(tmp_path / folder, path=".")

    said = _settings(text)
    assert (said.name, said.sources[0].name) == (name, name)
    assert "kim.lee" not in text
    assert "12345678" not in text


def test_a_suffix_that_may_be_a_number_is_no_format(tmp_path: Path) -> None:
    for name in ("report.536-77-2277", "note.212-555-3285", "a.md", "b.mp3", "c.7z", "LICENSE"):
        (tmp_path / name).write_text("x")

    text = inferred(tmp_path, path=".")

    assert "  #   2 no known suffix, 1 7z, 1 md, 1 mp3, 1 no suffix\n" in text


def test_a_column_that_may_say_who_reads_is_told_with_the_line_to_write(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["part", "Access"])
    book.save(tmp_path / "stock.xlsx")
    (tmp_path / "a.jsonl").write_text('{"id": 1, "access": "hr"}\n')
    (tmp_path / "b.json").write_text('{"tickets": [{"id": 1, "fields": {"tenant": "acme"}}]}')
    (tmp_path / "c.csv").write_text("id;place;access\n1;Leeds;hr\n")
    (tmp_path / "d.csv").write_text("id,place\naccess,tenant\n")

    text = inferred(tmp_path, path=".")

    assert '    # "a.jsonl" and 2 more files: has a column or field called access, which' in text
    assert '    # "b.json": has a column or field called tenant, which nothing reads.\n' in text
    assert "    # columns: {access: access}\n" in text
    assert "    # columns: {tenant: tenant}\n" in text
    assert _settings(text).sources[0].columns == {}
    assert remarks(tmp_path).startswith('# "a.jsonl" and 2 more files: ')


def test_files_that_are_broken_say_nothing_of_who_reads(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.json", "c.jsonl", "d.csv", "e.tsv"):
        (tmp_path / name).write_bytes(b'\xff\x00{["')

    assert remarks(tmp_path) == ""
