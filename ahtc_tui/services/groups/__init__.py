"""What people do with boards and fora: groups, chairs, terms of reference, seats, membership."""
