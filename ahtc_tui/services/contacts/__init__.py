"""What people do with the register: contacts, appointments, engagement, lists, duplicates, renames."""
