"""The book's own files: provider facts and question banks."""
