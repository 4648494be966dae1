"""The menu of the portal for developers, and text with code in it."""

from __future__ import annotations

import json
import re
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kern.aansluitingen import portaal

register = template.Library()
_CODE = re.compile(r"`([^`]+)`")


@register.inclusion_tag("kern/api/portaalmenu.html", takes_context=True)
def portaalmenu(context: template.Context) -> dict[str, Any]:
    """The pages of the portal; the one that is open is marked."""
    hier = context["request"].path if "request" in context else ""
    punten = [(blad.label, reverse(blad.url)) for blad in portaal.bladen()]
    return {"punten": [(label, adres, adres == hier) for label, adres in punten]}


@register.filter
def metcode(tekst: str) -> SafeString:
    """Text in which `code` between backticks is shown as code."""
    delen = enumerate(_CODE.split(tekst))
    return format_html_join("", "{}", ((format_html("<code>{}</code>", d) if i % 2 else d,) for i, d in delen))


@register.filter
def alsjson(waarde: Any) -> str:
    """A value as readable JSON."""
    return json.dumps(waarde, indent=2, ensure_ascii=False)
