"""Exports to files: logs, registers, returns, chasers, packs and the dashboard. Nothing is sent."""
