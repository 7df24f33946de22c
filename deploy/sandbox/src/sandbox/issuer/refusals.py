"""Refusals of the token endpoint (RFC 6749, 5.2)."""

from fastapi.responses import JSONResponse


class TokenRefused(Exception):
    """`error` is one of the standard's words; `why` says what to change, and repeats nothing that was sent."""

    def __init__(self, error: str, why: str, *, status: int = 400) -> None:
        super().__init__(why)
        self.error = error
        self.status = status

    def answer(self) -> JSONResponse:
        headers = {"WWW-Authenticate": "Basic"} if self.status == 401 else None
        return JSONResponse({"error": self.error, "error_description": str(self)}, self.status, headers)
