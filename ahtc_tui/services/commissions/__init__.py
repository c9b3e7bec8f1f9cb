"""What people do with papers that somebody asks for: questions, paragraphs, claims."""
