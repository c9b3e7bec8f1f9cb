"""What is around a workspace: its start, other open screens, its folder, the clock, other programs."""

__all__ = ["editor", "first_start", "location", "opener", "windows"]
