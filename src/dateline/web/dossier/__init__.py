"""Dossiers: static pages of a country or force that open without a server (`docs/dossiers.md`)."""

from dateline.export.folder import FolderError, differences, write_zip
from dateline.web.dossier.writing import Edition, write_dossier

__all__ = ["Edition", "FolderError", "differences", "write_dossier", "write_zip"]
