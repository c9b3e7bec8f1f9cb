"""Rights on the hub, kept by PostgreSQL: four roles of the database, grants, and policies of its rows.

`{database}_reader` reads. `{database}_note_taker` also adds lines of its own laptop. `{database}_coordinator` also adds
erasures, and lines of laptops that belong to no login. `{database}_owner` owns the tables and may do everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

ROLES = ("reader", "note_taker", "coordinator", "owner")
DATABASE_NAME = re.compile(r"[A-Za-z0-9_-]{1,48}")
"""Names of databases that make valid names of roles."""

READ_TABLES = ("step", "change", "missing_change", "counter", "erasure", "setting", "device", "alembic_version")
NOTE_TAKER_TABLES = ("step", "change", "missing_change", "counter", "device")
"""Tables to which a note-taker adds rows."""

MAY_SEND = """CREATE OR REPLACE FUNCTION may_send(laptop text) RETURNS boolean
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $body$
  SELECT CASE
    WHEN EXISTS (SELECT FROM device WHERE name = laptop) THEN
      EXISTS (SELECT FROM device WHERE name = laptop AND login = session_user)
    ELSE pg_has_role({coordinator_text}, 'USAGE')
  END
$body$"""
"""Whether this login may add lines of a laptop."""

MAY_REGISTER = """CREATE OR REPLACE FUNCTION may_register(laptop text) RETURNS boolean
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $body$
  SELECT NOT EXISTS (SELECT FROM device WHERE name = laptop)
    AND (pg_has_role({coordinator_text}, 'USAGE') OR NOT EXISTS (SELECT FROM change WHERE device = laptop))
$body$"""
"""Whether this login may take a laptop as its own: a note-taker none of which another login has sent lines."""

POLICIES = (
    ("add_own_steps", "step", "INSERT", "note_taker", "WITH CHECK (may_send(device))"),
    ("add_own_changes", "change", "INSERT", "note_taker", "WITH CHECK (may_send(device))"),
    (
        *("register_own_laptop", "device", "INSERT", "note_taker"),
        "WITH CHECK (login = session_user AND may_register(name))",
    ),
    ("keep_places", "missing_change", "INSERT", "note_taker", "WITH CHECK (true)"),
    ("add_counters", "counter", "INSERT", "note_taker", "WITH CHECK (true)"),
    ("raise_counters", "counter", "UPDATE", "note_taker", "USING (true) WITH CHECK (true)"),
    ("add_erasures", "erasure", "INSERT", "coordinator", "WITH CHECK (true)"),
)
"""Name, table, command, role and condition."""


def build_role_statements(database: str) -> Iterator[str]:
    """Yield the statements that create the roles; each role but the owner has the rights of the one before."""
    for role in ROLES:
        name = format_role(database, role)
        yield (f"DO $body$ BEGIN IF to_regrole('{name}') IS NULL THEN CREATE ROLE {name} NOLOGIN; END IF; END $body$")
    for lower, higher in pairwise(ROLES):
        yield f"GRANT {format_role(database, lower)} TO {format_role(database, higher)}"


def build_rights_statements(database: str) -> Iterator[str]:
    """Yield the statements that give the tables to the owner and grant the others their part; may be repeated."""
    reader, note_taker, coordinator, owner = (format_role(database, role) for role in ROLES)
    yield f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC'
    yield f'GRANT CONNECT ON DATABASE "{database}" TO {reader}'
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public TO {reader}"
    yield f"GRANT CREATE ON SCHEMA public TO {owner}"
    for table in READ_TABLES:
        yield f"ALTER TABLE {table} OWNER TO {owner}"
        yield f"REVOKE ALL ON {table} FROM PUBLIC, {reader}, {note_taker}, {coordinator}"
        yield f"GRANT SELECT ON {table} TO {reader}"
    yield f"GRANT INSERT ON {', '.join(NOTE_TAKER_TABLES)} TO {note_taker}"
    yield f"GRANT UPDATE (last) ON counter TO {note_taker}"
    yield f"GRANT INSERT ON erasure TO {coordinator}"
    for function in (MAY_SEND, MAY_REGISTER):
        yield function.format(coordinator_text=f"'{coordinator.strip(chr(34))}'")
    for name in ("may_send(text)", "may_register(text)", "refuse_falling_counter()"):
        yield f"ALTER FUNCTION {name} OWNER TO {owner}"
    yield from _build_policies(database)


def _build_policies(database: str) -> Iterator[str]:
    reader = format_role(database, "reader")
    for table in READ_TABLES:
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"DROP POLICY IF EXISTS read_all ON {table}"
        yield f"CREATE POLICY read_all ON {table} FOR SELECT TO {reader} USING (true)"
    for name, table, command, role, condition in POLICIES:
        yield f"DROP POLICY IF EXISTS {name} ON {table}"
        yield f"CREATE POLICY {name} ON {table} FOR {command} TO {format_role(database, role)} {condition}"


def format_role(database: str, role: str) -> str:
    """Return the quoted name of a role of a database."""
    return f'"{database}_{role}"'
