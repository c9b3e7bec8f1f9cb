"""`ahtc areas`: the areas of the office."""
