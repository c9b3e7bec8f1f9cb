"""Documents made of records: agenda and minutes, office papers, briefs, hand-overs."""
