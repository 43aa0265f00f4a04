"""Invented studies as large as a country, and far larger: real places, answers that nobody gave.

`.venv/bin/python -m benchmarks.nation FOLDER` writes a project with the study `nation`: 98
municipalities in 22 clusters, or so many ``--clusters``.
"""
