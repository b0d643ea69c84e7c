"""What happens over time: runs that write traces, and the book's scenarios."""
