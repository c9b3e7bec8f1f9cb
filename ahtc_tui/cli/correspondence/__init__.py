"""The verbs of `ahtc meetings` for agreement by correspondence and date polls."""
