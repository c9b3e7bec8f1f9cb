"""`ahtc contacts`: the register, appointments, engagement, lists, duplicates."""
