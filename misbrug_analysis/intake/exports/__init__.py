"""Exports: files with the answers of many respondents, from survey systems and spreadsheets."""
