"""Marks become grades: by the key, by a policy, and by what a teacher decides."""
