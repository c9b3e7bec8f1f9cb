"""Exports to files: logs, registers, returns, chasers, packs and the dashboard. Nothing is sent."""

__all__ = [
    "action_log",
    "chasers",
    "commission",
    "contacts",
    "copied_rows",
    "dashboard",
    "deadlines",
    "evidence",
    "exchange_folders",
    "exports_folder",
    "highlight",
    "meeting_pack",
    "pack_pdf",
    "pictures",
    "plan",
    "post_meeting_pack",
    "report_menu",
    "returns",
]
