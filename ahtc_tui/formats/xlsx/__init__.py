"""Writers of Excel workbooks: shared style, charts and drop-downs, and one module per workbook."""

__all__ = [
    "action_log",
    "action_log_rows",
    "attendance",
    "cell_text",
    "evidence",
    "plan",
    "practice_matrix",
    "record_table",
    "return_workbook",
]
