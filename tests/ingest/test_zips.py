"""The guard before every zip file: what it lets through, what it refuses and why."""

from __future__ import annotations

import io
import os
import struct
import zipfile

import pytest
from fuzz_hostile import OUTSIDE, hostile
from fuzz_mutations import zip_end, zip_entry
from hypothesis import given
from hypothesis import strategies as st
from made_files import LEAD, zipped

from dateline.ingest.zips import FLOOR, Bounds, RefusedZipError, opened_zip, unsafe_name

FILES = dict(hostile())


def refusal(data: bytes, bounds: Bounds | None = None) -> str:
    with pytest.raises(RefusedZipError) as refused, opened_zip(data, bounds):
        pass
    assert str(refused.value)
    return refused.value.code


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}(/[a-z]{1,8}){0,2}\.txt", fullmatch=True), st.binary(max_size=300)))
def test_what_was_put_in_comes_out(files: dict[str, bytes]) -> None:
    with opened_zip(zipped(files)) as file:
        assert {member.name: file.read(member.name) for member in file.members} == files
        assert file.refused == ()


def test_a_member_is_read_as_a_stream() -> None:
    content = os.urandom(300_000)
    with opened_zip(io.BytesIO(zipped({"a.bin": content}))) as file, file.open("a.bin") as stream:
        assert b"".join(iter(lambda: stream.read(7_000), b"")) == content


def test_names_that_lead_outside_links_and_devices_are_told() -> None:
    with opened_zip(FILES["outside.zip"]) as file:
        assert [member.name for member in file.members] == ["~/out.txt"]
        assert {bad.code for bad in file.refused} == {"unsafe_path"}
        assert len(file.refused) == len(OUTSIDE) - 1
    with opened_zip(FILES["link.zip"]) as file:
        assert not file.members
        assert file.refused[0].reason == "a link or a device, not a file"
    assert unsafe_name("a/b..c/d.txt") is None


@pytest.mark.parametrize(
    ("name", "code"), [("many.zip", "too_large"), ("far.zip", "bad_file"), ("locked.zip", "encrypted")]
)
def test_what_is_refused_as_a_whole(name: str, code: str) -> None:
    assert refusal(FILES[name]) == code


def test_a_bomb_is_told_before_it_is_unpacked_and_its_neighbours_are_read() -> None:
    data = zipped({"a.txt": LEAD, "bomb.txt": bytes(FLOOR + 1), "c.bin": os.urandom(200_000)})
    with opened_zip(data) as file:
        assert [bad.code for bad in file.refused] == ["bomb"]
        assert file.read("a.txt") == LEAD.encode()


def test_many_members_over_the_same_bytes_are_a_bomb() -> None:
    content = bytes(900_000)
    entry, _ = zip_entry(b"00000", content)
    listed = b"".join(zip_entry(b"%05d" % number, content)[1] for number in range(2_000))
    assert refusal(entry + listed + zip_end(2_000, len(listed), len(entry))) == "bomb"


def test_bounds_of_one_and_of_all() -> None:
    data = zipped({"a.bin": os.urandom(5_000), "b.bin": os.urandom(50)})
    with opened_zip(data, Bounds(member_bytes=1_000)) as file:
        assert [(bad.name, bad.code) for bad in file.refused] == [("a.bin", "too_large")]
    assert refusal(data, Bounds(total_bytes=5_000)) == "too_large"
    assert refusal(data, Bounds(members=1)) == "too_large"


def test_a_member_that_lies_of_its_size_never_becomes_longer() -> None:
    with opened_zip(FILES["lying.zip"]) as file, pytest.raises(RefusedZipError) as refused:
        file.read("a.txt")
    assert refused.value.code == "bad_file"


def test_a_second_member_of_a_name_and_unknown_packing_are_told() -> None:
    out = io.BytesIO()
    with pytest.warns(UserWarning), zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", "first")
        file.writestr("a.txt", "second")
        file.writestr("b.txt", "packed", compress_type=zipfile.ZIP_LZMA)
    with opened_zip(out.getvalue()) as guarded:
        assert guarded.read("a.txt") == b"first"
        assert [bad.code for bad in guarded.refused] == ["twice", "bad_file"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32"])
def test_xml_with_a_document_type_is_refused(encoding: str) -> None:
    xml = "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".encode(encoding)
    with opened_zip(zipped({"a.xml": xml, "b.xml": "<a/>"})) as file:
        assert file.xml("b.xml") == b"<a/>"
        with pytest.raises(RefusedZipError):
            file.xml("a.xml")


def test_no_zip_file_and_half_of_one() -> None:
    whole = zipped({"a.txt": LEAD})
    for data in (b"", b"PK\x03\x04", whole[: len(whole) // 2], struct.pack("<I", 0x06054B50)):
        assert refusal(data) == "bad_file"
