"""Exports to files: logs, registers, returns, chasers, packs and the dashboard. Nothing is sent."""

__all__ = [
    "action_log",
    "chasers",
    "commission",
    "contacts",
    "dashboard",
    "deadlines",
    "exchange_folders",
    "exports_folder",
    "highlight",
    "issued_files",
    "meeting_pack",
    "pack_pdf",
    "plan",
    "post_meeting_pack",
    "published_pages",
    "report_menu",
    "returns",
    "screen_copies",
]
