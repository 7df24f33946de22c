"""Errors in Notify's own form: `{"status_code": 400, "errors": [{"error": ..., "message": ...}]}`."""

from fastapi.responses import JSONResponse


class NotifyError(Exception):
    """`error` is the name that the official client's users compare with."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.error = error

    def answer(self) -> JSONResponse:
        errors = [{"error": self.error, "message": str(self)}]
        return JSONResponse({"status_code": self.status, "errors": errors}, self.status)


def bad_request(message: str) -> NotifyError:
    return NotifyError(400, "BadRequestError", message)
