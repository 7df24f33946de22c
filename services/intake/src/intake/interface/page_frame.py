"""What the pages of the reference have in common, and what they may load."""

from html import escape
from typing import Final

from chassis.http.plain import EXIT, ICON_PATH

STYLE_PATH: Final = "/reference/reference.css"
REDOC_PATH: Final = "/reference/redoc.js"
START_PATH: Final = "/reference/reference.js"
REDOC_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' "
    "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""No inline script, nothing from elsewhere, and of styles in the page only the two with which Redoc begins."""

_LINKS: Final = (
    '<a href="/reference">Requests</a> · <a href="/reference/events">Event types, with an example of each</a> · '
    '<a href="/problems">Problems</a> · <a href="/openapi.json">OpenAPI</a> · <a href="/asyncapi.json">AsyncAPI</a>'
)


def framed(title: str, body: str, *, scripts: str = "") -> str:
    """A page of the reference; `body` and `scripts` are HTML."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)} - Throughline intake</title><link rel="icon" href="{ICON_PATH}" type="image/svg+xml">'
        f'<link rel="stylesheet" href="{STYLE_PATH}">{scripts}</head>'
        f"<body><header>{EXIT}<h1>{escape(title)}</h1><p>{_LINKS}</p></header>{body}</body></html>\n"
    )


def reference_page() -> str:
    """Redoc draws the OpenAPI document."""
    scripts = f'<script src="{REDOC_PATH}" defer></script><script src="{START_PATH}" defer></script>'
    body = '<main id="reference"><p>The links above lead to the same without a script.</p></main>'
    return framed("Requests and answers", body, scripts=scripts)
