"""A design that runs: machines that hold beliefs, links that carry or don't, and who notices."""
