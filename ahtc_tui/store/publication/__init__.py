"""What was published: releases and the decisions about their texts."""

__all__ = ["queries"]
