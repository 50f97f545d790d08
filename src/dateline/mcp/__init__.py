"""The MCP server: read-only tools over a ledger for language models, answering with claims and their evidence.

Text of reports is untrusted and wrapped as data (`wrapping`). Nothing here writes or derives; see `docs/mcp.md`.
"""
