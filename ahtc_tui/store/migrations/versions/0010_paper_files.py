"""Add the files of the papers of meetings."""

from alembic import op

revision = "0010"
down_revision = "0009"

STATEMENTS = (
    """CREATE TABLE paper_files (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  paper BLOB NOT NULL,
  name VARCHAR NOT NULL,
  size INTEGER NOT NULL,
  digest VARCHAR NOT NULL,
  content VARCHAR NOT NULL,
  CONSTRAINT pk_paper_files PRIMARY KEY (n),
  CONSTRAINT uq_paper_files_id UNIQUE (id),
  CONSTRAINT ck_paper_files_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_paper_files_paper FOREIGN KEY(paper) REFERENCES papers (id)
)""",
    "CREATE INDEX ix_paper_files_paper ON paper_files (paper)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
