"""Files made worse: what chance does to bytes, and what somebody who knows the format would do. Seeded."""

from __future__ import annotations

import gzip
import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

NASTY = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\xaf", b"]]>", b"<!--", b"<![CDATA[", b"&#0;", b"&x;",
    b"\x1b[2J", "\u202e".encode(), b'"', b"'", b"\r", b"\n\n\n", b"=cmd|' /C calc'!A0", b"../../../../tmp/x", b"%00",
    b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>", b"-1", b"99999999999999999999", b"1e999", b"NaN",
)  # fmt: skip
LONGEST = 2_000_000

Change = Callable[[random.Random, bytes], bytes]


def flipped(chance: random.Random, data: bytes) -> bytes:
    """Some bits the other way round."""
    result = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64))):
        if result:
            result[chance.randrange(len(result))] ^= 1 << chance.randrange(8)
    return bytes(result)


def cut(chance: random.Random, data: bytes) -> bytes:
    """The beginning or the end only."""
    place = chance.randrange(len(data) + 1)
    return data[:place] if chance.random() < 0.7 else data[place:]


def doubled(chance: random.Random, data: bytes) -> bytes:
    """A part once, twice or many times more."""
    start = chance.randrange(len(data) + 1)
    part = data[start : start + chance.choice((1, 10, 100, 1000))]
    times = chance.choice((1, 2, 50, 2000))
    return (data[:start] + part * times + data[start:])[:LONGEST]


def dropped(chance: random.Random, data: bytes) -> bytes:
    """Without a part."""
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.choice((1, 4, 30, 300)) :]


def mixed(chance: random.Random, data: bytes) -> bytes:
    """Two parts in each other's place."""
    first, second = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    length = chance.choice((1, 8, 100))
    return data[:first] + data[second : second + length] + data[first + length : second] + data[first : first + length]


def sprinkled(chance: random.Random, data: bytes) -> bytes:
    """Random or nasty bytes put in."""
    for _ in range(chance.choice((1, 3, 10))):
        place = chance.randrange(len(data) + 1)
        some = chance.choice(NASTY) if chance.random() < 0.7 else chance.randbytes(chance.randrange(1, 40))
        data = data[:place] + some + data[place:]
    return data


def numbered(chance: random.Random, data: bytes) -> bytes:
    """Another number in place of one, a huge or a negative one."""
    found = list(re.finditer(rb"\d+", data[:200_000]))
    if not found:
        return data
    hit = chance.choice(found)
    other = chance.choice((b"0", b"-1", b"1", b"65536", b"2147483648", b"9" * 30, b"1e400", b"9" * 5000))
    return data[: hit.start()] + other + data[hit.end() :]


def rewrapped(chance: random.Random, data: bytes) -> bytes:
    """In another encoding, or with other line ends."""
    text = data.decode("utf-8", "replace")
    encoding = chance.choice(("utf-16", "utf-16-be", "utf-32", "utf-8-sig", "cp037", "utf-7", "latin-1"))
    if chance.random() < 0.3:
        return data.replace(b"\n", chance.choice((b"\r", b"\r\n", b"\x0b", b"\xe2\x80\xa8", b"")))
    return text.encode(encoding, "replace")


def nested(chance: random.Random, data: bytes) -> bytes:
    """A tag or bracket many times in itself."""
    depth = chance.choice((50, 300, 5000))
    tags = re.findall(rb"<([a-zA-Z][\w:]*)[^<>]*>", data[:100_000]) or [b"a"]
    tag = chance.choice(tags)
    inside = b"<" + tag + b">" if b"<" in data else chance.choice((b"[", b'{"a":', b"(", b"<<", b"> "))
    place = chance.randrange(len(data) + 1)
    return data[:place] + inside * depth + data[place:]


PLAIN: tuple[Change, ...] = (flipped, cut, doubled, dropped, mixed, sprinkled, numbered, rewrapped, nested)


def in_zip(chance: random.Random, data: bytes) -> bytes:
    """A zip file one of whose members was made worse, with the sum that fits it: so that its reader gets to see it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            members = [(info.filename, file.read(info)) for info in file.infolist()]
    except (zipfile.BadZipFile, ValueError, OSError, zlib.error, NotImplementedError, RuntimeError):
        return flipped(chance, data)
    if not members:
        return data
    chosen = chance.randrange(len(members))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for number, (name, content) in enumerate(members):
            worse = chance.choice(PLAIN)(chance, content) if number == chosen else content
            if number == chosen and chance.random() < 0.1:
                name = chance.choice(("../out.txt", "/tmp/out.txt", "C:\\out.txt", "a\x00b", "x" * 3000, name + "/"))
            file.writestr(zipfile.ZipInfo(name), worse, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def in_gzip(chance: random.Random, data: bytes) -> bytes:
    """A gzip file whose content was made worse."""
    try:
        inside = gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        return flipped(chance, data)
    worse = chance.choice(PLAIN)(chance, inside)
    if len(worse) >= 512 and worse[257:262] == b"ustar":
        head = bytearray(worse[:512])
        head[148:156] = b" " * 8
        head[148:156] = b"%06o\x00 " % sum(head)
        worse = bytes(head) + worse[512:]
    return gzip.compress(worse, mtime=0)


def worsened(chance: random.Random, data: bytes) -> bytes:
    """One to three changes, those that fit the bytes more often."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        changes: list[Change] = list(PLAIN)
        if data.startswith(b"PK"):
            changes += [in_zip] * 20
        if data.startswith(b"\x1f\x8b"):
            changes += [in_gzip] * 12
        data = chance.choice(changes)(chance, data)[:LONGEST]
    return data


def cases(seeds: list[tuple[str, bytes]], *, seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """So many worsened files, each by its name; now and then under the name of another format."""
    chance = random.Random(seed)
    names = [name for name, _ in seeds] + ["a.html", "b.pdf", "c.eml", "d.csv", "e.xlsx", "f.zip", "g", "h.tar.gz"]
    for _ in range(count):
        name, data = chance.choice(seeds)
        if chance.random() < 0.1:
            name = chance.choice(names)
        yield name, worsened(chance, data)


def zip_entry(
    name: bytes, content: bytes, *, size: int | None = None, flags: int = 0, offset: int = 0
) -> tuple[bytes, bytes]:
    """A member of a zip file and its line in the list of members, as bytes, with whatever is claimed of it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    told = len(content) if size is None else size
    common = struct.pack(
        "<HHHHHIIIHH", 20, flags, 8, 0, 0x21, zlib.crc32(content), len(packed), told & 0xFFFFFFFF, len(name), 0
    )
    return (
        b"PK\x03\x04" + common + name + packed,
        b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, offset) + name,
    )


def zip_end(count: int, size: int, offset: int) -> bytes:
    """The end of a zip file: how many members are listed, in how many bytes, from where."""
    return b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count & 0xFFFF, count & 0xFFFF, size, offset, 0)
