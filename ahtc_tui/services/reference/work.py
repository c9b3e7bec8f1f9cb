"""Builds the rows of plan, actions, meetings, recommendations, practices and figures of a shipped data set."""

from __future__ import annotations

from datetime import date

from ahtc_tui.domain.actions.model import Status, compute_next_review
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.reference.rows import Record, Rows, read_flags, read_source, read_stored_date
from ahtc_tui.store.records.cursor import Table

PAPER_DATE = date(2013, 12, 31)
"""Latest possible date of the paper, which is undated."""
PART_FIELDS = {
    "support": "support",
    "partners": "partner",
    "participants": "participant",
    "commissioned_by": "commissioner",
    "beneficiary": "beneficiary",
}
ADOPTION = {
    "adopted": "adopted",
    "rolling-out": "under_way",
    "developing": "under_way",
    "cascading": "under_way",
    "planned": "planned",
}
"""Adoption status by the term of the paper; the term itself is stored as well."""


def add_work(rows: Rows) -> None:
    """Add the rows of plan, documents, recommendations, meetings, actions, practices and figures."""
    _add_plan(rows)
    for document in rows.records["document"]:
        values = {name: document.get(name) for name in ("title", "reference")}
        body = rows.find_key("organisation", document.get("body"))
        dates = {
            "published_on": read_stored_date(document, "when"),
            "expected_on": read_stored_date(document, "expected", "expected_text"),
            **read_flags(document, "after_seed", "awaited"),
        }
        _add_row(rows, "documents", "document", document, {**values, **dates, "body": body})
    for record in rows.records["recommendation"]:
        _add_recommendation(rows, record)
    for record in rows.records["meeting"]:
        _add_meeting(rows, record)
    for record in rows.records["action"]:
        _add_action(rows, record)
    for record in rows.records["action"]:
        owner = {"action": rows.find_key("action", record["id"]), "source": record["source"]}
        rows.add_links(
            "dependencies", owner, "blocked_by", [rows.find_key("action", ref) for ref in record.get("depends_on", ())]
        )
    for record in rows.records["meeting"]:
        _add_decisions(rows, record)
    for record in rows.records["practice"]:
        _add_practice(rows, record)
    _add_evidence(rows)


def _add_row(rows: Rows, table: Table, name: str, record: Record, values: Record) -> RowKey:
    return rows.add(table, {"ref": record["id"], **values, **read_source(record)}, rows.find_key(name, record["id"]))


def _add_plan(rows: Rows) -> None:
    (record,) = rows.records["plan"]
    plan = _add_row(
        rows, "plans", "plan", record, {"title": record["title"], "owner": rows.find_party(record["owner"])}
    )
    for aim in rows.records["aim"]:
        _add_row(rows, "aims", "aim", aim, {"text": aim["text"], "plan": plan})
    for objective in rows.records["objective"]:
        values = {name: objective[name] for name in ("number", "title", "basis")}
        key = _add_row(rows, "objectives", "objective", objective, {**values, "plan": plan})
        owner = {"objective": key, "source": objective["source"]}
        rows.add_links("objective_aims", owner, "aim", [rows.find_key("aim", aim) for aim in objective["aims"]])


def _add_recommendation(rows: Rows, record: Record) -> None:
    values = {
        **rows.find_keys(record, document="document", part_of="recommendation", owner="party", objective="objective"),
        "title": record["title"],
        "response": record.get("response"),
        "made_on": read_stored_date(record, "when"),
        **read_flags(record, "whole_report", "after_seed"),
    }
    _add_row(rows, "recommendations", "recommendation", record, values)


def _add_meeting(rows: Rows, record: Record) -> None:
    key = rows.find_key("meeting", record["id"])
    assert key is not None
    plain = ("kind", "title", "place", "venue", "occasion", "attendance_text", "attendance_at_least", "reference")
    values = {
        **{name: record.get(name) for name in plain},
        **rows.find_keys(record, group="group", area="area", organiser="party", host="organisation", keynote="party"),
        "day": read_stored_date(record, "when", "when_text"),
        "state": "tentative" if record.get("forecast") else "held",
        "uid": f"{key.hex()}@ahtc",
        **read_flags(record, "all_day"),
    }
    _add_row(rows, "meetings", "meeting", record, values)
    owner = {"meeting": key, "source": record["source"]}
    for item in record.get("agenda", ()):
        presenter = rows.find_party(item.get("presenter"))
        rows.add("agenda_items", {**owner, "position": item["number"], "title": item["item"], "presenter": presenter})
    rows.add_links("invitations", owner, "party", [rows.find_party(invited) for invited in record.get("invited", ())])
    responders = [words for words in record.get("invited_text", ()) if "Responders" in words]
    rows.add_links("invitations", owner, "words", responders)


def _add_decisions(rows: Rows, record: Record) -> None:
    """Add a dated decision of the paper, linked to the actions that carry it out."""
    if record["kind"] != "decision":
        return
    values = {
        "ref": f"D-{record['when'][:4]}/1",
        "meeting": rows.find_key("meeting", record["id"]),
        "group": rows.find_key("group", record.get("group")),
        "decided_on": read_stored_date(record, "when"),
        "text": record["title"],
    }
    decision = rows.add("decisions", {**values, **read_source(record)})
    owner = {"decision": decision, "source": record["source"]}
    rows.add_links("decision_actions", owner, "action", [rows.find_key("action", ref) for ref in record["decides"]])


def _add_action(rows: Rows, record: Record) -> None:
    lead = rows.find_party(record.get("lead_contact") or record.get("lead_organisation") or record.get("lead_group"))
    due = read_stored_date(record, "due", "due_text")
    values = {
        **{name: record.get(name) for name in ("title", "detail", "status", "outcome", "partner_text")},
        "ref": record["ref"],
        **rows.find_keys(
            record, objective="objective", meeting="meeting", part_of="action", recommendation="recommendation"
        ),
        "lead": lead,
        "closed_by": _find_holder(rows, record),
        "group": rows.find_key("group", record.get("for_group")),
        "due": due,
        "original_due": due,
        "started_on": read_stored_date(record, "started"),
        "closed_on": read_stored_date(record, "completed"),
        "in_plan": int(bool(record.get("plan"))),
        "review_on": compute_next_review(PAPER_DATE).stored_text if record["status"] == Status.CONTINUING else None,
    }
    key = rows.add("actions", {**values, **read_source(record)}, rows.find_key("action", record["id"]))
    owner = {"action": key, "source": record["source"]}
    for field, role in PART_FIELDS.items():
        slugs = record.get(field, ())
        parties = [rows.find_party(slug) for slug in ([slugs] if isinstance(slugs, str) else slugs)]
        rows.add_links("action_parties", owner, "party", parties, role=role)
    rows.add_links("action_areas", owner, "area", [rows.find_key("area", area) for area in record.get("areas", ())])


def _find_holder(rows: Rows, record: Record) -> RowKey | None:
    """Return the holder of the leading post of a closed action: the paper names at most one holder of a post."""
    if record["status"] != "done":
        return None
    holders = {holding["post"]: holding["person"] for holding in rows.records["holding"] if "person" in holding}
    return rows.find_key("contact", holders.get(record.get("lead_contact")))


def _add_practice(rows: Rows, record: Record) -> None:
    values = {
        **{name: record.get(name) for name in ("title", "venue")},
        **rows.find_keys(record, origin_area="area", recognised_by="organisation", first_for="area"),
        "lead": rows.find_party(record.get("lead_organisation") or record.get("lead_contact")),
    }
    key = _add_row(rows, "practices", "practice", record, values)
    for cell in record.get("adoption", ()):
        place = rows.find_keys(cell, area="area", organisation="organisation")
        status = {"status": ADOPTION[cell["status"]], "words": cell["status"], "since": read_stored_date(cell, "since")}
        ref = f"{record['id']}/{cell.get('area') or cell.get('organisation')}"
        rows.add("adoptions", {"ref": ref, "practice": key, **place, **status, **read_source(cell)})


def _add_evidence(rows: Rows) -> None:
    for record in rows.records["dataset"]:
        holder = rows.find_key("organisation", record.get("holder"))
        values = {"title": record["title"], "tier": record["tier"], "holder": holder}
        _add_row(rows, "data_sets", "dataset", record, values)
    for record in rows.records["indicator"]:
        values = {
            "title": record["title"],
            "unit": record["unit"],
            "data_set": rows.find_key("dataset", record.get("dataset")),
            "value": record.get("value", record.get("value_at_least")),
            "at_least": int("value_at_least" in record),
            "out_of": record.get("of"),
            "period": read_stored_date(record, "period"),
            "published_on": read_stored_date(record, "published"),
            **rows.find_keys(record, area="area", part_of="indicator"),
            "caveat": record.get("note"),
            **read_flags(record, "after_seed"),
        }
        _add_row(rows, "figures", "indicator", record, values)
    for record in rows.records["webpage"]:
        values = {"subject": record["subject"], "owner": rows.find_party(record["owner"])}
        _add_row(rows, "web_pages", "webpage", record, values)
