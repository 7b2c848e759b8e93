"""Ingest: what a machine reads in pasted articles; it suggests, and never publishes."""
