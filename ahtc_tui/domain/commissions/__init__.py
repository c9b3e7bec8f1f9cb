"""Papers that somebody asks for, and the claims that their paragraphs make."""
