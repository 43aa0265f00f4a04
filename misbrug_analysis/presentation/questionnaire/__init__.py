"""The questionnaire as a workbook to fill in: what stands in it, how it looks, what is locked."""
