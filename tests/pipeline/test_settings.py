"""Mistakes that only the meaning of a pipeline file shows are told with their line and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate import config
from curate.errors import ConfigError
from curate.pipeline.plan import plan
from curate.pipeline.request import resolve
from curate.pipeline.settings import PipelineSettings
from curate.pipeline.setup.extractors import check_extractors

if TYPE_CHECKING:
    from pathlib import Path


def wrong(text: str) -> str:
    with pytest.raises(ConfigError) as error:
        config.parse(text, PipelineSettings, name="share.yaml")
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sources: d\n", "share.yaml:1  sources: 'd' is no list. Write sources: [{path: d}]."),
        (
            "sources:\n  - path: d\n    access: hr\n",
            (
                "share.yaml:3  sources[0].access: 'hr' does not say whether groups or users may "
                "read. Write access: {groups: [hr]}."
            ),
        ),
        (
            "sources:\n  - path: d\n    records: zendsk\n",
            "share.yaml:3  sources[0].records: 'zendsk' is no known shape. Did you mean 'zendesk'?",
        ),
        (
            "sources:\n  - path: d\n    records: {titel: subject}\n",
            "share.yaml:3  sources[0].records: unknown key 'titel'. Did you mean 'title'?",
        ),
        (
            "sources: [{path: d}]\nchunks:\n  tokens: cl1k\n",
            (
                "share.yaml:3  chunks.tokens: 'cl1k' is no vocabulary and no file. "
                "Write cl100k or o200k, or the path of a tokenizer.json, from where relative "
                "sources start."
            ),
        ),
        (
            "sources:\n  - path: d\n  - path: d\n",
            "share.yaml:3  sources[1]: two sources are called 'd'. Give this one another `name`.",
        ),
        (
            "sources: [{path: d}]\npii:\n  by_type: {PHONE_NUMBR: keep}\n",
            (
                "share.yaml:3  pii.by_type.PHONE_NUMBR: PHONE_NUMBR is no type of personal data. "
                "Did you mean 'PHONE_NUMBER'?"
            ),
        ),
        (
            "sources: [{path: d}]\nfinetune:\n  choose:\n    shares: {table_row: 20%}\n",
            (
                "share.yaml:4  finetune.choose.shares.table_row: table_row is no extractor. "
                "Did you mean 'table_rows'?"
            ),
        ),
        (
            "sources: [{path: d}]\nparse:\n  unstructured: [text/html, msg]\n",
            (
                "share.yaml:3  parse.unstructured[1]: 'msg' is no media type that unstructured "
                "reads. Did you mean 'application/vnd.ms-outlook'?"
            ),
        ),
        (
            "sources: [{path: d}]\npii:\n  phone_regions: [DE, UK]\n",
            (
                "share.yaml:3  pii.phone_regions[1]: 'UK' is no country of two capital letters. "
                "Did you mean 'GB'?"
            ),
        ),
        (
            "sources: [{path: d}]\npii:\n  phone_regions: [XX]\n",
            (
                "share.yaml:3  pii.phone_regions[0]: 'XX' is no country of two capital letters. "
                "Write codes of ISO 3166: [US, GB, DE, FR, IL, IN, CA, BR]."
            ),
        ),
        (
            "sources: [{path: d}]\npii:\n  recognisers:\n  - {type: A, words: [b, ' ']}\n",
            (
                "share.yaml:4  pii.recognisers[0].words[1]: a word is empty. Write what is to be "
                "found, or leave it away."
            ),
        ),
    ],
)
def test_a_mistake_names_line_key_what_was_found_and_what_to_do(text: str, told: str) -> None:
    assert wrong(text) == told


def test_what_unstructured_does_not_read_is_told_with_what_it_reads() -> None:
    message = wrong("sources: [{path: d}]\nparse: {unstructured: [pdf]}\n")

    assert "'pdf' is no media type that unstructured reads. Of application/pdf it" in message
    assert "It reads application/epub+zip, " in message


def test_names_of_ones_own_extractors_may_have_a_share() -> None:
    text = (
        "sources: [{path: d}]\nmining: {extractors: ['acme:symptoms']}\n"
        "finetune: {choose: {shares: {symptoms: 10%}}}\n"
    )

    assert config.parse(text, PipelineSettings, name="s").finetune.choose.shares["symptoms"] == 0.1


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("{unclosed/*", "a brace is not closed"),
        ("unopened}/*", "a brace is not closed"),
        ("{Upper}/*", "a brace is not closed, or holds no name of small letters"),
        ("*.{pdf,docx}", "braces name a part of the path. Write one pattern for each"),
        ("{a}/{a}", "names a twice"),
        ("/abs/*", "Patterns are relative to the source's path"),
        ("", "a pattern is empty"),
    ],
)
@pytest.mark.parametrize("key", ["include", "exclude", "patterns"])
def test_a_pattern_that_can_fit_nothing_is_refused(key: str, pattern: str, told: str) -> None:
    message = wrong(f"sources:\n  - path: d\n    {key}: ['{pattern}']\n")

    assert message.startswith(f"share.yaml:3  sources[0].{key}[0]: ")
    assert told in message


def test_patterns_with_names_and_stars_are_accepted() -> None:
    text = "sources: [{path: d, include: ['{dept}/**/*.pdf', '[draft] *', '**/*'], patterns: ['{a}/{b}']}]"

    assert config.parse(text, PipelineSettings, name="s").sources[0].include[0] == "{dept}/**/*.pdf"


@pytest.fixture
def importable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose modules can be imported."""
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def extractor_error(folder: Path, code: str, name: str) -> str:
    (folder / "acme_steps.py").write_text(code)
    file = folder / "share.yaml"
    names = f"    - default\n    - {name}\n"
    file.write_text(f"sources: [{{path: d}}]\nmining:\n  extractors:\n{names}")
    with pytest.raises(ConfigError) as error:
        check_extractors(resolve(file, None))
    return str(error.value)


@pytest.mark.parametrize(
    ("code", "name", "told"),
    [
        ("", "acme_stps:steps", "there is no module 'acme_stps'. Put it beside the pipeline file"),
        ("", "acme.steps:steps", "there is no module 'acme.steps'"),
        ("def stps(a, b): ...", "acme_steps:steps", "defines no 'steps'. Did you mean 'stps'?"),
        ("def steps(a, b:", "acme_steps:steps", "acme_steps.py:1 is no valid Python"),
        ("import nothere\n", "acme_steps:steps", "needs the module 'nothere', which is not there"),
        ("", "sys:path", "'sys' is no Python file"),
    ],
)
def test_an_extractor_that_no_worker_could_load_is_refused_before_anything_runs(
    importable: Path, code: str, name: str, told: str
) -> None:
    message = extractor_error(importable, code, name)

    assert message.startswith("share.yaml:5  mining.extractors[1]: ")
    assert told in message


def test_an_extractor_is_looked_at_without_running_its_code(importable: Path) -> None:
    (importable / "acme_loud.py").write_text("raise SystemExit\ndef steps(a, b): ...\n")
    file = importable / "share.yaml"
    file.write_text('sources: [{path: d}]\nmining: {extractors: ["acme_loud:steps"]}\n')

    check_extractors(resolve(file, None))


def test_a_source_that_is_not_there_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "share.yaml").write_text("sources:\n  - path: d\n  - path: e\n")

    with pytest.raises(ConfigError, match=r"^share\.yaml:3  sources\[1\]: .*/e: cannot be listed"):
        plan(tmp_path / "share.yaml", None, workers=1)
