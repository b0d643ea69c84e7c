"""What a run of grading leaves to read: tables, a report, feedback, gradebooks."""
