"""Many runs: what one run can't tell, such as what a year of faults adds up to."""
