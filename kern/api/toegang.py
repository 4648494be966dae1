"""Scopes: a view says per method which scope it asks; what it does not say is refused."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

#: For documents that anybody may read, such as the API description.
IEDEREEN = ""


class HeeftScope(BasePermission):
    """Default deny: `view.vereiste_scopes` maps each method to its scope, or to several of which one is enough."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if request.method not in view.allowed_methods:
            return True  # the answer will be 405
        scopes = scopes_van(view, "GET" if request.method == "HEAD" else request.method)
        if scopes is None:
            return False
        if IEDEREEN in scopes:
            return True
        return bool(request.user) and not request.user.scopes.isdisjoint(scopes)


def scopes_van(view: Any, methode: str | None) -> tuple[str, ...] | None:
    """The scopes of which one is enough for this method; None when the view does not name it."""
    scope = getattr(view, "vereiste_scopes", {}).get(methode)
    return (scope,) if isinstance(scope, str) else scope
