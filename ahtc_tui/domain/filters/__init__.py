"""The filter grammar: its terms as one table, the parser, and the parsed filter. Names are resolved by the store."""

__all__ = ["grammar", "model", "terms", "text_match", "values"]
