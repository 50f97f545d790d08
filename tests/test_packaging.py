"""What a wheel carries, what the lock names, and how light `import dateline` is."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "dateline"
HEAVY = (
    "spacy",
    "thinc",
    "numpy",
    "trafilatura",
    "htmldate",
    "lxml",
    "sqlalchemy",
    "yaml",
    "typer",
    "rich",
    "py3langid",
    "onnxruntime",
    "curated_tokenizers",
)
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_import_is_light() -> None:
    code = f"import sys, dateline; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_data_lies_outside_the_package() -> None:
    wheel = project()["tool"]["hatch"]["build"]["targets"]["wheel"]  # type: ignore[index]
    assert wheel == {"packages": ["src/dateline"]}
    ignored = {line.strip("/\n") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()}
    data = [path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}]
    assert len(data) > 3
    for path in data:
        assert not {path.name, f"*{path.suffix}"} & ignored, f"{path} would be left out of the wheel"


def test_lexicon_is_package_data() -> None:
    names = {item.name for item in files("dateline.lexicon").iterdir()}
    assert {path.name for path in (PACKAGE / "lexicon").glob("*.yaml")} <= names
    assert any(name.endswith(".yaml") for name in names)
    assert files("dateline").joinpath("py.typed").is_file()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_hashes(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    pinned = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert len(pinned) > 20
    for line in pinned:
        assert re.match(r"[a-z0-9._-]+==\S+( ;.*?)?\s+--hash=sha256:[0-9a-f]{64}", line), line[:80]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_locks_name_no_registry(lock: Path) -> None:
    assert not re.search(r"https?://|index-url|find-links", lock.read_text(encoding="utf-8"))


def test_the_lock_covers_the_project() -> None:
    given = project()["project"]["dependencies"]  # type: ignore[index]
    named = {re.match(r"[A-Za-z0-9._-]+", line).group().lower() for line in given}  # type: ignore[union-attr]
    for lock in LOCKS:
        locked = set(re.findall(r"(?m)^([a-z0-9._-]+)==", lock.read_text(encoding="utf-8")))
        assert named <= locked, f"{lock.name}: run `make lock`"
