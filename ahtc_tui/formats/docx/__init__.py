"""Writers of Word documents: agenda and minutes by template, office papers; the builder of the templates; and the
text of foreign documents."""

__all__ = ["document_text", "meeting", "name_plates", "office_paper", "page_number_removal", "text_replacement"]
