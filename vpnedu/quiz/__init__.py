"""Questions: what is asked, how an answer is marked, and questions that the engine writes."""
