"""People of groups, as a file."""

from itertools import chain, repeat

from tests.cli.analysing import write


def counted(*groups: tuple[str, int, int]) -> str:
    """Write people of groups, so many and so many of them selected."""
    rows = chain.from_iterable(
        [*repeat(f"{name},1", chosen), *repeat(f"{name},0", n - chosen)] for name, n, chosen in groups
    )
    return write("d.csv", "sex,hired", *rows)
