"""Train the model of kinds on our own marked sentences, and measure it on those held out.

    python training/kinds/train.py --out kinds.pt [--epochs 5] [--seed 0] [--threads 2] [LINES.jsonl ...]
    python training/kinds/train.py --start kinds.pt --pace 0.5 --epochs 1 --out better.pt

LINES are all of `training/kinds/*.jsonl` unless said. Every fifteenth line of each file is held out: it is never
learned from. The figures after each epoch are of these, but for twins of learned sentences. The same lines, seed and
threads give the same weights.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from pathlib import Path

import torch
from examples import TYPES, UNASKED, Example, Row, batches, codes_of, example, rows
from network import Network
from torch import Tensor, nn

HERE = Path(__file__).resolve().parent
HELD_OUT = 15
BATCH = 32
MARKED = 0.6
"""Share of the sentences that are shown with their parties marked; the others as they are."""
CROPPED = 0.25
"""Share of the marked ones that are cut to the words around their parties."""
FROZEN = 2
ENCODER_RATE, HEAD_RATE = 2e-4, 2e-3
NOTHING = 0.3
"""Weight of words that tell nothing, of which there are many."""


class Losses:
    """The sum of four losses: a word's code and kind, the pair's code and type."""

    def __init__(self, codes: list[str]) -> None:
        kinds = sorted({code.partition(".")[0] for code in codes})
        self.kind_of = torch.tensor([0, *(1 + kinds.index(code.partition(".")[0]) for code in codes)])
        self.kinds = len(kinds) + 1
        self.code_weights = torch.ones(len(codes) + 1)
        self.kind_weights = torch.ones(self.kinds)
        self.code_weights[0] = self.kind_weights[0] = NOTHING

    def by_kind(self, logits: Tensor) -> Tensor:
        """Logits of kinds from those of their codes."""
        return torch.stack([logits[..., self.kind_of == k].logsumexp(-1) for k in range(self.kinds)], -1)

    def kind_labels(self, labels: Tensor) -> Tensor:
        """Kinds of code labels."""
        return torch.where(labels == UNASKED, UNASKED, self.kind_of[labels.clamp(min=0)])

    def __call__(self, outputs: tuple[Tensor, Tensor, Tensor], labels: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        token, pair_code, pair_type = outputs
        words = labels[0].flatten()
        loss = nn.functional.cross_entropy(token.flatten(0, 1), words, self.code_weights, ignore_index=UNASKED)
        by_kind = self.by_kind(token).flatten(0, 1)
        loss = loss + nn.functional.cross_entropy(
            by_kind, self.kind_labels(words), self.kind_weights, ignore_index=UNASKED
        )
        for weight, logits, wanted in ((0.5, pair_code, labels[1]), (1.0, pair_type, labels[2])):
            if (wanted != UNASKED).any():
                loss = loss + weight * nn.functional.cross_entropy(
                    logits, wanted, ignore_index=UNASKED, label_smoothing=0.05
                )
        return loss


def tensors(batch: list[Example]) -> tuple[Tensor, Tensor, tuple[Tensor, Tensor, Tensor]]:
    """Ids, mask and labels of a batch, padded."""
    width = max(len(one.ids) for one in batch)
    ids = torch.tensor([one.ids + [0] * (width - len(one.ids)) for one in batch])
    words = torch.tensor([one.codes + [UNASKED] * (width - len(one.codes)) for one in batch])
    pairs = torch.tensor([[one.pair_code, one.pair_type] for one in batch])
    return ids, (ids != 0).long(), (words, pairs[:, 0], pairs[:, 1])


def figures(network: Network, lines: list[Row], codes: dict[str, int], losses: Losses) -> str:
    """Words: precision and recall of kinds. Pairs: share of kinds and of types that are right."""
    network.eval()
    right = read = expected = 0
    pairs = {"kind": [0, 0], "type": [0, 0]}
    with torch.no_grad():
        for batch in batches([example(r, codes, marked=False, crop=False) for r in lines], 64, shuffled=False):
            ids, mask, labels = tensors(batch)
            found = losses.by_kind(network(ids, mask)[0]).argmax(-1)
            wanted = losses.kind_labels(labels[0])
            right += int(((found == wanted) & (wanted > 0)).sum())
            read += int(((found > 0) & (wanted != UNASKED)).sum())
            expected += int((wanted > 0).sum())
        for batch in batches([example(r, codes, marked=True, crop=False) for r in lines], 64, shuffled=False):
            ids, mask, labels = tensors(batch)
            _, code, kind = network(ids, mask)
            asked = labels[1] != UNASKED
            same = losses.kind_of[code.argmax(-1)] == losses.kind_of[labels[1].clamp(min=0)]
            pairs["kind"] = [pairs["kind"][0] + int(same[asked].sum()), pairs["kind"][1] + int(asked.sum())]
            asked = labels[2] != UNASKED
            same = kind.argmax(-1) == labels[2]
            pairs["type"] = [pairs["type"][0] + int(same[asked].sum()), pairs["type"][1] + int(asked.sum())]
    network.train()
    words = f"words P {right / max(1, read):.3f} R {right / max(1, expected):.3f}"
    return words + "".join(f", pair {name} {hit / max(1, n):.3f}" for name, (hit, n) in pairs.items())


def train(network: Network, lines: list[Row], held_out: list[Row], codes: list[str], epochs: int, pace: float) -> None:
    """Train in place; `pace` scales the learning rates. Prints the loss and the figures of each epoch."""
    index = {code: i + 1 for i, code in enumerate(codes)}
    losses = Losses(codes)
    network.freeze(FROZEN)
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": encoder, "lr": pace * ENCODER_RATE}, {"params": heads, "lr": pace * HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * math.ceil(len(lines) / BATCH)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * max(0.0, 1 - step / (steps + 1))
    )
    started = time.monotonic()
    for epoch in range(epochs):
        shown = []
        for row in lines:
            marked = random.random() < MARKED
            shown.append(example(row, index, marked=marked, crop=marked and random.random() < CROPPED))
        total = count = 0.0
        for batch in batches(shown, BATCH, shuffled=True):
            ids, mask, labels = tensors(batch)
            loss = losses(network(ids, mask), labels)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            rate.step()
            total, count = total + float(loss), count + 1
        seconds = time.monotonic() - started
        print(
            f"epoch {epoch + 1}: loss {total / count:.3f}, {seconds:.0f} s;", figures(network, held_out, index, losses)
        )
        sys.stdout.flush()


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lines", nargs="*", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--start", type=Path, help="weights to go on from, of the same lines")
    parser.add_argument("--pace", type=float, default=1.0, help="factor of the learning rates")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    torch.set_num_threads(options.threads)
    files = [rows([path]) for path in options.lines or sorted(HERE.glob("*.jsonl"))]
    learned = [row for file in files for at, row in enumerate(file) if at % HELD_OUT]
    known = {row["sentence"] for row in learned}
    held_out = [row for file in files for row in file[::HELD_OUT] if row["sentence"] not in known]
    codes = codes_of([row for file in files for row in file])
    print(f"{len(learned)} sentences learned from, {len(held_out)} held out, {len(codes)} codes")
    network = Network(len(codes), len(TYPES))
    if options.start:
        start = torch.load(options.start)
        if start["codes"] != codes:
            parser.error(f"{options.start} was trained on other codes")
        network.load_state_dict(start["state"])
    train(network, learned, held_out, codes, options.epochs, options.pace)
    torch.save({"state": network.state_dict(), "codes": codes, "types": list(TYPES)}, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
