"""A Universal Dependencies tree while it is turned: words by index, heads that can be moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lexicon.language import Language
from dateline.parse.universal_words import Node

if TYPE_CHECKING:
    from spacy.tokens import Doc

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
VERBAL = frozenset({"VERB", "AUX"})


class Tree:
    """The words of a document while they are turned; heads are indices, a root is its own head."""

    def __init__(self, doc: Doc, lexicon: Language) -> None:
        self.lexicon = lexicon
        self.nodes = [Node.of(token) for token in doc]

    def children(self, node: Node) -> list[Node]:
        """The dependents of a word in text order."""
        return [self.nodes[i] for i in sorted(self._table().get(node.i, ()))]

    def _table(self) -> dict[int, list[int]]:
        if self._stale:
            below: dict[int, list[int]] = {}
            for node in self.nodes:
                if node.head != node.i:
                    below.setdefault(node.head, []).append(node.i)
            self._children, self._stale = below, False
        return self._children

    _stale = True
    _children: dict[int, list[int]] = {}

    def below(self, node: Node) -> set[int]:
        """A word and all that hangs on it."""
        found, waiting = set(), [node]
        while waiting:
            current = waiting.pop()
            if current.i not in found:
                found.add(current.i)
                waiting += self.children(current)
        return found

    def move(self, node: Node, head: Node, dep: str) -> None:
        """Hang a word under another."""
        node.head, node.dep = head.i, dep
        self._stale = True

    def replace(self, old: Node, new: Node) -> None:
        """Put `new`, so far below `old`, in its place; `old` is left for the caller to hang."""
        new.head, new.dep = (new.i if old.head == old.i else old.head), old.dep
        self._stale = True

    def has(self, node: Node, *deps: str) -> bool:
        """Whether a word has a dependent with one of the relations."""
        return any(c.dep in deps for c in self.children(node))
