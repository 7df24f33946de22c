"""The HTTP client for calls to other services: never in a transaction, and it fails only as httpx2 says it does."""

from typing import Any

import httpx2

from chassis.open_transactions import refuse_within_transaction


class OutwardClient(httpx2.AsyncClient):
    """httpx2's client, for which a peer that dies while we connect is away like any other.

    On uvloop the transport of a connection that was reset has no socket any more, and anyio, which asks the socket for
    its peer, fails with an AttributeError: to its callers a fault of the program, for which a process ends.
    """

    async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        """Send a request. Raises what httpx2 documents: ConnectError where the connection was reset meanwhile.

        And CalledInTransaction, with nothing sent, while this task has one open.
        """
        refuse_within_transaction()
        try:
            return await super().send(request, **options)
        except AttributeError as error:
            if error.obj is not None:
                raise
            raise httpx2.ConnectError("the connection was reset while it was opened", request=request) from error
