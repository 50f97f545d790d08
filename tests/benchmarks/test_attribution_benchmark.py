"""`benchmarks/attribution.py`, run as from the command line: lines out as lines in, offsets of the texts as given."""

from __future__ import annotations

import json

import pytest

import scripts

TEXTS = {
    "curly": "🛩️ “The camp is empty,” General Adou Bakary said\non Friday.\n\nThe army denied it had left the camp.",
    "bare": "A road.\tTwo towns.\n",
}
EXPECTED = {
    "curly": [
        ("General Adou Bakary", "said", "The camp is empty"),
        ("The army", "denied", "it had left the camp"),
    ],
    "bare": [],
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, list[dict[str, list[list[int]]]]]], str]:
    """The lines written, and what the script prints."""
    folder = tmp_path_factory.mktemp("benchmark")
    given, out = folder / "in.jsonl", folder / "out.jsonl"
    given.write_text("\n".join(json.dumps({"name": n, "text": t}) for n, t in TEXTS.items()) + "\n\n", encoding="utf-8")
    done = scripts.run("attribution", given, out)
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()], done.stderr


def test_lines_come_in_order(run: tuple[list[dict[str, object]], str]) -> None:
    assert [line["name"] for line in run[0]] == list(TEXTS)
    assert all(set(line) == {"name", "attributions"} for line in run[0])


def test_offsets_are_those_of_the_text_given(
    run: tuple[list[dict[str, list[dict[str, list[list[int]]]]]], str],
) -> None:
    for line, (name, text) in zip(run[0], TEXTS.items(), strict=True):
        read = [
            tuple(" … ".join(text[a:b].strip("“”., ") for a, b in one[part]) for part in ("source", "cue", "content"))
            for one in line["attributions"]
        ]
        assert read == EXPECTED[name]


def test_the_cost_is_told_apart_from_the_parse(run: tuple[list[object], str]) -> None:
    assert run[1].startswith("2 documents; CPU seconds: shared parse ")
    assert "attribution above it" in run[1]
