"""What can go wrong with a ledger, in words for the person who opened it."""


class LedgerError(Exception):
    """The ledger cannot be opened, read or written; the message names the file and the reason."""


class MissingLedgerError(LedgerError):
    """There is no ledger at the path, or nothing has been added to it yet."""


class LostConnectionError(LedgerError):
    """The server of the ledger went away in the middle of something; whatever was acknowledged before is kept."""


class UnknownIdError(LedgerError, LookupError):
    """No record has the id, or several do; the message names the candidates."""
