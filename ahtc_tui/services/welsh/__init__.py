"""Use cases of translation: the queue of texts without Welsh, their files, and the writing of Welsh."""

__all__ = ["exchange", "queue"]
