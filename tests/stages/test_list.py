"""Listing: every file is a row, and bytes decide what changed."""

from __future__ import annotations

import gzip
import os
import time
import zipfile
from typing import TYPE_CHECKING

import pytest

from curate.errors import ConfigError
from curate.pipeline.intake.listings import places_of
from curate.pipeline.settings import PipelineSettings
from curate.sources.settings import Access, SourceSettings
from curate.sources.walk import Entry, walk
from curate.stages.list import NO_PRODUCT, Place, Seen, list_sources

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(32)
OLD = 1_700_000_000.0


def listed(
    folder: Path, known: dict[str, Seen] | None = None, since: float = 0.0
) -> dict[str, Seen]:
    place = Place(SourceSettings(path="share"), str(folder))
    held = {seen.listed.address: seen.listed for seen in (known or {}).values()}
    found = list_sources([place], known=held, key=KEY, since=since)
    return {seen.source.path: seen for seen in found}


def write(path: Path, text: str, *, when: float = OLD) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (when, when))
    return path


def test_every_file_is_a_row_and_sidecars_are_none(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "x")
    write(tmp_path / "b/_meta.yaml", "owner: jo")
    write(tmp_path / "b/c.md", "y")
    (tmp_path / "link").symlink_to("/etc/passwd")

    found = listed(tmp_path)

    assert sorted(found) == ["a.md", "b/c.md", "link"]
    assert found["b/c.md"].source.owner == "jo"
    assert found["link"].source.problem == "link"
    assert found["link"].source.version == bytes(16)


def test_a_file_over_the_limit_is_not_read_and_a_smaller_one_in_its_place_is(
    tmp_path: Path,
) -> None:
    large = tmp_path / "a.md"
    with large.open("wb") as file:
        file.truncate(20 << 30)
    place = Place(SourceSettings(path="share"), str(tmp_path), most_bytes=1 << 20)

    started = time.monotonic()
    (seen,) = list_sources([place], known={}, key=KEY, since=0.0)

    assert time.monotonic() - started < 2
    assert (seen.source.problem, seen.source.version) == ("too_large", bytes(16))
    write(large, "x")
    known = {seen.listed.address: seen.listed}
    (again,) = list_sources([place], known=known, key=KEY, since=time.time())
    assert (again.source.problem, again.read) == ("", True)


def test_a_file_over_the_limit_that_was_read_under_another_one_is_too_large(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "x" * 100)
    places = [
        Place(SourceSettings(path="share"), str(tmp_path), most_bytes=most) for most in (100, 99)
    ]

    (first,) = list_sources(places[:1], known={}, key=KEY, since=0.0)
    known = {first.listed.address: first.listed}
    (again,) = list_sources(places[1:], known=known, key=KEY, since=time.time())

    assert (first.source.problem, again.source.problem) == ("", "too_large")


def test_an_archive_over_the_limit_is_read_for_what_it_holds(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b.md", "x" * 100)
    place = Place(SourceSettings(path="share"), str(tmp_path), most_bytes=10)

    (seen,) = list_sources([place], known={}, key=KEY, since=0.0)

    assert seen.source.problem == ""


STATED = "access: {groups: [hr]}\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_mata.yaml", STATED),
        ("_metayaml", STATED),
        ("_meta,yaml", STATED),
        ("_meta.xml", STATED),
        ("_acl.yaml", STATED),
        ("_permissions.yaml", STATED),
        ("_mata.yaml.txt", STATED),
        ("_mata.txt", STATED),
        (".rights.TXT", STATED),
        ("rights.yaml.txt", STATED),
        ("rights.yaml.old.txt", STATED),
        ("mata.ymal.txt", STATED),
        ("rights_json.txt", '{"access": {"groups": ["hr"]}}'),
        ("_mta.json", '{\n\t"access": {"groups": ["hr"]}\n}'),
        ("rights.toml", 'tenant = "one"\n[access]\ngroups = ["hr"]\n'),
    ],
)
def test_a_statement_of_access_under_any_name_closes_what_lies_beside_and_below(
    tmp_path: Path, name: str, text: str
) -> None:
    for path in ("hr/a.md", "hr/deep/b.md", "c.md"):
        write(tmp_path / path, "x")
    write(tmp_path / "hr" / name, text)

    found = {path: seen.source for path, seen in listed(tmp_path).items()}

    assert found["hr/a.md"].problem == found["hr/deep/b.md"].problem == "bad_sidecar"
    assert found["c.md"].problem == ""
    assert found[f"hr/{name}"].use == NO_PRODUCT


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_statement_closes_in_the_encodings_that_editors_save_in(
    tmp_path: Path, encoding: str
) -> None:
    write(tmp_path / "hr/a.md", "x")
    (tmp_path / "hr/rights.yaml").write_bytes(STATED.encode(encoding))

    assert listed(tmp_path)["hr/a.md"].source.problem == "bad_sidecar"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("values.yaml", "access: {groups: [hr]}\nreplicas: 3\n"),
        ("app.yaml", "owner: jo\n"),
        ("notes.md", STATED),
        ("notes.txt", STATED),
        ("_notes.txt", "Who has access: all of us.\n"),
        ("_a_name_that_is_too_long_for_a_sidecar.txt", STATED),
        ("app.json", '{"access": "log"}'),
        ("LICENSE", "access to this text"),
    ],
)
def test_a_file_that_says_anything_else_is_a_document(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path / "a.md", "x")
    write(tmp_path / name, text)

    found = listed(tmp_path)

    assert found["a.md"].source.problem == ""
    assert found[name].source.use != NO_PRODUCT


def test_an_untouched_file_is_not_read_again(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "x")
    first = listed(tmp_path)

    again = listed(tmp_path, first, since=time.time())

    assert (first["a.md"].read, again["a.md"].read) == (True, False)
    assert again["a.md"].source == first["a.md"].source


def test_a_file_as_young_as_the_listing_is_read_again(tmp_path: Path) -> None:
    since = time.time()
    path = write(tmp_path / "a.md", "one", when=since)
    first = listed(tmp_path)
    status = path.stat()
    with path.open("r+") as file:  # the same length, the same second, the same file
        file.write("two")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    again = listed(tmp_path, first, since=since)

    assert again["a.md"].read
    assert again["a.md"].source.version != first["a.md"].source.version


def test_a_change_that_hides_its_time_and_size_is_noticed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", "one")
    first = listed(tmp_path)
    write(path, "two")

    again = listed(tmp_path, first, since=time.time())

    assert again["a.md"].source.version != first["a.md"].source.version


@pytest.mark.parametrize(
    ("path", "kind", "reason"),
    [
        ("z.docx", "link", "link"),
        ("folder", "link", "link"),
        ("z.docx", "pipe", "special_file"),
        ("_meta.yaml", "link", "bad_sidecar"),
        ("_meta.yaml", "pipe", "bad_sidecar"),
        ("z.docx", "anew", ""),
    ],
)
def test_what_took_the_place_of_a_file_after_the_walk_is_neither_followed_nor_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, path: str, kind: str, reason: str
) -> None:
    share, outside = tmp_path / "share", tmp_path / "outside"
    for name in ("share/z.docx", "share/folder/a.md", "outside/a.md"):
        write(tmp_path / name, f"PK {name}")
    write(share / "_meta.yaml", "owner: jo")

    def walked(*given: object, **options: object) -> list[Entry]:
        found = list(walk(*given, **options))  # type: ignore[arg-type]
        (share / path).rename(tmp_path / "old")
        if kind == "link":
            (share / path).symlink_to(outside if path == "folder" else outside / "a.md")
        elif kind == "pipe":
            os.mkfifo(share / path)
        else:
            write(share / path, "PK saved anew")
        return found

    monkeypatch.setattr("curate.stages.list.walk", walked)
    problems = {name: seen.source.problem for name, seen in listed(share).items()}

    touched = "folder/a.md" if path == "folder" else path
    every = ("z.docx", "folder/a.md") if path == "_meta.yaml" else (touched,)
    assert {name: problem for name, problem in problems.items() if problem} == (
        dict.fromkeys(every, reason) if reason else {}
    )


def test_equal_bytes_have_equal_versions_under_different_addresses(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "same")
    write(tmp_path / "b.md", "same")

    found = listed(tmp_path)

    assert found["a.md"].source.version == found["b.md"].source.version
    assert found["a.md"].source.address != found["b.md"].source.address


def test_a_file_of_a_store_without_a_stamp_is_read_each_time() -> None:
    import fsspec

    files = fsspec.filesystem("memory")
    files.pipe("/unstamped/a.txt", b"one")
    place = Place(SourceSettings(path="memory://unstamped"), "memory://unstamped")
    [first] = list_sources([place], known={}, key=KEY, since=0.0)
    files.pipe("/unstamped/a.txt", b"two")

    known = {first.listed.address: first.listed}
    [again] = list_sources([place], known=known, key=KEY, since=time.time())

    assert again.source.version != first.source.version


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_sidecar_that_is_no_plain_file_is_refused_and_never_opened(
    tmp_path: Path, kind: str
) -> None:
    write(tmp_path / "a.md", "x")
    if kind == "link":
        (tmp_path / "_meta.yaml").symlink_to("/etc/passwd")
    else:
        os.mkfifo(tmp_path / "_meta.yaml")

    assert [one.source.problem for one in listed(tmp_path).values()] == ["bad_sidecar"]


def test_files_under_a_sidecar_that_cannot_be_understood_are_withheld(tmp_path: Path) -> None:
    write(tmp_path / "open.md", "x")
    write(tmp_path / "hr/pay.md", "y")
    write(tmp_path / "hr/_meta.yaml", "acess: {groups: [hr]}")

    problems = {path: one.source.problem for path, one in listed(tmp_path).items()}

    assert problems == {"open.md": "", "hr/pay.md": "bad_sidecar"}


HR = "access: {groups: [hr]}"


@pytest.mark.parametrize(
    "name", ["_meta.yml", "_META.yaml", "_Meta.YML", "pay.md.meta.yml", "pay.md.META.yaml"]
)
def test_a_sidecar_in_another_spelling_states_access_as_any_other(
    tmp_path: Path, name: str
) -> None:
    write(tmp_path / "open.md", "x")
    write(tmp_path / "hr/pay.md", "y")
    write(tmp_path / "hr" / name, HR)

    found = listed(tmp_path)

    assert sorted(found) == ["hr/pay.md", "open.md"]
    pay = found["hr/pay.md"].source
    assert (pay.stated, pay.access, pay.problem) == (True, ("hr",), "")
    assert not found["open.md"].source.stated


@pytest.mark.parametrize(
    "name",
    [
        "_meta.yaml.txt",
        "_meta.yaml~",
        ".meta.yaml",
        "meta.yaml",
        "_metadata.yaml",
        "_meta (2).yaml",
        "_meta.json",
        "pay.meta.yaml",
        "PAY.md.meta.yaml",
        "pay.md.meta.yaml.bak",
        "pay_meta.yaml",
        "_meta.yaml ",
        "~_meta.yaml",
        "Copy of _meta.yaml",
        "Copy of pay.md.meta.yaml",
        "\uff3fmeta.yaml",
        "_meta.yaml.enc",
        ".pay.md.meta.yaml",
        "pay.md .meta.yaml",
        "pay (1).md.meta.yaml",
        "_access.yaml",
        "pay.md.access.json",
        "pay.md.meta",
        "pay.md.yaml",
        "_m\u0435ta.yaml",
        "_meta\u200b.yaml",
        "_meta.yamI",
    ],
)
def test_what_only_looks_like_a_sidecar_and_states_access_closes_what_it_seems_to_speak_of(
    tmp_path: Path, name: str
) -> None:
    write(tmp_path / "open.md", "x")
    write(tmp_path / "hr/pay.md", "y")
    write(tmp_path / "hr" / name, '{"access": {"groups": ["hr"]}}')

    found = listed(tmp_path)

    problems = {path: one.source.problem for path, one in found.items()}
    assert problems == {"open.md": "", "hr/pay.md": "bad_sidecar", f"hr/{name}": ""}
    assert found[f"hr/{name}"].source.use == NO_PRODUCT


def test_what_looks_like_a_sidecar_is_seen_whatever_the_source_includes(tmp_path: Path) -> None:
    write(tmp_path / "pay.md", "y")
    (tmp_path / "_meta.yaml.txt").write_text(HR, encoding="utf-16")
    place = Place(SourceSettings(path="share", include=("*.md",)), str(tmp_path))

    found = list(list_sources([place], known={}, key=KEY, since=0.0))

    problems = {one.source.path: one.source.problem for one in found}
    assert problems == {"pay.md": "bad_sidecar", "_meta.yaml.txt": ""}


def test_a_pattern_that_leaves_out_what_only_looks_like_a_sidecar_opens_nothing(
    tmp_path: Path,
) -> None:
    write(tmp_path / "hr/pay.md", "y")
    write(tmp_path / "hr/_meta.yaml.txt", HR)
    settings = SourceSettings(path="share", exclude=("hr/_meta.yaml.txt",))

    found = list(list_sources([Place(settings, str(tmp_path))], known={}, key=KEY, since=0.0))

    assert [(one.source.path, one.source.problem) for one in found] == [
        ("hr/pay.md", "bad_sidecar")
    ]


@pytest.mark.parametrize("name", ["_meta.yaml", "_META.yml", "pay.md.meta.yaml"])
def test_a_source_that_is_one_file_has_the_sidecars_beside_it(tmp_path: Path, name: str) -> None:
    write(tmp_path / "pay.md", "y")
    write(tmp_path / name, HR)
    write(tmp_path / "other.md.meta.yaml", "access: {groups: [law]}")

    (pay,) = listed(tmp_path / "pay.md").values()

    assert (pay.source.path, pay.source.access, pay.source.problem) == ("pay.md", ("hr",), "")


def test_a_source_that_is_one_file_is_closed_by_what_only_looks_like_its_sidecar(
    tmp_path: Path,
) -> None:
    write(tmp_path / "pay.md", "y")
    write(tmp_path / "Copy of pay.md.meta.yaml", HR)

    assert [one.source.problem for one in listed(tmp_path / "pay.md").values()] == ["bad_sidecar"]


def test_a_file_of_a_store_has_the_sidecars_beside_it() -> None:
    import fsspec

    files = fsspec.filesystem("memory")
    files.pipe("/single/pay.md", b"y")
    files.pipe("/single/pay.md.meta.yaml", HR.encode())
    place = Place(SourceSettings(path="memory://single/pay.md"), "memory://single/pay.md")

    [pay] = list_sources([place], known={}, key=KEY, since=0.0)

    assert (pay.source.path, pay.source.access) == ("pay.md", ("hr",))


def test_a_sidecar_above_a_source_narrows_it_and_a_nearer_one_counts_alone(tmp_path: Path) -> None:
    write(tmp_path / "_meta.yaml", "access: {groups: [law]}")
    write(tmp_path / "up/_meta.yml", "owner: jo\ntenant: acme\naccess: {groups: [hr]}")
    write(tmp_path / "up/sub/pay.md", "y")
    write(tmp_path / "up/sub/open/a.md", "z")
    write(tmp_path / "up/sub/open/_meta.yaml", "access: {groups: [everyone]}")

    def read(*groups: str) -> dict[str, tuple[str, ...]]:
        access = Access(groups=groups) if groups else None
        place = Place(SourceSettings(path="share", access=access), str(tmp_path / "up/sub"))
        found = list_sources([place], known={}, key=KEY, since=0.0)
        return {one.source.path: one.source.access for one in found}

    assert read("everyone") == {"pay.md": ("hr",), "open/a.md": ("everyone",)}
    assert read("desk") == {"pay.md": (), "open/a.md": ("everyone",)}
    assert read() == {"pay.md": ("hr",), "open/a.md": ("everyone",)}
    pay = listed(tmp_path / "up/sub/pay.md")["pay.md"].source
    assert (pay.tenant, pay.owner) == ("acme", "")


@pytest.mark.parametrize(
    ("sidecar", "said", "access", "problem"),
    [
        ("stands/_meta.yaml", HR, ("hr",), ""),
        ("leads/_meta.yaml", HR, ("hr",), ""),
        ("passed/_meta.yaml", HR, ("hr",), ""),
        ("stands/_meta.yaml", "access: {", ("everyone",), "bad_sidecar"),
        ("stands/pay.md.meta.yaml", HR, ("hr",), ""),
        ("stands/Copy of pay.md.meta.yaml", HR, ("everyone",), "bad_sidecar"),
        ("stands/other.md.meta.yaml", HR, ("everyone",), ""),
    ],
)
@pytest.mark.parametrize("path", ["stands/pay.md", "stands/docs", "aside/../stands/docs"])
def test_a_source_that_is_reached_by_links_has_the_sidecars_around_them_as_well(
    tmp_path: Path, *, path: str, sidecar: str, said: str, access: tuple[str, ...], problem: str
) -> None:
    write(tmp_path / "leads/docs/pay.md", "y")
    for folder in ("stands", "passed", "aside"):
        (tmp_path / folder).mkdir()
    write(tmp_path / "aside/_meta.yaml", "access: {groups: [law]}")
    of_file = path.endswith(".md")
    (tmp_path / "passed/on").symlink_to("../leads/docs/pay.md" if of_file else "../leads/docs")
    (tmp_path / "stands" / path.rsplit("/", 1)[-1]).symlink_to("../passed/on")
    write(tmp_path / sidecar, said)
    settings = SourceSettings(path=path, access=Access(groups=("everyone",)))
    place = places_of(PipelineSettings(sources=(settings,)), tmp_path)[path]

    [pay] = list_sources([place], known={}, key=KEY, since=0.0)

    speaks = of_file or "pay" not in sidecar
    expected = (access, problem) if speaks else (("everyone",), "")
    assert (pay.source.access, pay.source.problem) == expected


def test_two_ways_to_a_source_narrow_together_and_agree_on_the_tenant(tmp_path: Path) -> None:
    write(tmp_path / "leads/docs/a.md", "y")
    write(tmp_path / "leads/_meta.yaml", "access: {groups: [hr, law]}\ntenant: one")
    write(tmp_path / "stands/_meta.yaml", "access: {groups: [law, it]}\ntenant: one")
    (tmp_path / "stands/docs").symlink_to(tmp_path / "leads/docs")
    settings = PipelineSettings(sources=(SourceSettings(path="stands/docs"),))
    place = places_of(settings, tmp_path)["stands/docs"]

    [both] = list_sources([place], known={}, key=KEY, since=0.0)
    write(tmp_path / "stands/_meta.yaml", "tenant: two")
    [strange] = list_sources([place], known={}, key=KEY, since=0.0)

    assert (both.source.access, both.source.tenant) == (("law",), "one")
    assert strange.source.access == ()


def test_a_sidecar_above_a_source_that_cannot_be_understood_closes_it(tmp_path: Path) -> None:
    write(tmp_path / "_meta.yaml", "acess: {groups: [hr]}")
    write(tmp_path / "sub/pay.md", "y")

    assert listed(tmp_path / "sub")["pay.md"].source.problem == "bad_sidecar"


def test_a_pattern_that_leaves_yaml_files_out_opens_nothing_to_others(tmp_path: Path) -> None:
    write(tmp_path / "pay.md", "y")
    write(tmp_path / "_meta.yaml", HR)
    place = Place(SourceSettings(path="share", exclude=("**/*.yaml",)), str(tmp_path))

    found = list(list_sources([place], known={}, key=KEY, since=0.0))

    assert [(one.source.path, one.source.access) for one in found] == [("pay.md", ("hr",))]


def test_a_backup_beside_a_sidecar_that_states_access_closes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "pay.md", "y")
    write(tmp_path / "_meta.yaml", "access: {groups: [law]}")
    write(tmp_path / "_meta.yaml~", HR)

    pay = listed(tmp_path)["pay.md"].source

    assert (pay.access, pay.problem) == (("law",), "")


def test_what_another_system_writes_beside_a_sidecar_closes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "pay.md", "y")
    write(tmp_path / "pay.md.meta.yaml", "owner: jo")
    write(tmp_path / "._pay.md.meta.yaml", "\0\5\x16\7 Mac OS X")
    write(tmp_path / ".__meta.yaml", "\0\5\x16\7 Mac OS X")

    pay = listed(tmp_path)["pay.md"].source

    assert (pay.owner, pay.problem) == ("jo", "")


def test_settings_of_others_that_only_mention_access_close_nothing(tmp_path: Path) -> None:
    write(tmp_path / "pay.md", "y")
    write(tmp_path / "meta.yaml", "package: {name: a}\naccess: {groups: [hr]}")
    write(tmp_path / "_meta.yaml.bak", "owner: jo\n# access: {groups: [hr]}")

    assert not any(one.source.problem for one in listed(tmp_path).values())


@pytest.mark.parametrize("other", ["access: {groups: [law]}", "acess: x"])
def test_two_sidecars_of_one_folder_that_differ_close_it(tmp_path: Path, other: str) -> None:
    write(tmp_path / "pay.md", "y")
    write(tmp_path / "_meta.yaml", HR)
    write(tmp_path / "_meta.yml", other)

    assert [one.source.problem for one in listed(tmp_path).values()] == ["bad_sidecar"]


def test_a_sidecar_whose_file_is_gone_is_a_row_and_closes_no_other_file(tmp_path: Path) -> None:
    write(tmp_path / "here.md", "y")
    write(tmp_path / "gone.md.meta.yaml", HR)

    found = listed(tmp_path)

    assert {path: one.source.problem for path, one in found.items()} == {
        "here.md": "",
        "gone.md.meta.yaml": "",
    }
    assert found["gone.md.meta.yaml"].source.use == NO_PRODUCT


def test_a_sidecar_of_a_file_with_the_name_of_a_folder_closes_the_folder(tmp_path: Path) -> None:
    write(tmp_path / "hr/2026/pay.md", "y")
    write(tmp_path / "hr.meta.yaml", HR)

    assert listed(tmp_path)["hr/2026/pay.md"].source.problem == "bad_sidecar"


def test_a_sidecar_with_an_unfinished_access_line_closes_what_it_speaks_of(tmp_path: Path) -> None:
    write(tmp_path / "pay.md", "y")
    write(tmp_path / "_meta.yaml", "owner: jo\naccess:\n")

    assert listed(tmp_path)["pay.md"].source.problem == "bad_sidecar"


def test_a_source_of_which_nothing_is_included_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "x")
    place = Place(SourceSettings(path="share", include=("*.pdf",)), str(tmp_path))

    with pytest.raises(ConfigError, match=rf"^{tmp_path}: no file there is included by \*\.pdf"):
        list(list_sources([place], known={}, key=KEY, since=0.0))


def test_what_is_nobodys_document_is_passed_over_whatever_else_is_excluded(tmp_path: Path) -> None:
    for name in ("a.md", "drafts/b.md", ".git/config", "web/node_modules/x/readme.md"):
        write(tmp_path / name, "x")

    def paths(**said: object) -> list[str]:
        settings = SourceSettings.model_validate({"path": "share", **said})
        found = list_sources([Place(settings, str(tmp_path))], known={}, key=KEY, since=0.0)
        return sorted(seen.source.path for seen in found)

    assert paths() == ["a.md", "drafts/b.md"]
    assert paths(exclude=["**/drafts/**"]) == ["a.md"]
    assert paths(exclude=[]) == ["a.md", "drafts/b.md"]
    assert paths(include=["**/*", ".git/**"]) == [".git/config", "a.md", "drafts/b.md"]
    assert paths(include=["**/node_modules/**"]) == ["web/node_modules/x/readme.md"]
    assert paths(include=["**/*", ".git/**"], exclude=["**/.git/**"]) == ["a.md", "drafts/b.md"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("_meta.toml", b'[access]\ngroups = ["hr"]\n'),
        ("_meta.yaml.gz", gzip.compress(HR.encode(), mtime=0)),
        ("_metadata.yaml", b"tenant: acme\n"),
    ],
)
def test_what_says_who_may_read_in_another_form_closes_what_it_seems_to_speak_of(
    tmp_path: Path, name: str, data: bytes
) -> None:
    write(tmp_path / "hr/pay.md", "y")
    (tmp_path / "hr" / name).write_bytes(data)

    assert listed(tmp_path)["hr/pay.md"].source.problem == "bad_sidecar"


def test_a_folder_that_is_called_as_a_sidecar_closes_the_one_it_lies_in(tmp_path: Path) -> None:
    write(tmp_path / "open.md", "x")
    write(tmp_path / "hr/pay.md", "y")
    write(tmp_path / "hr/_meta.yaml/x.md", "z")

    problems = {path: one.source.problem for path, one in listed(tmp_path).items()}

    assert problems["open.md"] == ""
    assert problems["hr/pay.md"] == "bad_sidecar"


def test_a_sidecar_in_a_folder_with_another_blank_at_its_end_closes_the_other(
    tmp_path: Path,
) -> None:
    write(tmp_path / "hr/pay.md", "y")
    write(tmp_path / "hr /_meta.yaml", HR)

    assert listed(tmp_path)["hr/pay.md"].source.problem == "bad_sidecar"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pay.md.yaml", "title: Pay\naccess: by train\n"),
        ("service.prod.yaml", "access: {log: true}\nport: 80\n"),
        ("access.yaml", "rules: [allow]\n"),
        ("page.meta", "owner: jo\n"),
        ("meta.toml", "[package]\nname = 'access'\n"),
    ],
)
def test_documents_with_names_like_those_of_statements_close_nothing(
    tmp_path: Path, name: str, text: str
) -> None:
    write(tmp_path / "pay.md", "y")
    write(tmp_path / "service.prod", "y")
    write(tmp_path / "page", "y")
    write(tmp_path / name, text)

    found = listed(tmp_path)

    assert not any(one.source.problem for one in found.values())
    assert found[name].source.use != NO_PRODUCT
