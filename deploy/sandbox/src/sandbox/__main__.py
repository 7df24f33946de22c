"""`python -m sandbox`: the whole system on this machine."""

import typer
from rich.console import Console

from sandbox import commands
from sandbox.compose import commands as containers

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


@app.command()
def compose_env() -> None:
    """Write the settings and secrets that docker-compose.yml reads."""
    containers.write_settings()


@app.command()
def compose_addresses() -> None:
    """Show what to open once the containers are up."""
    containers.tell_addresses(Console())


@app.command()
def compose_check() -> None:
    """Play the story against containers and take them down; exits 69 where no engine answers."""
    raise typer.Exit(containers.check(Console()))


if __name__ == "__main__":
    app()
