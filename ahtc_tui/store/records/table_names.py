"""Names of the tables that hold records, so that a type checker compares them with the schema."""

from __future__ import annotations

from typing import Literal

from ahtc_tui.domain.keys import RowKey

Table = Literal[
    "actions",
    "action_areas", "action_parties", "action_recommendations", "addresses", "adoptions", "agenda_items", "aims",
    "aliases", "amendments", "area_names", "areas",
    "attendances", "certificates", "chases", "circulation_answers", "circulation_files", "circulation_lists",
    "circulation_members",
    "circulations", "commission_questions", "commissions", "contact_points",
    "data_sets", "decision_actions", "decisions", "dependencies", "dispatches", "documents", "engagement_parties",
    "engagements", "figures", "forward_items", "groups", "holdings", "interests", "invitations", "issues",
    "learnt_columns", "meetings", "milestones", "minute_lines", "not_duplicates", "objective_aims", "objectives",
    "occupancies", "organisations", "paper_files", "papers", "paragraph_links", "paragraphs", "parties", "people",
    "plan_actions", "plans", "poll_answers", "poll_options", "polls", "posts", "practices", "promise_links", "promises",
    "recommendations", "recurrences", "release_texts", "releases", "retention_holds", "seats", "session_numbers",
    "sessions", "slips",
    "template_items", "terms_of_reference", "tiers", "updates", "views",
    "web_pages",
]  # fmt: skip
"""A table whose rows are journalled records. A test compares the list with the schema."""

RecordKey = tuple[Table, RowKey]
"""Table and key of a record."""
