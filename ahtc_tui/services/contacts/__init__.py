"""Use cases of the register: contacts, appointments, engagement, circulation lists, duplicates, renames."""
