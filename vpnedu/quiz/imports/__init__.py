"""Questions of other systems, read into the book's own."""
