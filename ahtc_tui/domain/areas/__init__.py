"""Areas: nations, regions, forces, health boards and local authorities, with their names over time."""

__all__ = ["model"]
