"""The front as a service of JupyterHub, which says who asks: OAuth for browsers, a token for notebooks."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlsplit

import tornado.web
from jupyterhub.services.auth import HubOAuthCallbackHandler as Callback
from jupyterhub.services.auth import HubOAuthenticated

__all__ = ["Callback", "of_hub", "place"]


def of_hub(handler: type[tornado.web.RequestHandler]) -> type[tornado.web.RequestHandler]:
    """A handler whose user is the hub's."""
    made: type[tornado.web.RequestHandler] = type(handler.__name__, (_OfHub, handler), {})
    return made


class _OfHub(HubOAuthenticated):  # type: ignore[misc]
    """The hub decides who may come here at all, by the scope access:services!service=<name of this service>."""

    def get_current_user(self) -> Any:
        return HubOAuthenticated.get_current_user(self)

    def check_xsrf_cookie(self) -> None:
        HubOAuthenticated.check_xsrf_cookie(self)


def place() -> dict[str, Any]:
    """Where the hub wants its service: address, port, and the path that pages begin with."""
    address = urlsplit(os.environ["JUPYTERHUB_SERVICE_URL"])
    return {
        "host": address.hostname or "127.0.0.1",
        "port": address.port or 80,
        "base": os.environ["JUPYTERHUB_SERVICE_PREFIX"],
    }
