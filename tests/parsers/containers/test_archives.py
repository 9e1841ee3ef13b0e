from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.parsers.containers import ContainerLimits, Member, is_container, members

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

ZIP = "application/zip"
TAR = "application/x-tar"
GZ = "application/gzip"
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    GZ: gzip.compress,
    "application/x-bzip2": bz2.compress,
    "application/x-xz": lzma.compress,
}
SMALL = ContainerLimits(expanded=20 * 1024**2, member=16 * 1024**2, ratio=100)


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(files: Mapping[str, bytes], kind: int = tarfile.PAX_FORMAT) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=kind) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def listed(data: bytes, media_type: str, limits: ContainerLimits = SMALL) -> list[Member]:
    return list(members(data, media_type, limits=limits))


def problems(found: list[Member]) -> list[tuple[str, str]]:
    return [(member.path, member.problem) for member in found]


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_a_zip_gives_its_files_in_order_whatever_the_method(method: int) -> None:
    files = {"b/two.txt": b"two" * 5000, "a.txt": b"one", "empty.txt": b""}

    found = listed(zipped(files, method), ZIP)

    assert [(m.path, m.data, m.problem) for m in found] == [(n, d, "") for n, d in files.items()]


@pytest.mark.parametrize("kind", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_tar_gives_its_files_whatever_its_dialect(kind: int) -> None:
    long_name = "/".join(["folder"] * (14 if kind == tarfile.USTAR_FORMAT else 40)) + "/f.txt"
    files = {"a.txt": b"one", long_name: b"two" * 999}

    found = listed(tarred(files, kind), TAR)

    assert [(m.path, m.data) for m in found] == list(files.items())


@pytest.mark.parametrize("packed_as", PACKERS)
@pytest.mark.parametrize("opened_as", PACKERS)
def test_a_packed_tar_is_opened_only_as_what_it_is(packed_as: str, opened_as: str) -> None:
    data = PACKERS[packed_as](tarred({"a.txt": b"one"}))

    found = listed(data, opened_as)

    expected = [b"one"] if packed_as == opened_as else ["corrupt"]
    assert [m.data or m.problem for m in found] == expected


def test_a_packed_file_is_its_one_member_under_its_own_name() -> None:
    buffer = io.BytesIO()
    with gzip.GzipFile("reports/notes.txt", "wb", fileobj=buffer) as packed:
        packed.write(b"hello")

    stored = listed(buffer.getvalue(), GZ)
    named = list(members(bz2.compress(b"hello"), "application/x-bzip2", name="dir/log.csv.bz2"))

    assert [(m.path, m.data) for m in stored] == [("notes.txt", b"hello")]
    assert [(m.path, m.data) for m in named] == [("log.csv", b"hello")]


def test_packed_streams_one_behind_the_other_are_one_file() -> None:
    found = listed(gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 100, GZ)

    assert [m.data for m in found] == [b"one two"]


@pytest.mark.parametrize(
    "name",
    ["../up.txt", "/etc/passwd", "a/../../b.txt", "C:\\temp\\x.txt", "..\\up.txt", "\\\\h\\x"],
)
def test_a_name_that_climbs_out_is_named_and_not_read(name: str) -> None:
    for found in (listed(zipped({name: b"x"}), ZIP), listed(tarred({name: b"x"}), TAR)):
        (member,) = found

        assert member.problem == "climbs_out"
        assert member.data == b""
        assert not member.path.startswith("/")
        assert ".." not in member.path.split("/")


def test_files_of_one_name_both_stay() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name in ("a/Report.txt", "a/Report.txt", "a/Report.txt", "a/report.txt"):
            info = tarfile.TarInfo(name)
            info.size = 1
            archive.addfile(info, io.BytesIO(b"x"))

    found = listed(buffer.getvalue(), TAR)

    assert problems(found) == [
        ("a/Report.txt", ""),
        ("a/Report (2).txt", ""),
        ("a/Report (3).txt", ""),
        ("a/report.txt", ""),
    ]


def test_names_are_normalised_and_read_as_utf8_even_without_the_flag() -> None:
    plain = zipped({"cafe\u0301.txt": b"x"})
    unflagged = plain.replace(
        "cafe\u0301".encode(), b"Gru\xc3\xbe "
    )  # same length, flag cleared below
    at = unflagged.index(b"PK\x01\x02")
    unflagged = unflagged[: at + 9] + b"\0" + unflagged[at + 10 :]

    assert [m.path for m in listed(plain, ZIP)] == ["caf\u00e9.txt"]
    assert [m.path for m in listed(unflagged, ZIP)] == ["Gru\u00fe .txt"]


def test_what_systems_leave_behind_is_named_and_left() -> None:
    names = ["__MACOSX/a.txt", "x/.DS_Store", "Thumbs.db", "x/._a.txt", "desktop.ini"]

    found = listed(zipped({**dict.fromkeys(names, b"x"), "real.txt": b"y"}), ZIP)

    assert problems(found) == [*((name, "system_file") for name in names), ("real.txt", "")]


SPECIAL = (("d", tarfile.CHRTYPE), ("b", tarfile.BLKTYPE), ("p", tarfile.FIFOTYPE))


def test_links_and_devices_are_never_followed() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind in (("s", tarfile.SYMTYPE), ("h", tarfile.LNKTYPE), *SPECIAL):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("after.txt")
        info.size = 2
        archive.addfile(info, io.BytesIO(b"ok"))
    link = zipfile.ZipInfo("link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    pipe = zipfile.ZipInfo("pipe")
    pipe.create_system, pipe.external_attr = 3, 0o010644 << 16
    zip_buffer = io.BytesIO()
    with zipfile.ZipFile(zip_buffer, "w") as zip_archive:
        zip_archive.writestr(link, "/etc/passwd")
        zip_archive.writestr(pipe, "")

    assert problems(listed(buffer.getvalue(), TAR)) == [
        ("s", "link"),
        ("h", "link"),
        *((name, "special_file") for name, _ in SPECIAL),
        ("after.txt", ""),
    ]
    assert problems(listed(zip_buffer.getvalue(), ZIP)) == [
        ("link", "link"),
        ("pipe", "special_file"),
    ]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bomb_is_stopped_before_it_fills_the_memory(method: int) -> None:
    size = 0x04123456
    bomb = zipped({"bomb.txt": b"\0" * size, "after.txt": b"fine"}, method)
    lying = bomb.replace(struct.pack("<L", size), struct.pack("<L", 1000))
    tracemalloc.start()

    found = listed(lying, ZIP)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert problems(found) == [("bomb.txt", "bomb"), ("after.txt", "")]
    assert peak < 40 * 1024**2


@pytest.mark.parametrize("media_type", PACKERS)
def test_a_packed_bomb_is_stopped(media_type: str) -> None:
    zeros = b"\0" * (64 * 1024**2)
    tar = tarred({"a.txt": b"1", "bomb": zeros, "b.txt": b"2"})

    single = listed(PACKERS[media_type](zeros), media_type)
    within = listed(PACKERS[media_type](tar), media_type)

    assert [m.problem for m in single] == ["bomb"]
    assert [m.problem for m in within] == ["", "bomb"]


def test_many_members_together_are_a_bomb_too_and_the_rest_is_named() -> None:
    files = {f"{n}.bin": bytes([n]) * 8 * 1024**2 for n in range(4)}
    limits = ContainerLimits(expanded=20 * 1024**2, ratio=10**9)

    found = listed(zipped(files), ZIP, limits)

    assert [m.problem for m in found] == ["", "", "bomb", "bomb"]


def test_a_tar_header_cannot_ask_for_memory() -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 8 * 1024**3
    tracemalloc.start()

    found = listed(info.tobuf(tarfile.GNU_FORMAT) + b"\0" * 4096, TAR)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [m.problem for m in found] == ["corrupt"]
    assert peak < 4 * 1024**2


def test_limits_on_members_and_on_depth_are_named() -> None:
    data = zipped({f"{n}.txt": b"x" for n in range(5)})

    many = listed(data, ZIP, ContainerLimits(members=3))
    deep = list(members(data, ZIP, limits=ContainerLimits(depth=2), depth=2))
    large = listed(data, ZIP, ContainerLimits(member=0))
    long = listed(data, ZIP, ContainerLimits(name=2))

    assert [m.problem for m in many] == ["", "", "", "too_many"]
    assert [m.problem for m in deep] == ["too_deep"]
    assert {m.problem for m in large} == {"too_large"}
    assert {m.problem for m in long} == {"name_too_long"}


def test_a_wrong_checksum_spoils_one_member_alone() -> None:
    data = zipped({"a.txt": b"AAAA", "b.txt": b"BBBB"}, zipfile.ZIP_STORED)

    found = listed(data.replace(b"AAAA", b"AAXA"), ZIP)

    assert problems(found) == [("a.txt", "corrupt"), ("b.txt", "")]


def test_an_encrypted_member_says_so() -> None:
    data = bytearray(zipped({"a.txt": b"secret"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert problems(listed(bytes(data), ZIP)) == [("a.txt", "encrypted")]


@pytest.mark.parametrize("before", [b"", b"#!/bin/sh\necho unpacks itself\n"])
def test_a_name_that_claims_to_be_utf8_and_is_not_is_the_problem_of_its_file_alone(
    before: bytes,
) -> None:
    names = {"a.txt": b"first", "\u00e9\u00e9.txt": b"x", "z.txt": b"last", "\u00fc.txt": b"good"}
    data = before + zipped(names).replace("\u00e9\u00e9".encode(), b"\xff\xfe\xfd\xfc")

    found = listed(data, ZIP)

    assert [m.problem for m in found] == ["", "not_utf8_name", "", ""]
    assert [m.path for m in found][::2] == ["a.txt", "z.txt"]
    assert [m.data for m in found] == [b"first", b"", b"last", b"good"]


@pytest.mark.parametrize(
    "media_type", ["application/x-7z-compressed", "application/vnd.rar", "x/y"]
)
def test_formats_that_nobody_opens_say_so(media_type: str) -> None:
    assert [m.problem for m in listed(b"7z\xbc\xaf\x27\x1c", media_type)] == ["unsupported"]


def test_archives_are_containers_and_documents_are_not() -> None:
    assert is_container(b"", ZIP)
    assert is_container(b"", "application/mbox")
    assert not is_container(b"", "application/pdf")
    assert not is_container(b"", "message/rfc822")


def test_a_path_and_a_stream_give_what_the_bytes_give(tmp_path: Path) -> None:
    data = zipped({"a.txt": b"one"})
    path = tmp_path / "a.zip"
    path.write_bytes(data)

    assert list(members(path, ZIP)) == listed(data, ZIP) == list(members(io.BytesIO(data), ZIP))


@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30),
        st.binary(max_size=200),
        max_size=8,
    )
)
@settings(max_examples=60, deadline=None)
def test_every_file_of_an_archive_comes_out_once_in_order(files: dict[str, bytes]) -> None:
    files = {name: data for name, data in files.items() if not name.endswith("/")}

    found = listed(zipped(files), ZIP)

    assert len(found) == len(files)
    assert len({m.path for m in found}) == len(found)
    for member, data in zip(found, files.values(), strict=True):
        assert member.data == (b"" if member.problem else data)
        assert not member.path.startswith("/")
        assert ".." not in member.path.split("/")


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_damage_anywhere_ends_in_members_and_never_in_an_exception(data: st.DataObject) -> None:
    kind, original = data.draw(
        st.sampled_from(
            [
                (ZIP, zipped({"a.txt": b"one" * 50, "b.txt": b"two" * 50})),
                (ZIP, zipped({"a.txt": b"one" * 50}, zipfile.ZIP_LZMA)),
                (TAR, tarred({"a.txt": b"one" * 50, "b" * 150: b"two" * 50})),
                (GZ, gzip.compress(tarred({"a.txt": b"one" * 50}))),
                ("application/x-xz", lzma.compress(b"one" * 500)),
            ]
        )
    )
    damaged = bytearray(original)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(damaged)))

    for broken in (bytes(damaged), bytes(damaged[:cut])):
        for member in listed(broken, kind):
            assert member.problem == "" or member.data == b""


@pytest.mark.parametrize("gap", [0, 512, 20 * 512])
def test_an_archive_behind_the_end_of_another_is_read_as_well(gap: int) -> None:
    one, other = tarred({"a.txt": b"1"}), tarred({"b.txt": b"2", "_meta.yaml": b"owner: jo"})
    zeros = b"\0" * gap
    names = [("a.txt", ""), ("b.txt", ""), ("_meta.yaml", "")]

    assert problems(listed(one + zeros + other, TAR)) == names
    for media_type, pack in PACKERS.items():
        assert problems(listed(pack(one) + zeros + pack(other), media_type)) == names
        assert problems(listed(pack(one + zeros + other), media_type)) == names


def test_what_cannot_be_read_behind_the_end_of_an_archive_is_told() -> None:
    tar = tarred({"a.txt": b"1"})
    told = [("a.txt", ""), ("", "corrupt")]

    assert problems(listed(tar + b"hidden" * 100, TAR)) == told
    for media_type, pack in PACKERS.items():
        assert problems(listed(pack(tar + b"hidden" * 100), media_type)) == told
        assert problems(listed(pack(tar) + b"hidden" * 100, media_type)) == told
        assert problems(listed(pack(tar) + tar, media_type)) == told


def test_padding_behind_an_archive_is_no_damage() -> None:
    tar = tarred({"a.txt": b"1"})
    padding = b"\0" * (3 * 1024**2 + 7)

    assert problems(listed(tar + padding, TAR)) == [("a.txt", "")]
    for media_type, pack in PACKERS.items():
        assert problems(listed(pack(tar) + padding, media_type)) == [("a.txt", "")]


def test_a_single_packed_file_is_read_whatever_stands_behind_it() -> None:
    for media_type, pack in PACKERS.items():
        [member] = listed(pack(b"some text") + b"signature", media_type)
        assert (member.data, member.problem) == (b"some text", "")
