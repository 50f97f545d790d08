"""What the surfaces ask of a ledger that many read at once: web pages, HTTP interface, MCP server, dossiers.

A module for each subject gives plain records; nothing here knows of HTTP or HTML, and nothing here derives: a `Desk`
answers from what is derived, and a process of its own (`keeper`) brings that up to date.
"""

from dateline.desk.desk import Desk

__all__ = ["Desk"]
