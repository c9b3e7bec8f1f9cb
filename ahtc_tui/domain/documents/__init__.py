"""Documents as data: agenda and minutes, office papers, packs, briefs, hand-overs, chasers, the dashboard."""
