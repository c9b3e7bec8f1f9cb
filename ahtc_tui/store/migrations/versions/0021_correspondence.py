"""Add texts that are agreed by correspondence with their answers, and date polls."""

from alembic import op

revision = "0021"
down_revision = "0020"

RECORD = """n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,"""


def _define_keys(table: str) -> str:
    return f"""CONSTRAINT pk_{table} PRIMARY KEY (n),
  CONSTRAINT uq_{table}_id UNIQUE (id),
  CONSTRAINT ck_{table}_deleted CHECK (deleted IN (0, 1))"""


def _define_date(table: str, column: str) -> str:
    return f"""CONSTRAINT ck_{table}_{column} CHECK (date(substr({column}, 1, 10)) IS substr({column}, 1, 10)
 AND (length({column}) = 10 OR substr({column}, 11, 1) = ' '))"""


STATEMENTS = (
    f"""CREATE TABLE circulations (
  {RECORD}
  meeting BLOB,
  decision BLOB,
  version INTEGER,
  sent_on TEXT NOT NULL,
  until_on TEXT NOT NULL,
  agreed_on TEXT,
  {_define_keys("circulations")},
  CONSTRAINT ck_circulations_one_text CHECK ((meeting IS NULL) <> (decision IS NULL)),
  {_define_date("circulations", "sent_on")},
  {_define_date("circulations", "until_on")},
  {_define_date("circulations", "agreed_on")},
  CONSTRAINT fk_circulations_meeting FOREIGN KEY(meeting) REFERENCES meetings (id),
  CONSTRAINT fk_circulations_decision FOREIGN KEY(decision) REFERENCES decisions (id)
)""",
    f"""CREATE TABLE circulation_answers (
  {RECORD}
  circulation BLOB NOT NULL,
  party BLOB NOT NULL,
  answer VARCHAR(24),
  answered_on TEXT,
  counted_late BOOLEAN DEFAULT '0' NOT NULL,
  {_define_keys("circulation_answers")},
  CONSTRAINT ck_circulation_answers_answer CHECK (answer IN ('agreed', 'changes', 'objects')),
  CONSTRAINT ck_circulation_answers_counted_late CHECK (counted_late IN (0, 1)),
  {_define_date("circulation_answers", "answered_on")},
  CONSTRAINT fk_circulation_answers_circulation FOREIGN KEY(circulation) REFERENCES circulations (id),
  CONSTRAINT fk_circulation_answers_party FOREIGN KEY(party) REFERENCES parties (id)
)""",
    f"""CREATE TABLE circulation_files (
  {RECORD}
  answer BLOB NOT NULL,
  name VARCHAR NOT NULL,
  size INTEGER NOT NULL,
  content VARCHAR NOT NULL,
  {_define_keys("circulation_files")},
  CONSTRAINT fk_circulation_files_answer FOREIGN KEY(answer) REFERENCES circulation_answers (id)
)""",
    f"""CREATE TABLE polls (
  {RECORD}
  ref VARCHAR NOT NULL,
  "group" BLOB NOT NULL,
  title VARCHAR NOT NULL,
  minutes INTEGER NOT NULL,
  sent_on TEXT NOT NULL,
  meeting BLOB,
  {_define_keys("polls")},
  CONSTRAINT uq_polls_ref UNIQUE (ref),
  {_define_date("polls", "sent_on")},
  CONSTRAINT fk_polls_group FOREIGN KEY("group") REFERENCES groups (id),
  CONSTRAINT fk_polls_meeting FOREIGN KEY(meeting) REFERENCES meetings (id)
)""",
    f"""CREATE TABLE poll_options (
  {RECORD}
  poll BLOB NOT NULL,
  number INTEGER NOT NULL,
  day TEXT NOT NULL,
  start_time VARCHAR NOT NULL,
  uid VARCHAR NOT NULL,
  sequence INTEGER DEFAULT '0' NOT NULL,
  {_define_keys("poll_options")},
  CONSTRAINT uq_poll_options_uid UNIQUE (uid),
  {_define_date("poll_options", "day")},
  CONSTRAINT fk_poll_options_poll FOREIGN KEY(poll) REFERENCES polls (id)
)""",
    f"""CREATE TABLE poll_answers (
  {RECORD}
  "option" BLOB NOT NULL,
  party BLOB NOT NULL,
  answer VARCHAR(24) NOT NULL,
  answered_on TEXT,
  {_define_keys("poll_answers")},
  CONSTRAINT ck_poll_answers_answer CHECK (answer IN ('yes', 'maybe', 'no')),
  {_define_date("poll_answers", "answered_on")},
  CONSTRAINT fk_poll_answers_option FOREIGN KEY("option") REFERENCES poll_options (id),
  CONSTRAINT fk_poll_answers_party FOREIGN KEY(party) REFERENCES parties (id)
)""",
    "CREATE INDEX ix_circulations_meeting ON circulations (meeting)",
    "CREATE INDEX ix_circulations_decision ON circulations (decision)",
    "CREATE INDEX ix_circulation_answers_circulation ON circulation_answers (circulation)",
    "CREATE INDEX ix_circulation_answers_party ON circulation_answers (party)",
    "CREATE INDEX ix_circulation_files_answer ON circulation_files (answer)",
    'CREATE INDEX ix_polls_group ON polls ("group")',
    "CREATE INDEX ix_poll_options_poll ON poll_options (poll)",
    'CREATE INDEX ix_poll_answers_option ON poll_answers ("option")',
    "CREATE INDEX ix_poll_answers_party ON poll_answers (party)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
