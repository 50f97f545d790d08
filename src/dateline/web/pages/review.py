"""Review: the queue of claims to check."""

from fastapi import APIRouter

router = APIRouter()
