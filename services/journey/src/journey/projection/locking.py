"""One journey is settled by one projection at a time, whatever topic or partition it came by."""

from typing import Final

from chassis.database import Connection

_LOCK: Final = 5_214_960_117
ALONE: Final = f"SELECT pg_advisory_xact_lock({_LOCK})"
BESIDE_OTHERS: Final = f"SELECT pg_advisory_xact_lock_shared({_LOCK})"


class Turns:
    """Takes turns until the transaction ends."""

    async def settle_alone(self, connection: Connection) -> None:
        """Nobody else keeps a fact that bears on a journey, or settles one.

        A link, a merge and a fact of one matter may come by three partitions at once, and each has to see the others.
        """
        await connection.execute(ALONE)

    async def keep_beside_others(self, connection: Connection) -> None:
        """Facts that bear on no journey are kept beside others who do the same, while nobody settles one."""
        await connection.execute(BESIDE_OTHERS)
