"""Origins: who really reported it. Copies and rewrites of one report are one origin, however many outlets carry it.

`sketch` keeps what is needed of a report, `pairs` says which are worth comparing, `link` compares two, `origins` puts
those that hang together into one, `witnesses` counts the independent tellings of one matter.
"""

from dateline.reconcile.origins.candidates import pairs
from dateline.reconcile.origins.grouping import origins
from dateline.reconcile.origins.linking import is_partial, link
from dateline.reconcile.origins.sketches import Order, Sketch, Told, order_of
from dateline.reconcile.origins.sketching import sketch
from dateline.reconcile.origins.whole import all_origins
from dateline.reconcile.origins.witnessing import witnesses

__all__ = [
    "Order",
    "Sketch",
    "Told",
    "all_origins",
    "is_partial",
    "link",
    "order_of",
    "origins",
    "pairs",
    "sketch",
    "witnesses",
]
