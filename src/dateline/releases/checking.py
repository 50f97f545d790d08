"""Whether a release is sound in itself: hashes, missing and extra files, order, and every quotation in its text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from dateline.export.folder import MANIFEST, SUMS
from dateline.model import Document, identified
from dateline.releases import manifest as manifests
from dateline.releases.content import KINDS, file_of
from dateline.releases.errors import ReleaseError
from dateline.releases.findings import Findings
from dateline.releases.packages import Package
from dateline.releases.sorting import lines_of

FILES, CLAIMS, DOCUMENTS = "the files", "claims", "documents"
_REMEMBERED = 64


def check_release(package: Package, findings: Findings) -> dict[str, Any]:
    """Check a release in itself; gives its manifest. ReleaseError where there is none that can be read."""
    data = package.manifest()
    about = manifests.read(data, package.name)
    for told in manifests.unsealed(about):
        findings.differs(FILES, told)
    if manifests.coded(about) != data:
        findings.differs(FILES, f"{MANIFEST} is not as dateline writes it")
    files_as_listed(package, about["files"], findings)
    for told in package.oddities:
        findings.differs(FILES, told)
    if not findings.count(FILES):
        findings.sound.append(f"{len(about['files'])} files are as the manifest has them")
        _records(package, about, findings)
    return about


def files_as_listed(package: Package, listed: Mapping[str, Any], findings: Findings) -> None:
    """Compare the files of a package with the list of a manifest, and its sums with the files."""
    found = package.files()
    sums = "".join(f"{sha}  {name}\n" for name, (_, sha) in found.items() if name != SUMS)
    ours = {name: entry for name, entry in found.items() if name not in (MANIFEST, SUMS)}
    wanted = {name: (entry["bytes"], entry["sha256"]) for name, entry in listed.items()}
    for name in sorted(wanted.keys() - ours.keys()):
        findings.differs(FILES, f"{name} is missing")
    for name in sorted(ours.keys() - wanted.keys()):
        findings.differs(FILES, f"{name} is not of it")
    for name in sorted(wanted.keys() & ours.keys()):
        if ours[name] != wanted[name]:
            findings.differs(FILES, f"{name} was changed")
    if SUMS not in found:
        findings.differs(FILES, f"{SUMS} is missing")
    elif package.path(SUMS).is_symlink() or package.path(SUMS).read_bytes() != sums.encode("utf-8", "surrogateescape"):
        findings.differs(FILES, f"{SUMS} does not fit the files")


def _records(package: Package, about: Mapping[str, Any], findings: Findings) -> None:
    """The records: as many as are told, in order of id, each claim with its report and its words in the text."""
    for kind in KINDS:
        path = package.path(file_of(kind))
        if not path.is_file():
            findings.differs(FILES, f"{file_of(kind)} is missing")
            return
        try:
            count = sum(1 for _ in lines_of(path))
        except ReleaseError as error:
            findings.differs(FILES, str(error))
            return
        if about["counts"].get(kind) != count:
            findings.differs(
                FILES, f"{file_of(kind)} has {count} records, the manifest says {about['counts'].get(kind)}"
            )
    texts = Texts(package.path(file_of("documents")))
    if about["texts"]:
        _identities(texts, findings)
    _quotations(package.path(file_of("claims")), texts, findings, whole=about["texts"])


class Texts:
    """The documents of a release by id, read again from the disk as they are needed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places: dict[str, int] = {}
        at = 0
        for identifier, told in lines_of(path):
            self._places[identifier] = at
            at += len(told)
        self.text = lru_cache(maxsize=_REMEMBERED)(self._text)

    def __contains__(self, identifier: str) -> bool:
        return identifier in self._places

    def records(self) -> Iterator[dict[str, Any]]:
        """All of them, in order of id."""
        for _, told in lines_of(self._path):
            yield json.loads(told)

    def _text(self, identifier: str) -> str | None:
        with self._path.open("rb") as stream:
            stream.seek(self._places[identifier])
            found = json.loads(stream.readline()).get("text")
        return found if isinstance(found, str) else None


def _identities(texts: Texts, findings: Findings) -> None:
    """That the id of every document is the hash of its content."""
    count = 0
    for record in texts.records():
        count += 1
        try:
            document = msgspec.convert(record, Document)
        except msgspec.ValidationError as error:
            findings.differs(DOCUMENTS, f"{record.get('id')} is no document: {error}")
            continue
        if identified(document).id != document.id:
            findings.differs(DOCUMENTS, f"{document.id}: its id is not the hash of its text and details")
    if not findings.count(DOCUMENTS):
        findings.sound.append(f"the ids of {count:,} documents are the hashes of their content")


def _quotations(path: Path, texts: Texts, findings: Findings, *, whole: bool) -> None:
    """That every claim has its report, and every piece of evidence stands at its offsets."""
    count = 0
    for identifier, told in lines_of(path):
        for wrong in misquoted(json.loads(told), texts, whole=whole):
            findings.differs(CLAIMS, f"{identifier}: {wrong}")
        count += 1
    if not findings.count(CLAIMS):
        where = "stand in the texts where they say" if whole else "name reports of the release; there are no texts"
        findings.sound.append(f"the words of {count:,} claims {where}")


def misquoted(claim: Mapping[str, Any], texts: Texts, *, whole: bool) -> Iterator[str]:
    """What is wrong with the evidence of a claim record."""
    try:
        document, evidence = claim["document"]["id"], claim["evidence"]
        parts = [(part["start"], part["end"], part["exact"]) for part in evidence]
    except (KeyError, TypeError):
        yield "it has no document and evidence that can be read"
        return
    if document not in texts:
        yield f"its report {document} is not in the release"
        return
    if not parts:
        yield "it has no evidence"
    text = texts.text(document) if whole else None
    yield from misplaced(parts, text, document)


def misplaced(parts: Iterable[tuple[Any, Any, str]], text: str | None, document: str) -> Iterator[str]:
    """Which pieces of evidence (start, end, exact words) do not stand in the text, None where there is none."""
    for start, end, exact in parts:
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end):
            yield f"its evidence has the offsets {start} to {end}"
        elif text is not None and text[start:end] != exact:
            yield f"“{exact}” does not stand at {start} to {end} of {document}"
