"""The errors that EIAssess raises on purpose; an entrance turns them into a page, JSON or an exit code, once."""


class EIAssessError(Exception):
    """Something went wrong that the reader can understand; the message says what to mend."""


class BankError(EIAssessError):
    """A file of a question bank cannot be used.

    Parameters
    ----------
    file
        The file as the reader knows it.
    field
        Where in the file, such as ``options[2].text``; empty if the whole file is meant.
    problem
        What is wrong and what is expected instead.
    """

    def __init__(self, file: str, field: str, problem: str) -> None:
        self.file, self.field, self.problem = file, field, problem
        super().__init__(f"{file}: {field}: {problem}" if field else f"{file}: {problem}")


class NotFoundError(EIAssessError):
    """What was asked for does not exist, or not for this person: the two look the same from outside."""


class RefusedError(EIAssessError):
    """The request is understood and not carried out; the message says why and what to do instead."""


class InvalidInputError(EIAssessError):
    """Values that were given cannot be used; the message names the place and what is expected.

    Parameters
    ----------
    message
        What is wrong and what is expected instead.
    field
        The name of the parameter that it is about, as the function calls it that was asked; empty if it is about
        several, or about none that the caller knows.
    """

    def __init__(self, message: str, field: str = "") -> None:
        self.field = field
        super().__init__(message)


class NotEstimableError(EIAssessError):
    """A statistic has no value for these data, such as a correlation with something that never varies."""


class SetupError(EIAssessError):
    """The installation lacks something; the message says how to mend it."""
