"""PostgreSQL in its container."""

from dataclasses import dataclass

POSTGRES = "postgres:5432"


@dataclass(frozen=True)
class ServerAt:
    """A server at `host:port`, with its superuser's password."""

    address: str
    password: str

    def dsn(self, database: str = "postgres", *, user: str = "postgres", password: str | None = None) -> str:
        return f"postgresql://{user}:{password or self.password}@{self.address}/{database}"
