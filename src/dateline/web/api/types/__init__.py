"""What the interface answers with: the meaning, unit and an example of every field. These models are documentation.

Answers are written from the ledger's own records (`dateline.web.api.answering`); tests hold both together.
"""
