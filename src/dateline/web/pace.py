"""How much a desk does at once. Its work is Python's, done by one thread at a time however many there are.

Few threads, so that requests are answered one after the other rather than all of them late; short turns, so that one
that asks the ledger many small questions does not wait a whole turn for each.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI

THREADS = 2
"""Requests that are worked on at once."""
COLLECTED = (20_000, 20, 50)
"""How rarely Python looks for garbage in rings (`gc.set_threshold`): what is kept of a large ledger is a million
objects, and looking through all of them holds every reader up."""
TURN = 0.0005
"""Seconds that a thread may work before another one has its turn, in place of Python's 5 ms."""


@asynccontextmanager
async def paced(_app: FastAPI) -> AsyncIterator[None]:
    """The pace of a desk while it answers."""
    limiter = anyio.to_thread.current_default_thread_limiter()
    threads, turn, collected = limiter.total_tokens, sys.getswitchinterval(), gc.get_threshold()
    limiter.total_tokens = THREADS
    sys.setswitchinterval(TURN)
    gc.set_threshold(*COLLECTED)
    try:
        yield
    finally:
        limiter.total_tokens = threads
        sys.setswitchinterval(turn)
        gc.set_threshold(*collected)
