"""What a person has to mend about a store.

In: a sentence that says what is wrong and what to do.  Out: `StoreError`.  It stands apart so that whoever only names
it loads no library.
"""


class StoreError(Exception):
    """A store that cannot be opened, written or asked; the message says what to do."""


class StoreChanged(StoreError):
    """A store that was written and swept while it was being read; reading it again helps."""
