"""`ahtc export brief GROUP`, `export handover POST` and `export paper COMMISSION`: papers made of records."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, tell
from ahtc_tui.cli.exports.evidence import tell_small
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.paths import place

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_kinds(kinds: _SubParsersAction[ArgumentParser]) -> list[ArgumentParser]:
    """Each kind of paper."""
    page = kinds.add_parser("brief", help="one page for a board or group: .docx .md", allow_abbrev=False)
    page.add_argument("subject", metavar="GROUP")
    page.set_defaults(run=brief)
    pack = kinds.add_parser("handover", help="what passes on with a post: .docx .md", allow_abbrev=False)
    pack.add_argument("subject", metavar="POST")
    pack.set_defaults(run=handover)
    asked = kinds.add_parser(
        "paper", help="what somebody asked for, question by question: .docx .md", allow_abbrev=False
    )
    asked.add_argument("subject", metavar="COMMISSION")
    asked.add_argument("--without-refs", action="store_true", help="no claim names the record that it rests on")
    asked.set_defaults(run=paper)
    for kind in (page, pack, asked):
        kind.add_argument("out", metavar="OUT")
    return [page, pack, asked]


def brief(context: Context, chosen: Namespace) -> int:
    """`export brief`: exit code 1 where a count of people is so small that somebody should look first."""
    from ahtc_tui.domain.evidence.model import small_among
    from ahtc_tui.services.documents.briefs import export_brief

    with context.office() as workspace:
        path, found = export_brief(workspace, chosen.subject, *_asked(chosen))
        limit = workspace.small_counts
    small = small_among(found.figures, limit)
    numbers = {"seats": len(found.ours), "promised": len(found.mine), "open": len(found.others)}
    _written(chosen, path, {"group": found.card.row.ref, **numbers, "small": list(small), "limit": limit})
    return tell_small(small, limit)


def handover(context: Context, chosen: Namespace) -> int:
    """`export handover`: exit code 1 where the holder has something in person that somebody has to decide about."""
    from ahtc_tui.services.documents.handover import export_hand_over

    with context.office() as workspace:
        path, found = export_hand_over(workspace, chosen.subject, *_asked(chosen))
    numbers = {
        "led": len(found.led),
        "not_done": len(found.not_done),
        "continuing": len(found.continuing),
        "closed": len(found.closed),
        "seats": len(found.seats),
    }
    _written(chosen, path, {"post": found.post_ref, "holder": found.holder, **numbers, "questions": found.in_person})
    for question in found.in_person:
        tell(_("To decide: {holder} {question}").format(holder=found.holder, question=question))
    return 1 if found.in_person else 0


def paper(context: Context, chosen: Namespace) -> int:
    """`export paper`: exit code 1 where a record changed since a person last looked, or a question has no answer."""
    from ahtc_tui.domain.serialization import plain
    from ahtc_tui.services.exports.commission import export_commission

    with context.office() as workspace:
        done = export_commission(
            workspace,
            chosen.subject,
            place(chosen.out),
            Marking(chosen.marking),
            refs=not chosen.without_refs,
            force=chosen.force,
        )
    if chosen.json:
        print_json(plain(done))
    else:
        print_lines([str(done.file)])
        for number in done.stale:
            tell(_("{number} changed since a person last looked").format(number=number))
        for question in done.empty:
            tell(_("question {number} has no answer yet").format(number=question))
    small = tell_small(done.small, done.limit)
    return 1 if done.stale or done.empty else small


def _asked(chosen: Namespace) -> tuple[Path, Marking, bool]:
    return place(chosen.out), Marking(chosen.marking), chosen.force


def _written(chosen: Namespace, path: Path, said: dict[str, Any]) -> None:
    if chosen.json:
        print_json({"file": str(path), **said})
    else:
        print_lines([str(path)])
