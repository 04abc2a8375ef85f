"""What can be done with accounts: one function, one use case; the actor is an argument.

None of them commits. An actor of `None` is the command line or a person who has no account yet.
"""
