"""The release before: which of the releases in a folder a new one follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.export.redaction import Redaction
from dateline.releases import manifest as manifests
from dateline.releases import packages
from dateline.releases.content import file_of
from dateline.releases.errors import ReleaseError


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier release, open for reading."""

    root: Path
    manifest: Mapping[str, Any]

    @property
    def number(self) -> int:
        """Its place in its series, from 1."""
        return int(self.manifest["number"])

    @property
    def reference(self) -> dict[str, Any]:
        """How a release names it: by name, number and the hash of its content."""
        return {name: self.manifest[name] for name in ("name", "number", "content")}

    def path(self, kind: str) -> Path:
        """Where its records of a kind are."""
        return self.root / file_of(kind)


@contextmanager
def release_before(path: Path) -> Iterator[Before]:
    """The release at a path, folder or ZIP file; ReleaseError where it is none or is not as it was written."""
    with packages.opened(path) as package:
        about = manifests.read(package.manifest(), package.name)
        wrong = manifests.unsealed(about)
        files = package.files()
        for name, entry in about["files"].items():
            if files.get(name) != (entry["bytes"], entry["sha256"]):
                wrong.append(f"{name} is missing or was changed")
        if wrong:
            raise ReleaseError(f"{path} is not as it was released, nothing can follow it: {wrong[0]}")
        yield Before(package.root, about)


def newest_in(folder: Path, filters: Mapping[str, str], redaction: Redaction, *, texts: bool) -> Path | None:
    """The newest release in a folder with the same filters, redaction and texts; None where there is none.

    What is no release, or cannot be read, is passed over; so are releases of one number but the latest.
    """
    found: list[tuple[int, str, Path]] = []
    wanted = (dict(filters), redaction.told(), texts)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        about = _about(path)
        if about is not None and (about["filters"], about["redaction"], about["texts"]) == wanted:
            found.append((about["number"], about["released_at"], path))
    return max(found)[2] if found else None


def _about(path: Path) -> Mapping[str, Any] | None:
    if path.name.startswith(".") or not (path.is_dir() or path.suffix == ".zip"):
        return None
    try:
        return manifests.read(packages.manifest_of(path), str(path))
    except ReleaseError:
        return None


@contextmanager
def followed(path: Path | None) -> Iterator[Before | None]:
    """The release that a new one follows, None for a first one."""
    with ExitStack() as open_:
        yield None if path is None else open_.enter_context(release_before(path))
