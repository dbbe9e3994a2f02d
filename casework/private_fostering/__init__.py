"""Private fostering: who looks after the child, whether it is suitable, what the carer told us, how it ended."""
