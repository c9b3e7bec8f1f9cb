"""Groups out of the database: lists, cards, seats, membership."""
