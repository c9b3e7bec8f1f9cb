"""Add the period and the end of plans, the actions of a closed plan, and the register of promises."""

from alembic import op

revision = "0015"
down_revision = "0014"

RECORD = """  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR"""
CHECKED_DAY = (
    "CONSTRAINT ck_{0}_{1} CHECK (date(substr({1}, 1, 10)) IS substr({1}, 1, 10)"
    " AND (length({1}) = 10 OR substr({1}, 11, 1) = ' '))"
)
ONE_RECORD = "CHECK ((action IS NOT NULL) + (decision IS NOT NULL) + (paper IS NOT NULL) = 1)"
STATUSES = "'planned', 'in_progress', 'continuing', 'on_hold', 'proposed_complete', 'done', 'cancelled'"
PERIODS = tuple(
    f"ALTER TABLE plans ADD COLUMN {column} TEXT {CHECKED_DAY.format('plans', column)}"
    for column in ("from_on", "to_on", "closed_on")
)
PLAN_ACTIONS = f"""CREATE TABLE plan_actions (
{RECORD},
  plan BLOB NOT NULL,
  action BLOB NOT NULL,
  objective BLOB,
  status VARCHAR(24) NOT NULL,
  brag VARCHAR(24),
  due TEXT,
  carried BOOLEAN DEFAULT '0' NOT NULL,
  CONSTRAINT pk_plan_actions PRIMARY KEY (n),
  CONSTRAINT uq_plan_actions_id UNIQUE (id),
  CONSTRAINT ck_plan_actions_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_plan_actions_plan FOREIGN KEY(plan) REFERENCES plans (id),
  CONSTRAINT fk_plan_actions_action FOREIGN KEY(action) REFERENCES actions (id),
  CONSTRAINT fk_plan_actions_objective FOREIGN KEY(objective) REFERENCES objectives (id),
  CONSTRAINT ck_plan_actions_status CHECK (status IN ({STATUSES})),
  CONSTRAINT ck_plan_actions_brag CHECK (brag IN ('B', 'R', 'A', 'G')),
  CONSTRAINT ck_plan_actions_carried CHECK (carried IN (0, 1)),
  {CHECKED_DAY.format("plan_actions", "due")}
)"""
PROMISES = f"""CREATE TABLE promises (
{RECORD},
  ref VARCHAR NOT NULL,
  text VARCHAR NOT NULL,
  text_cy VARCHAR,
  promised_by BLOB,
  promised_to BLOB,
  promised_on TEXT,
  meeting BLOB,
  engagement BLOB,
  due TEXT,
  status VARCHAR(24) DEFAULT 'open' NOT NULL,
  outcome VARCHAR,
  closed_on TEXT,
  CONSTRAINT pk_promises PRIMARY KEY (n),
  CONSTRAINT uq_promises_id UNIQUE (id),
  CONSTRAINT ck_promises_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT uq_promises_ref UNIQUE (ref),
  CONSTRAINT fk_promises_promised_by FOREIGN KEY(promised_by) REFERENCES parties (id),
  CONSTRAINT fk_promises_promised_to FOREIGN KEY(promised_to) REFERENCES parties (id),
  CONSTRAINT fk_promises_meeting FOREIGN KEY(meeting) REFERENCES meetings (id),
  CONSTRAINT fk_promises_engagement FOREIGN KEY(engagement) REFERENCES engagements (id),
  CONSTRAINT ck_promises_status CHECK (status IN ('open', 'kept', 'not_kept', 'withdrawn')),
  {CHECKED_DAY.format("promises", "promised_on")},
  {CHECKED_DAY.format("promises", "due")},
  {CHECKED_DAY.format("promises", "closed_on")}
)"""
PROMISE_LINKS = f"""CREATE TABLE promise_links (
{RECORD},
  promise BLOB NOT NULL,
  action BLOB,
  decision BLOB,
  paper BLOB,
  CONSTRAINT ck_promise_links_one_record {ONE_RECORD},
  CONSTRAINT pk_promise_links PRIMARY KEY (n),
  CONSTRAINT uq_promise_links_id UNIQUE (id),
  CONSTRAINT ck_promise_links_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_promise_links_promise FOREIGN KEY(promise) REFERENCES promises (id),
  CONSTRAINT fk_promise_links_action FOREIGN KEY(action) REFERENCES actions (id),
  CONSTRAINT fk_promise_links_decision FOREIGN KEY(decision) REFERENCES decisions (id),
  CONSTRAINT fk_promise_links_paper FOREIGN KEY(paper) REFERENCES papers (id)
)"""
INDEXES = tuple(
    f"CREATE INDEX ix_{table}_{column} ON {table} ({column})"
    for table, columns in (
        ("plan_actions", ("plan", "action")),
        ("promises", ("promised_by", "promised_to", "meeting", "engagement")),
        ("promise_links", ("promise", "action", "decision", "paper")),
    )
    for column in columns
)


def upgrade() -> None:
    for statement in (*PERIODS, PLAN_ACTIONS, PROMISES, PROMISE_LINKS, *INDEXES):
        op.get_bind().exec_driver_sql(statement)
