"""Documents built from records: agenda and minutes, office papers, briefs, hand-overs."""
