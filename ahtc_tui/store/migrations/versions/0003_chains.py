"""Give every change of the journal a digest of its value and a place in the chain of its device.

Changes from before have hashes of their own but no place: every copy computes the same for the same change, whatever
else it has. The hash functions are those of the program, since changes of later schemas must agree with them.
"""

from alembic import op
from sqlcipher3 import dbapi2

from ahtc_tui.store.journal.chain import StoredChange, commit_unchained

revision = "0003"
down_revision = "0002"

PLACE = """  "transaction" BLOB NOT NULL,
  "table" VARCHAR NOT NULL,
  row_id BLOB NOT NULL,
  field VARCHAR NOT NULL,
"""
BEFORE = (
    "DROP TRIGGER change_is_never_altered",
    "DROP TRIGGER change_is_never_removed",
    f"""CREATE TABLE chained_change (
  id BLOB NOT NULL,
  wall_ms BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  device VARCHAR NOT NULL,
  user VARCHAR NOT NULL,
{PLACE}  value VARCHAR,
  parents VARCHAR DEFAULT '[]' NOT NULL,
  position BIGINT,
  salt BLOB,
  digest BLOB NOT NULL,
  chain BLOB NOT NULL,
  erased_by BLOB,
  CONSTRAINT pk_change PRIMARY KEY (id),
  CONSTRAINT fk_change_transaction FOREIGN KEY("transaction") REFERENCES step (id)
)""",
    f"""CREATE TABLE missing_change (
  id BLOB NOT NULL,
  wall_ms BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  device VARCHAR NOT NULL,
{PLACE}  parents VARCHAR NOT NULL,
  position BIGINT,
  digest BLOB NOT NULL,
  chain BLOB NOT NULL,
  CONSTRAINT pk_missing_change PRIMARY KEY (id)
)""",
)
AFTER = (
    "DROP TABLE change",
    "ALTER TABLE chained_change RENAME TO change",
    'CREATE INDEX ix_change_row ON change ("table", row_id)',
    'CREATE INDEX ix_change_transaction ON change ("transaction")',
    "CREATE INDEX ix_change_place ON change (device, position)",
    "CREATE INDEX ix_missing_change_place ON missing_change (device, position)",
    "CREATE TRIGGER change_is_never_altered BEFORE UPDATE ON change"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    "CREATE TRIGGER change_is_never_removed BEFORE DELETE ON change"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
)
COLUMNS = ", ".join(f'"{name}"' for name in StoredChange._fields[:16])
OLD_COLUMNS = ", ".join(f'"{name}"' for name in StoredChange._fields[:11])
INSERT = f"INSERT INTO chained_change (rowid, {COLUMNS}) VALUES ({', '.join('?' * 17)})"
PAGE_SIZE = 5000


def upgrade() -> None:
    connection = op.get_bind()
    for statement in BEFORE:
        connection.exec_driver_sql(statement)
    salt = connection.exec_driver_sql("SELECT value FROM setting WHERE name = 'erasure_salt'").fetchone()
    page = f"SELECT rowid, {OLD_COLUMNS} FROM change WHERE rowid > ? ORDER BY rowid LIMIT {PAGE_SIZE}"
    last = 0
    while rows := connection.exec_driver_sql(page, (last,)).fetchall():
        last = rows[-1][0]
        try:
            office_salt = bytes.fromhex(salt[0]) if salt else b""
            committed = [(row[0], *commit_unchained(StoredChange(*row[1:]), office_salt)[:16]) for row in rows]
        except (TypeError, ValueError) as error:
            raise dbapi2.DatabaseError("a change in its journal cannot be read") from error
        connection.exec_driver_sql(INSERT, committed)
    for statement in AFTER:
        connection.exec_driver_sql(statement)
