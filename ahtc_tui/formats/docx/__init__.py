"""Writers of Word documents: agenda and minutes by template, office papers; and the builder of the templates."""

__all__ = ["meeting", "name_plates", "office_paper", "text_replacement"]
