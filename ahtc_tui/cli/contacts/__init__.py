"""`ahtc contacts`: the register, appointments, engagement, lists, duplicates."""

__all__ = ["write_commands"]
