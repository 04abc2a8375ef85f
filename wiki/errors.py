"""Refusals: answers a person gets instead of a result, each a sentence in plain words."""


class Refusal(Exception):
    """What was asked cannot be done; says what happened, what is safe and what to do.

    `message` is an English sentence with named places (`%(limit)d`), `values` fill them. The
    sentence is translated where it is shown (`wiki.locale.say`), so rules stay free of the web.
    """

    status = 422

    def __init__(self, message: str, /, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


class Missing(Refusal):
    """The thing does not exist, or the asker may not see it: the answer is the same."""

    status = 404

    def __init__(self, message: str = "There is nothing at this address.", /, **values: object):
        super().__init__(message, **values)


class Forbidden(Refusal):
    """The asker may see the thing but not do this with it."""

    status = 403


class Clash(Refusal):
    """The thing was changed by somebody else in the meantime."""

    status = 409


class TooLarge(Refusal):
    """More bytes than the limit allows."""

    status = 413


class TooMany(Refusal):
    """More attempts than the limit allows; `retry_after` is in seconds."""

    status = 429

    def __init__(self, message: str, /, retry_after: int = 60, **values: object) -> None:
        super().__init__(message, **values)
        self.retry_after = retry_after
