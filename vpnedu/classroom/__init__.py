"""Graded quizzes without a server: forms, what comes back, marks, and what they say."""
