"""Counts to sentences, charts, tables and pages; no arithmetic beyond formatting."""
