"""A person at a browser, without the browser."""

import httpx2


async def signed_in(persona: str, *, at: str) -> httpx2.AsyncClient:
    """A client with the session cookie of a persona who signed in at this service; the caller closes it.

    Who may see nothing there gets 404 at the end and has a session all the same.
    """
    browser = httpx2.AsyncClient(base_url=at, follow_redirects=True, timeout=10)
    picker = await browser.get("/signin")
    chosen = await browser.get(picker.url.copy_merge_params({"persona": persona}))
    if not _has_session(browser):
        chosen.raise_for_status()
    return browser


def _has_session(browser: httpx2.AsyncClient) -> bool:
    """At the service itself: the issuer, which is at another host, always leaves a session of its own."""
    here = browser.base_url.host
    return any(cookie.domain == here and cookie.name.endswith("-session") for cookie in browser.cookies.jar)
