"""What keeps strangers out: which headers go along, and which requests are not taken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from compassbot.talk.bot import reference_for

MOST_BYTES = 256 * 1024
"""The largest request that is read: ten long answers with room to spare."""

Endpoint = Callable[[Request], Awaitable[Response]]


class Sorry(Exception):
    """A request that cannot be answered: an HTTP status, and the key of the sentence that says why.

    `reference` is the number under which a fault of ours stands in the log.
    """

    def __init__(self, status: int, key: str, reference: str = "") -> None:
        """Take the status, the key and the reference."""
        super().__init__(key)
        self.status = status
        self.key = key
        self.reference = reference


def policy(styles_from: str = "") -> str:
    """Return the content security policy; styles and fonts may come from one other address."""
    elsewhere = f" {styles_from}" if styles_from else ""
    return (
        "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        f"style-src 'self'{elsewhere}; font-src 'self'{elsewhere}; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def with_headers(response: Response, styles_from: str = "") -> Response:
    """Return the response with what a browser should hold it to."""
    response.headers.setdefault("Content-Security-Policy", policy(styles_from))
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def from_here(request: Request) -> bool:
    """Return whether a browser says that the request came from one of our own pages, or says nothing."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")


def _bounded(request: Request) -> None:
    """Refuse a body before reading it: every browser says how long it is."""
    length = request.headers.get("content-length", "0" if request.method == "GET" else "")
    if not length.isdecimal():
        raise Sorry(411, "web-sorry-unreadable")
    if int(length) > MOST_BYTES:
        raise Sorry(413, "web-sorry-large")


def fenced(endpoint: Endpoint, sorry: Callable[[Request, Sorry], Response], styles_from: str = "") -> Endpoint:
    """Return the endpoint behind the fence; `sorry` words a refusal."""

    async def answer(request: Request) -> Response:
        try:
            if request.method == "POST" and not from_here(request):
                raise Sorry(403, "web-sorry-elsewhere")
            _bounded(request)
            response = await endpoint(request)
        except Sorry as refusal:
            response = sorry(request, refusal)
        except HTTPException as refusal:
            response = sorry(request, Sorry(refusal.status_code, "web-sorry-unreadable"))
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is logged without content
            response = sorry(request, Sorry(500, "broke", reference_for("page failed", fault)))
        return with_headers(response, styles_from)

    return answer
