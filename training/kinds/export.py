"""Write a trained network as the int8 ONNX model and the labels that the package ships.

python training/kinds/export.py kinds.pt [--into src/dateline/kinds]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

import torch
from network import Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

HERE = Path(__file__).resolve().parent
OUTPUTS = ("token", "code", "root")


def export(trained: Path, folder: Path) -> None:
    """Weights as signed bytes by channel, activations measured as they come."""
    held = torch.load(trained)
    network = Network(len(held["codes"]), len(held["types"]))
    network.load_state_dict(held["state"])
    network.eval()
    ids = torch.randint(1000, 3000, (2, 16))
    free = {0: "sentence", 1: "piece"}
    axes = {"ids": free, "mask": free, "token": free, "code": {0: "sentence"}, "root": {0: "sentence"}}
    with tempfile.TemporaryDirectory() as place:
        plain, prepared = Path(place) / "plain.onnx", Path(place) / "prepared.onnx"
        torch.onnx.export(
            network,
            (ids, torch.ones_like(ids)),
            str(plain),
            input_names=["ids", "mask"],
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared),
            str(folder / "kinds.onnx"),
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"MatMulConstBOnly": True},
        )
    labels = json.dumps({"codes": held["codes"], "types": held["types"]}, indent=1)
    (folder / "labels.json").write_text(labels + "\n", encoding="utf-8")


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("trained", type=Path)
    parser.add_argument("--into", type=Path, default=HERE.parents[1] / "src/dateline/kinds")
    options = parser.parse_args()
    export(options.trained, options.into)
    return 0


if __name__ == "__main__":
    sys.exit(main())
