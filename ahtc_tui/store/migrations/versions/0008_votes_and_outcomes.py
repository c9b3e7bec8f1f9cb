"""Add votes and further kinds of line to the minutes, outcomes of agenda items, and the status of decisions."""

from alembic import op

revision = "0008"
down_revision = "0007"

KEPT = "n, id, deleted, source, source_notes, note, meeting, item, position, kind, text, text_cy, action"
STATEMENTS = (
    """CREATE TABLE new_minute_lines (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  meeting BLOB NOT NULL,
  item BLOB,
  position INTEGER NOT NULL,
  kind VARCHAR(24) NOT NULL,
  text VARCHAR NOT NULL,
  text_cy VARCHAR,
  action BLOB,
  votes VARCHAR,
  CONSTRAINT pk_minute_lines PRIMARY KEY (n),
  CONSTRAINT ck_minute_lines_votes CHECK (votes IS NULL OR votes GLOB '[0-9]*-[0-9]*-[0-9]*'),
  CONSTRAINT uq_minute_lines_id UNIQUE (id),
  CONSTRAINT ck_minute_lines_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_minute_lines_meeting FOREIGN KEY(meeting) REFERENCES meetings (id),
  CONSTRAINT fk_minute_lines_item FOREIGN KEY(item) REFERENCES agenda_items (id),
  CONSTRAINT ck_minute_lines_kind CHECK (kind IN ('note', 'decision', 'action', 'vote', 'dissent', 'delegation', 'post_meeting')),
  CONSTRAINT fk_minute_lines_action FOREIGN KEY(action) REFERENCES actions (id)
)""",
    f"INSERT INTO new_minute_lines ({KEPT}) SELECT {KEPT} FROM minute_lines",
    "DROP TABLE minute_lines",
    "ALTER TABLE new_minute_lines RENAME TO minute_lines",
    "CREATE INDEX ix_minute_lines_item ON minute_lines (item)",
    "CREATE INDEX ix_minute_lines_meeting ON minute_lines (meeting)",
    """ALTER TABLE agenda_items ADD COLUMN outcome VARCHAR(24)
 CONSTRAINT ck_agenda_items_outcome CHECK (outcome IN ('noted', 'agreed', 'deferred'))""",
    """ALTER TABLE decisions ADD COLUMN status VARCHAR(24)
 CONSTRAINT ck_decisions_status CHECK (status IN ('proposed', 'agreed', 'superseded', 'implemented'))""",
    "ALTER TABLE decisions ADD COLUMN decided_by BLOB CONSTRAINT fk_decisions_decided_by REFERENCES parties (id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
