"""A change asked for with a cookie must come from our own pages."""

from fastapi import Request

from chassis.http.problems import NotAllowed

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class CrossSite(NotAllowed):
    """The request was sent by another site's page with the person's cookie; nothing was done."""

    title = "This did not come from our own pages"


def demand_same_origin(request: Request, *, origin: str) -> None:
    """Raise CrossSite unless a request that changes something was sent by a page of `origin`.

    Sec-Fetch-Site decides where the browser sends it: with our Referrer-Policy a form's own Origin is "null".
    """
    if request.method in _SAFE:
        return
    site = request.headers.get("sec-fetch-site")
    same = site == "same-origin" if site is not None else request.headers.get("origin") == origin
    if not same:
        raise CrossSite("Use the form on our own page.")
