"""Pages that every service has for people: a problem in plain words, and that somebody has signed out.

Whoever stands behind the reader may see them, so they name no service, agency, person or fact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from chassis.http.problems import OutcomeNotKnown, Problem

STYLE_PATH: Final = "/plain.css"
STYLE: Final = """\
body { margin: 0; color: #1b1b1f; background: #fff; font: 1.1875rem/1.5 Arial, Helvetica, sans-serif; }
main { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.75rem; line-height: 1.25; }
a { color: #134a8e; }
button { font: inherit; padding: .5rem 1rem; }
.exit { text-align: right; padding: .5rem 1rem; }
.exit a { display: inline-block; padding: .5rem 1rem; border: 2px solid #1b1b1f; color: #1b1b1f; font-weight: bold; }
@media print { .exit { display: none; } }
:focus-visible { outline: 3px solid #1b1b1f; outline-offset: 2px; box-shadow: 0 0 0 6px #ffd24a; }
"""
EXIT_PATH: Final = "/exit"
EXIT: Final = (
    '<nav class="exit" aria-label="Leave quickly">'
    f'<a href="{EXIT_PATH}" rel="nofollow noreferrer">Exit this page</a></nav>'
)
SCRIPT_PATH: Final = "/session.js"
SCRIPT: Final = """\
// Shift pressed three times leaves, where there is an Exit; a page whose session has ended empties itself.
// The page works without this file.
"use strict";
addEventListener("pageshow", (event) => { if (event.persisted) { location.reload(); } });
let shifts = [];
const way = document.querySelector('a[href="/exit"]');
addEventListener("keydown", (event) => {
  if (!way) { return; }
  if (event.key !== "Shift") { shifts = []; return; }
  shifts = shifts.filter((at) => event.timeStamp - at < 5000).concat(event.timeStamp);
  if (shifts.length === 3) { location.replace("/exit"); }
});
const kept = document.currentScript.dataset.session === "kept";
const empty = () => { document.body.replaceChildren(); location.replace("/signed-out"); };
const look = () => fetch("/signin/session", { cache: "no-store" }).then(
  (answer) => { if (answer.status === 401) { empty(); } }, () => {});
if (kept) {
  setInterval(look, 5000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { look(); } });
}
"""
ICON_PATH: Final = "/icon.svg"
ICON: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="#134a8e"/></svg>\n'
)
_START = '<p><a href="/">Go to the first page</a></p>'
_SIGN_IN = '<p><a href="/">Sign in</a></p>'
_OTHERWISE = '<form method="post" action="/signout"><button type="submit">Sign out</button></form>'


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    text: str
    way_on: str = _START


_WORDS: Final[Mapping[int, _Words]] = {
    401: _Words("Sign in again", "You are not signed in now. If you sent something, it was not kept.", _SIGN_IN),
    403: _Words("This is not for this sign-in", "Sign out, then sign in as somebody who may see it.", _OTHERWISE),
    404: _Words("There is nothing here", "Check the address, or start again from the first page."),
    409: _Words("This was not done", ""),
    429: _Words("Wait a moment", "Too much was asked at once. Wait a minute, then try again."),
    503: _Words("This page is not there just now", "Nothing is lost. Wait a minute, then try again."),
}
_NOT_KNOWN = _Words(
    OutcomeNotKnown.title,
    "Wait a minute, then load this page again and let it be sent again. Sent twice, it counts once.",
)
_REFUSED = _Words("This was not done", "Something in it could not be read. Go back, and try again.")
_FAILED = _Words("Something went wrong", "It is not your fault. Wait a minute, then try again.")


def problem_page(problem: Problem) -> str:
    """A problem for somebody who reads it in a browser; only a conflict is explained in the service's own words."""
    words = _WORDS.get(problem.status, _REFUSED if problem.status < 500 else _FAILED)
    if isinstance(problem, OutcomeNotKnown):
        words = _NOT_KNOWN
    return plain_page(words.title, f"<p>{escape(words.text or problem.detail)}</p>{words.way_on}")


def plain_page(title: str, body: str) -> str:
    """A page of a heading and `body`, which is HTML; `title` is text."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="icon" href="{ICON_PATH}" type="image/svg+xml">'
        f'<link rel="stylesheet" href="{STYLE_PATH}"><script src="{SCRIPT_PATH}" defer></script></head>'
        f"<body>{EXIT}<main><h1>{escape(title)}</h1>{body}</main></body></html>\n"
    )


def marked(text: str) -> str:
    """Plain text as HTML, with what stands between backticks as code."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(parts))
