"""A paragraph that rests on a revised figure states the revision of the day."""

from __future__ import annotations

from ahtc_tui.domain.commissions.claims import ClaimKind
from ahtc_tui.domain.drafts.evidence import build_figure_draft
from ahtc_tui.services.evidence import service as evidence
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.commissions.claims import read_claims
from ahtc_tui.store.commissions.statements import read_statements
from tests.builders import TODAY, query_rows, set_clock


def test_a_revised_figure_stays_in_the_paper_with_its_value_of_the_day(wales: Workspace) -> None:
    draft = build_figure_draft({"value": "36", "source": "gov.wales", "published_on": "13 nov 2013"}, TODAY)
    evidence.revise_figure(wales, "nrm-wales-2012", draft)
    (key,) = query_rows(wales, "SELECT id FROM figures WHERE ref = 'nrm-wales-2012'")[0]
    for day, value in (("2013-11-12", "34"), ("2013-11-13", "36")):
        at_day = set_clock(wales, day)
        with at_day.database.read() as cursor:
            (claim,) = read_claims(cursor, ClaimKind.FIGURE, at_day.today(), {key})
            (statement,) = read_statements(cursor, ClaimKind.FIGURE, {key}, at_day.today())[key]
        assert claim.key == key
        assert value in str(claim)
        assert value in str(statement.values) + statement.subject
