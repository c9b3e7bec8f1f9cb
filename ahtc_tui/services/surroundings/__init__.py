"""What is around a workspace: other open screens, the folder it is kept in, the clock, the programs of the system."""

__all__ = ["location", "opener", "windows"]
