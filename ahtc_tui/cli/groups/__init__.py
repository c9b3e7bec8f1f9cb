"""`ahtc groups`: boards and fora, seats, membership."""

__all__ = ["commands"]
