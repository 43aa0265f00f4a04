"""Runs notebooks, exports pages and knows what is up to date."""
