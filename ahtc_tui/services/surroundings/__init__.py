"""The surroundings of a workspace: other open screens, its folder, the clock, other programs."""

__all__ = ["location", "programs", "windows"]
