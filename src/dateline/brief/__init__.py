"""Briefs: what a ledger holds on a country or a force, in sentences made of its rows and nothing else."""

from dateline.brief.asked import LANGUAGES, Asked, AskedError
from dateline.brief.composing import brief_of
from dateline.brief.model import Brief

__all__ = ["LANGUAGES", "Asked", "AskedError", "Brief", "brief_of"]
