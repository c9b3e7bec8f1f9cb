"""Use cases of figures and data sets: list, show, add, edit and revise. Figures are aggregates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.evidence.small_counts import hide_small_counts
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services import record_lookup
from ahtc_tui.store.evidence import queries
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.evidence import DataSetDraft, FigureDraft, WebPageDraft
    from ahtc_tui.domain.drafts.text import Draft
    from ahtc_tui.domain.evidence.model import DataSetRow, FigureCard, FigureRow, WebPageRow
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor


PATTERN = "FIG-{n:02}"


def list_figures(workspace: Workspace, words: str = "") -> list[FigureRow]:
    """Return the figures that match the words, parts after their whole."""
    with workspace.database.read() as cursor:
        return queries.read_figures(cursor, words)


def list_published_figures(workspace: Workspace, words: str = "") -> list[FigureRow]:
    """Return the published figures that match the words as files show them, without small counts."""
    return publish_figures(workspace, [row for row in list_figures(workspace, words) if row.is_published])


def publish_figures(workspace: Workspace, rows: Iterable[FigureRow]) -> list[FigureRow]:
    """Return figures without the values of small counts and of figures that would reveal one."""
    published = {row.key: row for row in hide_small_counts(list_figures(workspace), workspace.small_counts)}
    return [published.get(row.key, row) for row in rows]


def list_data_sets(workspace: Workspace, words: str = "") -> list[DataSetRow]:
    """Return the data sets that match the words, primary ones first."""
    with workspace.database.read() as cursor:
        return queries.read_data_sets(cursor, words)


def show_figure(workspace: Workspace, ref: str) -> FigureCard:
    """Return everything about one figure. Raises NotFound."""
    with workspace.database.read() as cursor:
        return queries.read_figure_card(cursor, _find_figure(cursor, ref))


def list_other_sources(workspace: Workspace, ref: str) -> list[FigureRow]:
    """Return the figures of other sources with the same title and period. Raises NotFound."""
    with workspace.database.read() as cursor:
        return queries.read_other_sources(cursor, _find_figure(cursor, ref))


def list_parts(workspace: Workspace, ref: str) -> list[FigureRow]:
    """Return the figures that are a part of one. Raises NotFound."""
    with workspace.database.read() as cursor:
        return queries.read_parts(cursor, _find_figure(cursor, ref))


def list_data_set_figures(workspace: Workspace, data_set: str) -> list[FigureRow]:
    """Return the figures from one data set. Raises NotFound."""
    with workspace.database.read() as cursor:
        return queries.read_data_set_figures(
            cursor, record_lookup.find_record(cursor, "data_sets", data_set, _("data set"))[0]
        )


def add_figure(workspace: Workspace, draft: FigureDraft) -> FigureRow:
    """Add a figure with a new reference. Raises BadInput where title, value, unit, period or source is missing."""
    for name in ("title", "value", "unit", "period", "source"):
        if getattr(draft, name) in (None, ""):
            raise BadInput(_("A figure needs a {name}.").format(name=name))
    with workspace.database.write(f"evidence add {(draft.title or '')[:60]}") as ledger:
        values = _resolve_fields(ledger.cursor, draft, None)
        values["ref"] = mint_ref(ledger.cursor, "figures", PATTERN)
        return queries.read_figure(ledger.cursor, ledger.add("figures", values))


def edit_figure(workspace: Workspace, ref: str, draft: FigureDraft) -> FigureRow:
    """Write the given fields of a figure. Raises NotFound, BadInput, Refused for a cycle."""
    record_lookup.refuse_empty_draft(draft)
    with workspace.database.write(f"evidence edit {ref}") as ledger:
        key = _find_figure(ledger.cursor, ref)
        ledger.update("figures", key, _resolve_fields(ledger.cursor, draft, key))
        row = queries.read_figure(ledger.cursor, key)
        if row.out_of is not None and row.value > row.out_of:
            raise BadInput(_("The part is larger than the whole in {text}.").format(text=row.value_text))
        return row


def list_series(workspace: Workspace, ref: str) -> list[FigureRow]:
    """Return the used figure of each period of a series. Raises NotFound."""
    with workspace.database.read() as cursor:
        return queries.read_series(cursor, _find_figure(cursor, ref))


def revise_figure(workspace: Workspace, ref: str, draft: FigureDraft) -> FigureRow:
    """Add a revision of a figure, in any order, and copy the fields not given. Raises NotFound, BadInput.

    Of a figure and its revisions the one that was published last is valid.
    """
    if draft.value is None:
        raise BadInput(_("A revision needs a value."))
    with workspace.database.write(f"evidence revise {ref}") as ledger:
        key = _find_figure(ledger.cursor, ref)
        values = {
            **queries.read_copied_fields(ledger.cursor, key),
            "at_least": 0,
            "out_of": None,
            **_resolve_fields(ledger.cursor, draft, key),
            "ref": mint_ref(ledger.cursor, "figures", PATTERN),
            "supersedes": key,
        }
        return queries.read_figure(ledger.cursor, ledger.add("figures", values))


def add_data_set(workspace: Workspace, draft: DataSetDraft) -> DataSetRow:
    """Add a data set. Raises BadInput without a title or a tier, NotFound."""
    if not draft.title or not draft.tier:
        raise BadInput(_("A data set needs a title and a tier: primary or secondary."))
    with workspace.database.write(f"evidence data-set add {draft.title[:60]}") as ledger:
        values = _resolve_fields(ledger.cursor, draft, None)
        values["ref"] = mint_ref(ledger.cursor, "data_sets", "DS-{n:02}")
        return queries.read_data_set(ledger.cursor, ledger.add("data_sets", values))


def edit_data_set(workspace: Workspace, ref: str, draft: DataSetDraft) -> DataSetRow:
    """Write the given fields of a data set. Raises NotFound, BadInput."""
    with workspace.database.write(f"evidence data-set edit {ref}") as ledger:
        key = _find_data_set(ledger.cursor, ref)
        ledger.update("data_sets", key, _resolve_fields(ledger.cursor, draft, None))
        return queries.read_data_set(ledger.cursor, key)


def _find_figure(cursor: Cursor, ref: str) -> RowKey:
    return record_lookup.find_record(cursor, "figures", ref, _("figure"))[0]


def _resolve_fields(cursor: Cursor, draft: Draft, key: RowKey | None) -> dict[str, Any]:
    """Return the given fields as stored; with `key`, refuse cycles."""
    lookups = {
        "data_set": _find_data_set,
        "part_of": _find_figure,
        "supersedes": _find_figure,
        "holder": record_lookup.find_organisation_key,
        "area": record_lookup.find_area_key,
    }
    values = record_lookup.resolve_columns(cursor, draft, lookups)
    if key is not None:
        record_lookup.refuse_cycle(cursor, "figures", key, values, ("part_of", "supersedes"))
    return values


def _find_data_set(cursor: Cursor, ref: str) -> RowKey:
    return record_lookup.find_record(cursor, "data_sets", ref, _("data set"))[0]


def list_pages(workspace: Workspace, words: str = "") -> list[WebPageRow]:
    """Return the pages that match the words, the longest overdue first."""
    with workspace.database.read() as cursor:
        return queries.read_pages(cursor, words)


def add_page(workspace: Workspace, draft: WebPageDraft) -> WebPageRow:
    """Add a page. Raises BadInput without a subject, NotFound."""
    if not draft.subject:
        raise BadInput(_("A web page needs a subject."))
    with workspace.database.write(f"evidence page add {draft.subject[:60]}") as ledger:
        values = {
            **_resolve_page_fields(ledger.cursor, draft),
            "ref": mint_ref(ledger.cursor, "web_pages", "WEB-{n:02}"),
        }
        return queries.read_page(ledger.cursor, ledger.add("web_pages", values))


def edit_page(workspace: Workspace, ref: str, draft: WebPageDraft) -> WebPageRow:
    """Write the given fields of a page. Raises NotFound."""
    with workspace.database.write(f"evidence page edit {ref}") as ledger:
        key = record_lookup.find_record(ledger.cursor, "web_pages", ref, _("web page"))[0]
        ledger.update("web_pages", key, _resolve_page_fields(ledger.cursor, draft))
        return queries.read_page(ledger.cursor, key)


def review_page(workspace: Workspace, ref: str, reviewed_on: DateAsKnown | None = None) -> WebPageRow:
    """Set the day of the last review, by default today. Raises NotFound, BadInput for a future day."""
    day = reviewed_on or DateAsKnown(workspace.today())
    if day.precision is Precision.DAY and day.latest > workspace.today():
        raise BadInput(_("{day} is in the future. The date of a review must be in the past.").format(day=day))
    with workspace.database.write(f"evidence page reviewed {ref}") as ledger:
        key = record_lookup.find_record(ledger.cursor, "web_pages", ref, _("web page"))[0]
        ledger.update("web_pages", key, {"last_reviewed": day.stored_text})
        return queries.read_page(ledger.cursor, key)


def _resolve_page_fields(cursor: Cursor, draft: WebPageDraft) -> dict[str, Any]:
    return record_lookup.resolve_columns(cursor, draft, {"owner": record_lookup.find_party_key})
