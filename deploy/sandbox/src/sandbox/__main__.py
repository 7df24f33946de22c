"""`python -m sandbox`: the whole system on this machine."""

import typer
from rich.console import Console

from sandbox import commands

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)


@app.command()
def up() -> None:
    """Start everything and leave it running."""
    raise typer.Exit(commands.run(Console(), commands.up))


@app.command()
def demo() -> None:
    """Start everything, play the story, and leave it running."""
    raise typer.Exit(commands.run(Console(), commands.demo))


@app.command()
def check() -> None:
    """Start everything, play the story and verify each step; exits 0, or 1 naming what failed."""
    raise typer.Exit(commands.run(Console(), commands.check))


if __name__ == "__main__":
    app()
