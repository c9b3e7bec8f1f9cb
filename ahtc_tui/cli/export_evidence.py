"""`ahtc export matrix`: good practice by place, as a workbook."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from ahtc_tui.cli.context import Context
from ahtc_tui.cli.output import print_json, print_lines
from ahtc_tui.domain.actions import Marking
from ahtc_tui.domain.words import _


def add_kinds(kinds: _SubParsersAction[ArgumentParser]) -> tuple[ArgumentParser, ...]:
    """The kinds with their flags."""
    cascade = kinds.add_parser("matrix", help="good practice by place: .xlsx", allow_abbrev=False)
    cascade.add_argument("out", metavar="OUT")
    cascade.add_argument("words", nargs="*", metavar="WORDS")
    cascade.set_defaults(run=matrix)
    return (cascade,)


def matrix(context: Context, chosen: Namespace) -> int:
    """`export matrix`."""
    from ahtc_tui.services.exports_evidence import export_matrix

    target = Path(chosen.out).expanduser().absolute()
    marking, words = Marking(chosen.marking), " ".join(chosen.words)
    with context.workspace() as workspace:
        count = export_matrix(workspace, target, marking=marking, words=words, force=chosen.force)
    if chosen.json:
        print_json({"file": str(target), "cells": count, "marking": chosen.marking})
    else:
        print_lines([str(target)])
        context.say(_("{n} cells say something.").format(n=count))
    return 0
