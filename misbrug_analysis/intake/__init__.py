"""Raw files to tidy answers; every raw cell has a fate in the ledger."""
