"""What the words of a sentence tell: a small learned model over the kinds of the ontology.

The model is trained on sentences of our own (`training/kinds/`, with the account of how) and runs on
onnxruntime, on the CPU, without a network. It answers two questions:

- `Model.words`: for each word asked about, how probable is each kind of act or state, or none.
- `Model.pairs`: given who acts and whom it is done to, which PLOVER type the sentence tells between them.
"""

from dateline.kinds.model import Marked, Model, Told, model, reads, version

__all__ = ["Marked", "Model", "Told", "model", "reads", "version"]
