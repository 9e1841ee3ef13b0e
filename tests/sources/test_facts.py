"""What is said about a file from outside: the nearest statement wins, key by key."""

from __future__ import annotations

import pytest

from curate.errors import ConfigError
from curate.sources.facts import Facts, compiled, facts_of, is_sidecar, read_sidecar
from curate.sources.settings import Access, SourceSettings
from curate.tables.sources import Label

SOURCE = SourceSettings(
    path=".",
    tenant="acme",
    owner="desk",
    access=Access(groups=("all",)),
    labels={"kind": "page"},
    patterns=("{department}/**/*", "{department}/{owner}/*", "hr/{access}/*"),
)


def said(path: str, **sidecars: str) -> Facts:
    """Return the facts of a path; sidecars by path, `__` for a slash."""
    read = {
        name.replace("__", "/"): read_sidecar(text.encode(), name=name)
        for name, text in sidecars.items()
    }
    return facts_of(path, SOURCE, read)


def labels(facts: Facts) -> dict[str, str]:
    return {label.name: label.value for label in facts.labels}


def test_what_a_source_says_holds_for_all_its_files() -> None:
    facts = said("a.md")

    assert (facts.tenant, facts.owner, facts.access) == ("acme", "desk", ("all",))
    assert facts.labels == (Label("kind", "page"),)


def test_a_pattern_names_parts_of_the_path_and_wins_over_the_source() -> None:
    facts = said("law/jane/a.md")

    assert facts.owner == "jane"
    assert labels(facts) == {"department": "law", "kind": "page"}
    assert said("hr/managers/a.md").access == ("managers",)


def test_folders_win_over_patterns_nearer_folders_over_farther_ones_the_file_over_all() -> None:
    facts = facts_of(
        "law/jane/a.md",
        SOURCE,
        {
            "_meta.yaml": read_sidecar(
                b"owner: top\nauthority: 1\nlabels: {a: top, b: top}", name="0"
            ),
            "law/_meta.yaml": read_sidecar(b"owner: law\nauthority: 2\nlabels: {b: law}", name="1"),
            "law/jane/_meta.yaml": read_sidecar(b"dates: {effective: 2026-01-01}", name="2"),
            "law/jane/a.md.meta.yaml": read_sidecar(b"owner: own\ntenant: t2", name="3"),
            "law/jane/b.md.meta.yaml": read_sidecar(b"owner: another", name="4"),
            "hr/_meta.yaml": read_sidecar(b"owner: another", name="5"),
        },
    )

    assert (facts.owner, facts.tenant, facts.authority) == ("own", "t2", 2)
    assert facts.effective == "2026-01-01"
    assert labels(facts) == {"a": "top", "b": "law", "department": "law", "kind": "page"}


def test_access_is_replaced_and_never_merged() -> None:
    facts = facts_of(
        "a.md", SOURCE, {"_meta.yaml": read_sidecar(b"access: {users: [jo]}", name="s")}
    )
    nobody = facts_of("a.md", SOURCE, {"_meta.yaml": read_sidecar(b"access: {}", name="s")})

    assert facts.access == ("user:jo",)
    assert nobody.access == ()


def test_names_of_groups_and_users_have_no_outer_blanks() -> None:
    access = Access(groups=(" hr", "everyone ", " "), users=(" jo ",))

    assert access.names() == ("everyone", "hr", "user:jo")


def test_access_that_nobody_states_is_none() -> None:
    assert facts_of("a.md", SourceSettings(path="."), {}).access is None


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("a: &x [1]\nb: *x\n", "references"),
        ("acess: {groups: [a]}\n", "Did you mean access (groups, users)?"),
        ("access: {groups: [a], readers: [b]}\n", "access.readers is not a setting"),
        ("access: everyone\n", "access"),
        ("access:\n", "`access:` is empty"),
        ("owner: jo\naccess: ~\n", "`access:` is empty"),
        ("access: {groups: }\n", "access.groups"),
        ("labels: {a: [1]}\n", "labels.a"),
        ("dates: {effective: when Jane Doe returns}\n", "is no date of ISO 8601"),
        ("dates: {created: 2026-13-01}\n", "dates.created"),
        ("a: [\n", "not valid YAML"),
        ("[" * 30_000, "nested too deeply"),
        ("x" * 70_000, "at most 64 KiB"),
        ("", "mapping"),
    ],
)
def test_a_wrong_sidecar_is_an_error_that_names_it_since_it_may_restrict(
    text: str, part: str
) -> None:
    with pytest.raises(ConfigError) as error:
        read_sidecar(text.encode(), name="hr/_meta.yaml")

    assert "hr/_meta.yaml" in str(error.value)
    assert part in str(error.value)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-03-01", "2026-03-01"),
        ("'20260301'", "2026-03-01"),
        ("2026-03-01T09:30:00+02:00", "2026-03-01T07:30:00Z"),
        ("2026-03-01 09:30", "2026-03-01T09:30:00Z"),
        ("''", ""),
    ],
)
def test_dates_of_a_sidecar_are_written_in_one_way(written: str, read: str) -> None:
    said = read_sidecar(f"dates: {{effective: {written}}}".encode(), name="s")

    assert said.dates.effective == read


def test_sidecars_are_told_by_their_names() -> None:
    assert is_sidecar("a/_meta.yaml")
    assert is_sidecar("a/b.pdf.meta.yaml")
    assert is_sidecar("a/_META.yml")
    assert is_sidecar("a/b.pdf.Meta.YAML")
    assert not is_sidecar("a/.meta.yaml")
    assert not is_sidecar("a/meta.yaml")
    assert not is_sidecar("a/x_meta.yaml")


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("**/*", "a.md", True),
        ("**/*", "a/b/c.md", True),
        ("*", "a/b.md", False),
        ("**/.git/**", "x/.git/config", True),
        ("**/.git/**", ".git/new\nline", True),
        ("**/.git/**", "x.git/config", False),
        ("{a}/*.pdf", "hr/x.pdf", True),
        ("{a}/*.pdf", "hr/y/x.pdf", False),
        ("a?c.(md)", "abc.(md)", True),
        ("a?c", "a/c", False),
        ("a+b", "aab", False),
    ],
)
def test_a_glob_means_what_shells_mean(pattern: str, path: str, matches: bool) -> None:  # noqa: FBT001
    assert bool(compiled(pattern).fullmatch(path)) is matches
