"""Writers of Word documents: agenda and minutes by template, office papers; and the builder of the templates."""
