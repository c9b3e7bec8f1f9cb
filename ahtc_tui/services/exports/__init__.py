"""Files that leave: logs, registers, returns, chasers, packs, the dashboard. Written whole, never sent."""
