"""What is served besides files: pages for browsers and feeds for catalogues, from the templates in templates/."""

import hashlib
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from bookbuild.writers.xhtml.inlines import xml_characters


def _finalize(value: Any) -> Any:
    """Clean what a template prints; markup comes clean from opened.py, and must stay Markup."""
    return value if not isinstance(value, str) or isinstance(value, Markup) else xml_characters(value)


_FOLDER = Path(__file__).parent / "templates"
_TEMPLATES = Environment(
    loader=FileSystemLoader(_FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=_finalize,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Addresses:
    """Gives the addresses of what is served, as one visitor sees them: under the token, where there is one."""

    def __init__(self, request: Request) -> None:
        self.request = request

    def __call__(self, name: str, **parameters: str) -> str:
        """Give the address of a route, from the host's root on."""
        return self.request.url_for(name, **parameters).path

    def whole(self, name: str) -> str:
        """Give it with the host, to be typed elsewhere."""
        return str(self.request.url_for(name))


def render(template: str, request: Request, **values: object) -> bytes:
    """Make a page; every template knows `at`, which gives addresses."""
    return _TEMPLATES.get_template(template).render(at=Addresses(request), quote=quote, **values).encode()


def style_sheet() -> bytes:
    """Give the style sheet of our own pages."""
    return (_FOLDER / "serve.css").read_bytes()


def answer(request: Request, content: bytes, media_type: str) -> Response:
    """Answer with what was just made; it is not sent again to a client that has it."""
    tag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    response = Response(content, media_type=media_type, headers={"etag": tag})
    return unless_known(request, response)


def unless_known(request: Request, response: Response) -> Response:
    """Give an answer, or 304 where the client has it already (RFC 9110, section 13): by its tag, or else by its date."""
    asked, has = request.headers, response.headers
    kept = {name: has[name] for name in ("etag", "last-modified") if name in has}
    return Response(status_code=304, headers=kept) if _is_known(asked, has) else response


def _is_known(asked: Headers, has: Any) -> bool:
    if "if-none-match" in asked:
        tags = [tag.strip().removeprefix("W/") for tag in asked["if-none-match"].split(",")]
        return "*" in tags or has["etag"] in tags
    try:
        since = parsedate_to_datetime(asked["if-modified-since"])
        return parsedate_to_datetime(has["last-modified"]) <= since
    except (KeyError, ValueError, TypeError):  # not there, no date, or one without a zone
        return False
