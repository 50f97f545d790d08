"""Web archives of the tests, written by warcio, not by us."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DATE = "2024-05-06T07:08:09Z"
PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="article:published_time" content="2024-05-04T10:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>{title}</h1>
<p>{body}</p><p>The ministry of defence said on Saturday that the soldiers had arrived by air in two groups, and that
more of them would follow before the end of the month. It gave no further details of the mission.</p>
</article></body></html>"""


def page(title: str, body: str) -> bytes:
    """A page with a report of ours."""
    return PAGE.format(title=title, body=body).encode()


NIGER = page("Soldiers arrive in Niger", "Some 100 Russian soldiers are in Niger, the ministry said in a statement.")
CHAD = page("Soldiers leave Chad", "France withdrew 400 soldiers from Chad in January, the army said in a statement.")


def chunked(data: bytes, size: int = 100) -> bytes:
    """The chunked transfer encoding of bytes."""
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


class Archive:
    """A WARC file that is being written."""

    def __init__(self, *, zipped: bool = True, version: str = "1.1") -> None:
        self.out = io.BytesIO()
        self.writer = WARCWriter(self.out, gzip=zipped, warc_version=version)
        self.starts: list[int] = []
        self.number = 0

    def add(  # noqa: PLR0913
        self,
        url: str,
        content: bytes,
        *,
        kind: str = "response",
        media_type: str = "text/html; charset=utf-8",
        status: str = "200 OK",
        headers: Iterable[tuple[str, str]] = (),
    ) -> str:
        """Write a record; its id."""
        self.number += 1
        self.starts.append(self.out.tell())
        identifier = f"<urn:uuid:00000000-0000-4000-8000-{self.number:012}>"
        fields = {"WARC-Record-ID": identifier, "WARC-Date": DATE}
        http = None
        if kind != "resource":
            http = StatusAndHeaders(status, [("Content-Type", media_type), *headers], protocol="HTTP/1.1")
        record = self.writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(content),
            http_headers=http,
            warc_content_type=media_type if kind == "resource" else "",
            warc_headers_dict=fields,
        )
        self.writer.write_record(record)
        return identifier

    def revisit(self, url: str, of: str, *, date: str = "2024-06-01T00:00:00Z", **warc: str) -> None:
        """Write a revisit of an earlier record."""
        self.starts.append(self.out.tell())
        record = self.writer.create_revisit_record(
            url, "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", of, DATE, warc_headers_dict={"WARC-Date": date, **warc}
        )
        self.writer.write_record(record)

    @property
    def data(self) -> bytes:
        """The file as far as it is written."""
        return self.out.getvalue()


def two_pages(*, zipped: bool = True, version: str = "1.1") -> Archive:
    """Two reports, a picture, a page that is not there."""
    made = Archive(zipped=zipped, version=version)
    made.add("https://news.example/niger", NIGER)
    made.add("https://news.example/a.png", b"\x89PNG" + bytes(50), media_type="image/png")
    made.add("https://news.example/none", NIGER, status="404 Not Found")
    made.add("https://news.example/chad", CHAD)
    return made


def wacz(archives: Mapping[str, bytes], urls: Iterable[str] | None = None, *, wrong: str | None = None) -> bytes:
    """A WACZ of WARC files; `wrong` is a path whose hash is another."""
    files = {f"archive/{name}": data for name, data in archives.items()}
    if urls is not None:
        lines = [{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}]
        lines += [{"url": url, "ts": DATE, "title": "A page"} for url in urls]
        files["pages/pages.jsonl"] = "".join(json.dumps(line) + "\n" for line in lines).encode()
    files["indexes/index.cdx.gz"] = gzip.compress(b"", mtime=0)
    resources = [
        {
            "name": path.rpartition("/")[2],
            "path": path,
            "hash": f"sha256:{hashlib.sha256(b'x' if path == wrong else data).hexdigest()}",
            "bytes": len(data),
        }
        for path, data in files.items()
    ]
    package = json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}).encode()
    digest = f"sha256:{hashlib.sha256(b'x' if wrong == 'datapackage.json' else package).hexdigest()}"
    files["datapackage.json"] = package
    files["datapackage-digest.json"] = json.dumps({"path": "datapackage.json", "hash": digest}).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package_file:
        for path, data in files.items():
            package_file.writestr(path, data)
    return out.getvalue()
