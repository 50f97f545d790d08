"""Briefs: what a ledger holds on a country or a force, in sentences made of its rows and nothing else."""

from dateline.brief.asked import LANGUAGES, Asked, AskedError
from dateline.brief.composing import brief_of
from dateline.brief.errors import BriefError
from dateline.brief.model import Brief
from dateline.brief.writing import suffix_of, written

__all__ = ["LANGUAGES", "Asked", "AskedError", "Brief", "BriefError", "brief_of", "suffix_of", "written"]
