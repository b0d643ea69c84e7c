"""What students hand in: found, read strictly, and remembered."""
