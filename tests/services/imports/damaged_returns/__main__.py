"""`python -m tests.services.imports.damaged_returns`: prints the score of the import of damaged returns."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ahtc_tui.services.opening import make_workspace, open_workspace
from tests.builders import TODAY
from tests.services.imports.damaged_returns.corpus import CORPUS
from tests.services.imports.damaged_returns.scoring import score_return, send_return
from tests.services.imports.foreign_logs.__main__ import print_scores
from tests.services.imports.foreign_logs.scoring import Score


def main() -> None:
    """Print a line for each fault and the total; with --faults also what is not as expected."""
    with tempfile.TemporaryDirectory() as folder:
        make_workspace(Path(folder), "wales-2013")
        workspace = open_workspace(Path(folder), TODAY)
        sent = send_return(workspace, Path(folder, "sent"))
        scores = {}
        for fault, returns in CORPUS.items():
            scores[fault] = Score()
            for damaged in returns:
                scores[fault].add(score_return(workspace, sent, damaged, Path(folder)))
        print_scores(scores)


if __name__ == "__main__":
    main()
