"""What a mail says: the sentences that questions, promises, deferrals, acceptances and the like are made of.

`read` is the only door. A language is one file beside this one (`en.py`, `de.py`, …): its rule pack.
"""
