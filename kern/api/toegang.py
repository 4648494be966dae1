"""Scopes: a view says per method which scope it asks; what it does not say is refused."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

#: For documents that anybody may read, such as the API description.
IEDEREEN = ""


class HeeftScope(BasePermission):
    """Default deny: `view.vereiste_scopes` maps each method to its scope."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if request.method not in view.allowed_methods:
            return True  # the answer will be 405
        scope = getattr(view, "vereiste_scopes", {}).get("GET" if request.method == "HEAD" else request.method)
        if scope is None:
            return False
        if scope == IEDEREEN:
            return True
        return bool(request.user) and scope in request.user.scopes
