"""Train the Spanish pipeline that ships with dateline on our own treebank, and measure it on the sentences held out.

    PYTHONPATH=src python training/spanish/train.py [--out FOLDER] [--only-measure]

Without `--out` the pipeline is written where the package has it; run `tools/hash_data.py` after that. Two minutes of
one idle core. The same sentences, settings (`config.cfg`) and seed give the same figures on the same machine.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from treebank import HERE, Sentence, document, paragraphs, parted

SHIPPED = HERE.parents[1] / "src" / "dateline" / "parse" / "pipelines" / "es"
META = {
    "name": "reports",
    "version": "0.1.0",
    "description": "A small parser of Spanish news reports, trained on the treebank of dateline.",
    "author": "dateline",
    "license": "Apache-2.0",
}


def trained(learned: list[list[Sentence]], held_out: list[list[Sentence]]) -> Any:
    """A pipeline of `config.cfg` that has learned the sentences."""
    import spacy
    from spacy.tokens import DocBin
    from spacy.training.initialize import init_nlp
    from spacy.training.loop import train
    from spacy.util import load_config

    blank = spacy.blank("es")
    with tempfile.TemporaryDirectory() as folder:
        shown = [document(blank, few) for found in learned for few in paragraphs(found)]
        asked = [document(blank, [one]) for found in held_out for one in found]
        for name, docs in (("train", shown), ("dev", asked)):
            DocBin(docs=docs, store_user_data=False).to_disk(Path(folder) / f"{name}.spacy")
        config = load_config(
            HERE / "config.cfg",
            overrides={f"corpora.{name}.path": str(Path(folder) / f"{name}.spacy") for name in ("train", "dev")},
        )
        nlp = init_nlp(config)
        train(nlp, None, stdout=sys.stderr, stderr=sys.stderr)
    return nlp


def figures(nlp: Any, held_out: list[list[Sentence]]) -> dict[str, float]:
    """UPOS, lemmas, UAS and LAS on sentences never learned from, punctuation left out, each sentence by itself."""
    right = dict.fromkeys(("UPOS", "lemma", "UAS", "LAS"), 0)
    total = 0
    for one in (one for found in held_out for one in found):
        gold, read = document(nlp, [one]), nlp(one.text)
        for expected, token in zip(gold, read, strict=True):
            if expected.is_punct or expected.is_space:
                continue
            attached = token.head.i == expected.head.i
            total += 1
            right["UPOS"] += token.pos == expected.pos
            right["lemma"] += token.lemma_.lower() == expected.lemma_.lower()
            right["UAS"] += attached
            right["LAS"] += attached and token.dep_ == expected.dep_
    return {"words": total} | {name: round(100 * count / max(1, total), 1) for name, count in right.items()}


def write(nlp: Any, folder: Path) -> None:
    """The pipeline as a folder, without where its training files lay."""
    if folder.exists():
        shutil.rmtree(folder)
    for name in ("train", "dev"):
        nlp.config["corpora"][name]["path"] = None
    nlp.meta.update(META)
    nlp.meta["performance"] = {}
    nlp.to_disk(folder)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--only-measure", action="store_true", help="measure the pipeline in the folder, train nothing")
    given = parser.parse_args()
    learned, held_out = parted(sorted(HERE.glob("*.conllu")))
    count = sum(map(len, learned)), sum(map(len, held_out))
    if given.only_measure:
        import spacy

        nlp = spacy.load(given.out)
    else:
        nlp = trained(learned, held_out)
        write(nlp, given.out)
    print(f"{count[0]} sentences learned, {count[1]} held out: {figures(nlp, held_out)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
