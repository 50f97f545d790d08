"""The pages say what is so: commands exist, links resolve, examples run, public names are explained."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from dateline.cli.app import app

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("docs", "examples", "training")
PAGES = sorted([*ROOT.glob("*.md"), *(page for name in FOLDERS for page in (ROOT / name).rglob("*.md"))])
MODULES = sorted((ROOT / "src" / "dateline").rglob("*.py"))
WITH_EXAMPLES = [path for path in MODULES if ">>> " in path.read_text(encoding="utf-8")]
HEADING = re.compile(r"(?m)^#+ (.+)$")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT / "src").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def code_lines() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for line in page.read_text(encoding="utf-8").splitlines():
            if line.startswith("    "):
                yield name_of(page), line.split(" # ")[0].strip()


def commands(first: str) -> list[tuple[str, str]]:
    return [(page, line) for page, line in code_lines() if line.split(" ")[0] == first]


def anchors(page: Path) -> set[str]:
    titles = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_resolve(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        found = (page.parent / target).resolve() if target else page
        assert found.exists(), link
        assert not anchor or anchor in anchors(found), link


def test_every_page_is_linked() -> None:
    linked = {
        (page.parent / link.partition("#")[0]).resolve()
        for page in PAGES
        for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    }
    assert [name_of(page) for page in PAGES if page not in linked and page.name != "README.md"] == []


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    used = [line.split()[1] for _, line in commands("make")]
    assert {"demo", "test"} <= set(used)
    assert set(used) <= targets


def known_commands() -> dict[str, Any]:
    """Every command by its words, those of a group after the group."""
    found: dict[str, Any] = {}
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        found[name] = command
        found |= {f"{name} {inner}": one for inner, one in getattr(command, "commands", {}).items()}
    return found


def test_dateline_commands_exist_with_their_options() -> None:
    known = known_commands()
    used = commands("dateline")
    assert len(used) > 6
    for page, line in used:
        words = shlex.split(line)
        assert words[1] in known, f"{page}: {line}"
        name = " ".join(words[1:3])
        command = known.get(name, known[words[1]])
        assert name in known or not hasattr(command, "commands"), f"{page}: {line}"
        options = {name for parameter in command.params for name in parameter.opts}
        for word in words[2:]:
            assert not word.startswith("--") or word in options, f"{page}: {line}"


def test_every_command_explains_itself() -> None:
    for name, command in known_commands().items():
        assert command.help, name
        assert "dateline " in command.help + (command.epilog or ""), f"{name}: no example"
        for parameter in command.params:
            assert getattr(parameter, "help", None), f"{name} {parameter.name}"


def test_scripts_named_in_the_pages_exist() -> None:
    for page in PAGES:
        for script in re.findall(r"(?:benchmarks|tools|training)/(?:\w+/)*\w+\.py", page.read_text(encoding="utf-8")):
            assert (ROOT / script).is_file(), f"{name_of(page)}: {script}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_python_in_the_pages_is_python(page: Path) -> None:
    blocks = re.findall(r"(?m)(?:^ {4}.*\n|^\n)+", page.read_text(encoding="utf-8"))
    for block in blocks:
        code = "\n".join(line[4:] for line in block.splitlines())
        if "import dateline" in code:
            compile(code, name_of(page), "exec")


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=name_of)
def test_examples_in_docstrings_run(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    result = doctest.testmod(importlib.import_module(module_of(path)), optionflags=doctest.ELLIPSIS)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_public_names_have_docstrings(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = [] if not tree.body or ast.get_docstring(tree) else [module_of(path)]
    for node in tree.body:
        bare += [name for name, kept in public(node) if not kept]
    assert bare == []


def public(node: ast.stmt) -> Iterator[tuple[str, bool]]:
    """Public functions, classes and their methods, with whether each has a docstring."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
        return
    yield node.name, ast.get_docstring(node) is not None
    if isinstance(node, ast.ClassDef):
        for inner in node.body:
            yield from ((f"{node.name}.{name}", kept) for name, kept in public(inner))
