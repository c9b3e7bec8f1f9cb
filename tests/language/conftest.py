"""Fixtures of the checks of language."""

from tests.clients.conftest import node_modules

__all__ = ["node_modules"]
