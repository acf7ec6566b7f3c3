"""``python -m eiassess`` and the command ``eiassess``."""

from eiassess.cli.main import cli


def main() -> None:
    """Run the command line and leave with its exit code."""
    cli(prog_name="eiassess")


if __name__ == "__main__":
    main()
