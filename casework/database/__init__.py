"""PostgreSQL for the record: started from a wheel where the authority has no server, and the two roles that use it.

No Django here: the settings, the scripts and the tests all stand on this package.
"""
