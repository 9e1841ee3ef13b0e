"""Pipeline files: what is wrong is named by line, key, what was found and the nearest valid name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from pydantic import Field

from curate import config
from curate.config import Settings, Share
from curate.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path


class Place(Settings):
    path: str
    groups: tuple[str, ...] = ()
    use: Literal["both", "corpus"] = "both"


class Limits(Settings):
    seconds: float = Field(default=1.0, gt=0)
    rejected: Share = 0.1
    count: int | None = Field(default=None, ge=0)
    shares: dict[str, Share] = Field(default_factory=dict)
    strict: bool = False


class File(Settings):
    name: str = "x"
    places: tuple[Place, ...] = Field(default=(), max_length=5)
    limits: Limits = Limits()
    dates: dict[str, str] = Field(default_factory=dict)


def wrong(text: str) -> str:
    with pytest.raises(ConfigError) as error:
        config.parse(text, File, name="p.yaml")
    return str(error.value)


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_name() -> None:
    message = wrong("name: a\nlimits:\n  secnds: 3\n")

    assert message == "p.yaml:3  limits.secnds is not a setting. Did you mean limits.seconds?"


def test_an_unknown_key_within_a_list_is_named_with_its_place_in_the_list() -> None:
    message = wrong("places:\n  - path: a\n  - path: b\n    gruops: [c]\n")

    assert message == "p.yaml:4  places[1].gruops is not a setting. Did you mean places[1].groups?"


def test_a_missing_key_is_named_where_it_should_stand() -> None:
    assert wrong("places:\n  - use: both\n") == "p.yaml:2  places[0].path is missing."


def test_a_wrong_value_is_shown_with_what_is_accepted() -> None:
    message = wrong("places:\n  - path: a\n    use: corpse\n")

    assert message == (
        "p.yaml:3  places[0].use: 'corpse' is not accepted. Did you mean corpus? "
        "Accepted: both, corpus."
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("places: d\n", "p.yaml:1  places: 'd' is no list. Write places: [{path: d}]."),
        (
            "places:\n",
            "p.yaml:1  places: nothing (it is empty) is no list. Write places: [{path: ...}].",
        ),
        ("places: ['*']\n", "p.yaml:1  places[0]: '*' is no mapping. Its keys: path, groups, use."),
        (
            "places:\n  - path: a\n    groups: '*'\n",
            "p.yaml:3  places[0].groups: '*' is no list. Write groups: ['*'].",
        ),
        ("name: 5\n", "p.yaml:1  name: 5 is no text. Put it in quotes."),
        ("name: no\n", "p.yaml:1  name: no is no text. Put it in quotes."),
        ("limits: {seconds: x}\n", "p.yaml:1  limits.seconds: 'x' is no number."),
        (
            "limits: {seconds: 0}\n",
            "p.yaml:1  limits.seconds: 0 is out of range. It has to be more than 0.",
        ),
        (
            "limits: 5\n",
            "p.yaml:1  limits: 5 is no mapping. Its keys: seconds, rejected, count, shares, strict.",
        ),
    ],
)
def test_a_wrong_kind_of_value_is_told_with_how_to_write_it(text: str, told: str) -> None:
    assert wrong(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("limits:\n  seconds: yes\n", "p.yaml:2  limits.seconds: yes is no number."),
        ("limits: {rejected: on}\n", "p.yaml:1  limits.rejected: on is no number."),
        ("limits: {count: false}\n", "p.yaml:1  limits.count: false is no number."),
        (
            "limits:\n  shares:\n    faq: 2%\n    terms: true\n",
            "p.yaml:4  limits.shares.terms: true is no number.",
        ),
    ],
)
def test_yes_or_no_is_no_number(text: str, told: str) -> None:
    assert wrong(text) == told


def test_truth_values_and_absent_numbers_are_read_as_before() -> None:
    read = config.parse("limits: {strict: yes, count: null}\n", File, name="p")

    assert (read.limits.strict, read.limits.count) == (True, None)


def test_the_choices_of_the_nearest_key_are_told() -> None:
    message = wrong("places:\n  - path: a\n    usee: both\n")

    assert message.endswith("Did you mean places[0].use (both, corpus)?")


def test_a_key_of_another_section_is_found_there() -> None:
    assert wrong("rejected: 5%\n").endswith("Did you mean limits.rejected?")


def test_a_long_value_is_cut() -> None:
    assert len(wrong(f"limits: {{seconds: {'x' * 10_000}}}\n")) < 120


def test_a_place_in_a_file_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("name: a\nplaces:\n  - path: a\n")

    assert config.where(tmp_path / "p.yaml", "places", 0, "use") == "p.yaml:3  places[0].use"
    assert config.where(tmp_path / "none.yaml", "places") == "none.yaml  places"


def test_every_mistake_is_told_at_once() -> None:
    message = wrong("limits:\n  seconds: -1\n  rejected: 120%\nnme: x\n")

    assert [line.split()[0] for line in message.splitlines()] == [
        "p.yaml:2",
        "p.yaml:3",
        "p.yaml:4",
    ]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("a: [1\n", "p.yaml:2  not valid YAML"),
        ("a: b: c\n", "p.yaml:1  not valid YAML"),
        ("- a\n", "a pipeline file is a mapping"),
        ("", "a pipeline file is a mapping"),
        ("a: !!python/object:os.system x\n", "not valid YAML"),
        ("[" * 20_000, "nested too deeply"),
    ],
)
def test_what_is_no_mapping_of_sections_is_refused_with_its_line(text: str, part: str) -> None:
    assert part in wrong(text)


def test_a_date_stays_the_text_that_stands_there() -> None:
    read = config.parse("dates: {effective: 2026-03-31}\n", File, name="p")

    assert read.dates == {"effective": "2026-03-31"}


def test_a_percentage_is_a_fraction() -> None:
    read = config.parse("limits: {rejected: 2.5%}\n", File, name="p")

    assert read.limits.rejected == pytest.approx(0.025)


@pytest.mark.parametrize("share", ["x%", "%", "-1%", "101%", "nan"])
def test_what_is_no_share_is_an_error_of_the_file_and_no_crash(share: str) -> None:
    assert "limits.rejected" in wrong(f"limits:\n  rejected: '{share}'\n")


def test_settings_are_frozen() -> None:
    read = config.parse("name: a\n", File, name="p")

    with pytest.raises(ValueError, match="frozen"):
        read.name = "b"  # type: ignore[misc]


def test_equal_settings_have_equal_fingerprints_whether_defaults_are_written_or_not() -> None:
    short, long = (config.parse(t, Limits, name="p") for t in ("{}", "seconds: 1.0\n"))

    assert config.fingerprint(short) == config.fingerprint(long)
    assert config.fingerprint(short) != config.fingerprint(Limits(seconds=2))
    assert config.fingerprint(short) != config.fingerprint(File())


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"name: caf\xe9\n")

    with pytest.raises(ConfigError, match=r"none\.yaml: cannot be read: No such file"):
        config.load(tmp_path / "none.yaml", File)
    with pytest.raises(ConfigError, match=r"latin\.yaml: cannot be read: it is not UTF-8"):
        config.load(tmp_path / "latin.yaml", File)
