"""Archives of reports: what is in them is read as a folder would be, and nothing gets out of them."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest
from fuzz_hostile import hostile
from made_files import LEAD, SECOND, mail, pdf, tarred, zipped

from dateline.ingest import documents
from dateline.ingest.sources import reports
from dateline.ingest.tars import is_tar
from dateline.model import Document, Hints, Issue

FILES = dict(hostile())


def read(name: str, data: bytes) -> tuple[list[Document], list[Issue]]:
    items = list(documents(data, Hints(path=name)))
    return [x for x in items if isinstance(x, Document)], [x for x in items if isinstance(x, Issue)]


def test_a_zip_is_read_like_a_folder(tmp_path: Path) -> None:
    files = {
        "b.txt": LEAD.encode(),
        "a/c.txt": SECOND.encode(),
        "empty.txt": b"",
        ".hidden": b"x",
        "__MACOSX/._b": b"x",
    }
    for name, content in files.items():
        (tmp_path / "folder" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / name).write_bytes(content)
    (tmp_path / "some.zip").write_bytes(zipped(files))
    found = [list(reports([tmp_path / name], Hints(outlet="Post"))) for name in ("folder", "some.zip")]
    texts = [sorted(item.text for item in some if isinstance(item, Document)) for some in found]
    assert texts[0] == texts[1] == sorted([LEAD, SECOND])
    assert [item.path for item in found[1] if isinstance(item, Issue)] == [f"{tmp_path}/some.zip/empty.txt"]
    assert {item.outlet for item in found[1] if isinstance(item, Document)} == {"Post"}


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("name", ["a.txt", "folder/" * 20 + "a.txt", "é/" * 60 + "ü.txt"])
def test_tar_archives_of_every_form(form: int, name: str) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form, encoding="utf-8") as archive:
        for entry_name, content in ((name, LEAD), ("b.txt", SECOND)):
            entry = tarfile.TarInfo(entry_name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content.encode()))
    assert is_tar(out.getvalue()[:512])
    for path, data in (("x.tar", out.getvalue()), ("x.tgz", gzip.compress(out.getvalue()))):
        found, issues = read(path, data)
        assert [item.text for item in found] == [LEAD, SECOND]
        assert issues == []


def test_one_file_packed_by_gzip() -> None:
    assert [item.text for item in read("r.txt.gz", gzip.compress(LEAD.encode()))[0]] == [LEAD]
    assert len(read("r.jsonl.gz", gzip.compress(b'{"text": "%s"}\n' % LEAD.encode() * 3))[0]) == 3
    assert [item.text for item in read("no-name", gzip.compress(LEAD.encode()))[0]] == [LEAD]


def test_archives_in_archives_are_read_two_deep() -> None:
    data = zipped({"deepest.txt": LEAD})
    for depth in range(4):
        found, issues = read("a.zip", data)
        assert (len(found), [issue.code for issue in issues]) == ((1, []) if depth <= 2 else (0, ["nested"]))
        data = zipped({"inner.zip": data})


def test_mails_and_pdfs_in_archives() -> None:
    found, issues = read("a.zip", zipped({"m.eml": mail(attached={"p.pdf": pdf(pages=1)}), "n.pdf": pdf(pages=1)}))
    assert [item.title is not None for item in found] == [True, True, True]
    assert issues == []


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("bomb.zip", {"bomb"}), ("bomb.tgz", {"bomb"}), ("bomb.txt.gz", {"bomb"}), ("streams.gz", {"bad_file"}),
        ("twice.gz", {"nested"}), ("half.gz", {"bad_file"}), ("outside.zip", {"unsafe_path"}),
        ("outside.tar", {"unsafe_path"}), ("links.tar.gz", {"unsafe_path"}), ("locked.zip", {"encrypted"}),
        ("nothing.zip", {"empty"}), ("pax.tar", {"empty"}),
    ],
)  # fmt: skip
def test_what_is_refused_in_words(name: str, codes: set[str]) -> None:
    _, issues = read(name, FILES[name])
    assert {issue.code for issue in issues} == codes
    assert all(issue.message and (issue.path or "").startswith(name) for issue in issues)


def test_damage_in_the_middle_keeps_what_came_before() -> None:
    data = gzip.decompress(tarred({"a.txt": LEAD.encode(), "b.txt": SECOND.encode()}))
    found, issues = read("a.tar", data[:1024] + b"\x55" * 512 + data[1536:])
    assert [item.text for item in found] == [LEAD]
    assert [issue.code for issue in issues] == ["bad_file"]
