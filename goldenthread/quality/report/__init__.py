"""A check as something to read: what was found, where, how to mend it, what was not checked and why."""
