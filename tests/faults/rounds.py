"""How many rounds of kills a test runs: some in `make test-all`, many in the nightly profile of Hypothesis."""

from __future__ import annotations

from hypothesis import settings

NIGHTLY_EXAMPLES = 2000


def count_rounds(usual: int, nightly: int = 100) -> int:
    """Return the number of rounds for the present profile."""
    return nightly if settings().max_examples >= NIGHTLY_EXAMPLES else usual
