"""Watching: feeds, pages behind them and folders, read on a schedule, and what is new kept in a ledger.

Over the ledger; nothing below imports it, and the network is reached nowhere else.
"""
