"""A Universal Dependencies tree while it is turned: words by index, heads that can be moved.

Heads change by `move` and `replace` alone, and both keep each sentence a tree of its own: a turn that would hang a word
below itself or in another sentence is not made, and the word keeps the head it has.
"""

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
        self._sentences = [self._root(node) for node in self.nodes]

    def listed(self, name: str) -> frozenset[str]:
        """A list of the section `syntax` that not every language needs; empty where its file has none."""
        return self.lexicon.words.get(f"syntax.{name}", frozenset())

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
        """Hang a word under another of its sentence; all stays as it is if that one hangs on the word itself."""
        if self._sentences[node.i] == self._sentences[head.i] and not self._hangs_on(head, node):
            node.head, node.dep = head.i, dep
            self._stale = True

    def replace(self, old: Node, new: Node) -> None:
        """Put `new`, so far below `old`, in its place, and `old` under it, for the caller to name the relation."""
        if old is not new and self._hangs_on(new, old):
            above = new.i if old.head == old.i else old.head
            new.head, new.dep, old.head = above, old.dep, new.i
            self._stale = True

    def _hangs_on(self, node: Node, above: Node) -> bool:
        """Whether a word is another or hangs somewhere below it."""
        while node is not above and node.head != node.i:
            node = self.nodes[node.head]
        return node is above

    def _root(self, node: Node) -> int:
        while node.head != node.i:
            node = self.nodes[node.head]
        return node.i

    def has(self, node: Node, *deps: str) -> bool:
        """Whether a word has a dependent with one of the relations."""
        return any(c.dep in deps for c in self.children(node))
