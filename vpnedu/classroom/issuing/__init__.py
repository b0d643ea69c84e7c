"""Before the quiz: papers and rosters become a key, and a form for every student."""
