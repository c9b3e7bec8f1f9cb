"""Parameters of which the ordinary run takes a part; `make test-all` takes all."""

from __future__ import annotations

import pytest

NARROW_AND_WIDE = ((80, 24), pytest.param((120, 40), marks=pytest.mark.long))
"""Both sizes of the screen; the ordinary run takes the narrow one, where less fits."""
