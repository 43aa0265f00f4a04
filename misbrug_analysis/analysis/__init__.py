"""Pure functions from data frame to data frame: no files, no plots, no prose."""
