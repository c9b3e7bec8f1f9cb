"""`ahtc groups`: boards and fora, seats, membership."""
