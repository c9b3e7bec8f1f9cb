"""Files on the disk: temporary ones and what killed programs left."""

__all__ = ["temporary_files"]
