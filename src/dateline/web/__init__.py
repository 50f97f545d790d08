"""The desk: a web app over a ledger. Thin: routes ask `dateline.desk`, templates show what it answers."""
