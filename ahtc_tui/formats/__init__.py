"""Bytes in and out, one package a family of formats. Never the database."""
