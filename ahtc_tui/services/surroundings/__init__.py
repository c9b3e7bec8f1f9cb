"""What is around a workspace: other open screens, the folder it is kept in, the clock."""

__all__ = ["location", "windows"]
