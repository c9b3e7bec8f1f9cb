"""Boards, fora and groups: rows, seats, membership."""
