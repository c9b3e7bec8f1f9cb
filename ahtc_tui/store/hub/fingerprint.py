"""The fingerprint of a hub: one hash over every row, which the server computes, so that an unchanged hub is known."""

from __future__ import annotations

from hashlib import sha256

import sqlalchemy as sa

from ahtc_tui.store.hub.connection import HUB_TABLES, Hub

TABLE_QUERY = """
SELECT sha256(coalesce(string_agg(digest, ''::bytea ORDER BY digest), ''::bytea))
FROM (SELECT sha256(convert_to(r::text, 'UTF8')) AS digest FROM {table} r) rows"""


def compute_fingerprint(hub: Hub) -> str:
    """Return the hash of all columns of all rows of the hub, as hexadecimal digits; empty for a hub without lines."""
    if hub.is_empty:
        return ""
    digests = [hub.connection.execute(sa.text(TABLE_QUERY.format(table=table))).scalar_one() for table in HUB_TABLES]
    return sha256(b"".join(map(bytes, digests))).hexdigest()
