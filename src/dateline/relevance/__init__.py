"""Whether a report can hold a claim at all, told by its words before any parsing: a filter for mixed news.

The filter looks at one sentence at a time: words, pairs of words, names of states and known actors, each with a
weight learned from sentences of our own (`training/relevance/`). A report is kept when its best sentence passes;
the longer the report, the more that has to look like a claim, as one of many sentences does so by chance.
It errs on the side of keeping, keeps every report in a language it does not know, and is never used unless asked for.
"""

from dateline.relevance.filter import Filter, filters, glance_keeps, keeps, shown, version

__all__ = ["Filter", "filters", "glance_keeps", "keeps", "shown", "version"]
