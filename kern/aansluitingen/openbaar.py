"""Socket *openbaar*: pages that need no account; the sign-in page leads to them."""

from __future__ import annotations

from django.urls import reverse

_bladen: dict[str, str] = {}


def blad(label: str, url: str) -> None:
    """Add a page under its url name."""
    _bladen[url] = label


def bladen() -> list[tuple[str, str]]:
    """Label and address of each page."""
    return [(label, reverse(url)) for url, label in _bladen.items()]
