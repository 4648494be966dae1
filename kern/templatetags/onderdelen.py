"""The tags of the component library; ``docs/schermen.md`` shows each with an example.

Small parts (icon, badge, button) are built in Python because pages draw hundreds of them;
larger parts are templates in ``templates/kern/onderdelen/``. All arguments are declared.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.contrib.messages import get_messages
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import BaseForm, BoundField
from django.forms.utils import flatatt
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from kern import grafieken
from kern import onderdelen as o
from kern.formulier import foutzinnen, let_op_vrije_tekst
from kern.meldingen import lees_melding
from kern.tabel import Tabel
from kern.weergave import aantal as tel
from kern.weergave import voorletters

register = template.Library()


# ── Small parts ──────────────────────────────────────────────────────────────────────────


@register.simple_tag
def icoon(naam: str, titel: str = "") -> SafeString:
    """A drawing from the sprite; silent unless it has a ``titel``."""
    bron = staticfiles_storage.url("kern/iconen.svg")
    if titel:
        return format_html(
            '<svg class="icoon" role="img" aria-label="{}"><use href="{}#i-{}"/></svg>',
            titel,
            bron,
            naam,
        )
    return format_html('<svg class="icoon" aria-hidden="true"><use href="{}#i-{}"/></svg>', bron, naam)


def _icoon_of_niets(naam: str) -> SafeString:
    return icoon(naam) if naam else SafeString("")


@register.simple_tag
def merk(tekst: str | o.Merk, toestand: str = "", icoon: str = "", uitleg: str = "", url: str = "") -> SafeString:
    """A status badge: always words, with an icon when it has a colour. ``icoon="-"`` omits it.
    With ``uitleg`` it opens into the sentence that says what you may do now."""
    if isinstance(tekst, o.Merk):
        m = tekst
        return merk(m.tekst, m.toestand, m.icoon, m.uitleg, m.url)
    beeld = icoon or o.TOESTAND_ICOON.get(toestand, "")
    inhoud = format_html("{}{}", _icoon_of_niets("" if beeld == "-" else beeld), tekst)
    klasse = f"merk merk--{toestand}" if toestand else "merk"
    if url:
        return format_html('<a class="{}" href="{}">{}</a>', klasse, url, inhoud)
    if uitleg:
        return format_html(
            '<details class="merkuitleg"><summary class="{}">{}</summary><p>{}</p></details>',
            klasse,
            inhoud,
            uitleg,
        )
    return format_html('<span class="{}">{}</span>', klasse, inhoud)


@register.simple_tag(takes_context=True)
def knop(
    context: template.Context,
    tekst: str | o.Knop,
    url: str = "",
    icoon: str = "",
    hoofd: bool = False,
    klein: bool = False,
    stil: bool = False,
    post: bool = False,
    naam: str = "",
    waarde: str = "",
    sneltoets: str = "",
) -> SafeString:
    """A button. With ``url`` a link, with ``post=True`` a small form that posts there, without
    ``url`` the submit button of the form around it (``naam``/``waarde`` name it)."""
    k = (
        tekst
        if isinstance(tekst, o.Knop)
        else o.Knop(tekst, url, icoon, hoofd=hoofd, klein=klein, stil=stil, post=post, sneltoets=sneltoets)
    )
    klassen = ["knop"]
    klassen += [f"knop--{n}" for n, aan in (("hoofd", k.hoofd), ("klein", k.klein), ("stil", k.stil)) if aan]
    if k.alleen_breed:
        klassen.append("alleen-breed")
    woord = format_html('<span class="{}">{}</span>', "onzichtbaar" if k.alleen_icoon else "knop__tekst", k.tekst)
    inhoud = format_html("{}{}", _icoon_of_niets(k.icoon), woord)
    if k.sneltoets:
        inhoud = format_html('{}<span class="toets" aria-hidden="true">{}</span>', inhoud, k.sneltoets)
    attrs: dict[str, Any] = {"class": " ".join(klassen)}
    if k.sneltoets:
        attrs["aria-keyshortcuts"] = k.sneltoets
    if k.url and not k.post:
        return format_html("<a{}>{}</a>", flatatt({**attrs, "href": k.url}), inhoud)
    if naam:
        attrs |= {"name": naam, "value": waarde}
    element = format_html("<button{}>{}</button>", flatatt({**attrs, "type": "submit"}), inhoud)
    if not k.post:
        return element
    return format_html('<form class="knopvorm" method="post" action="{}">{}{}</form>', k.url, _csrf(context), element)


def _csrf(context: template.Context) -> SafeString:
    request = context.get("request")
    if request is None:
        return SafeString("")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


@register.simple_tag
def beeltenis(naam: str, groot: bool = False) -> SafeString:
    """Initials in a circle; decoration, the name stands beside it."""
    klasse = "beeltenis beeltenis--groot" if groot else "beeltenis"
    return format_html('<span class="{}" aria-hidden="true">{}</span>', klasse, voorletters(naam))


@register.simple_tag
def staaf(deel: float, toestand: str = "") -> SafeString:
    """A thin bar for a share of 0-100; the words beside it carry the meaning."""
    klasse = f"staaf staaf--{toestand}" if toestand else "staaf"
    breed = f"{max(0.0, min(100.0, float(deel))):.0f}%"
    return format_html(
        '<svg class="{}" aria-hidden="true"><rect width="{}" height="100%" rx="3"/></svg>',
        klasse,
        breed,
    )


@register.simple_tag
def toets(tekst: str) -> SafeString:
    return format_html('<kbd class="toets">{}</kbd>', tekst)


@register.simple_block_tag
def waarom(content: str, vraag: str = "Waarom zie ik dit?", open: bool = False) -> SafeString:
    """``{% waarom "Hoe is dit berekend?" %}…{% endwaarom %}``: the explanation behind a figure."""
    return format_html(
        '<details class="waarom"{}><summary>{}</summary><div>{}</div></details>',
        SafeString(" open") if open else "",
        vraag,
        mark_safe(content),  # noqa: S308 - rendered template content, already escaped
    )


# ── Larger parts ─────────────────────────────────────────────────────────────────────────


@register.inclusion_tag("kern/onderdelen/persoonskaart.html", takes_context=True)
def persoonskaart(context: template.Context, kaart: o.Persoonskaart) -> dict[str, Any]:
    return {"kaart": kaart, "request": context.get("request")}


@register.inclusion_tag("kern/onderdelen/takenlijst.html")
def takenlijst(groepen: Sequence[o.Takengroep]) -> dict[str, Any]:
    return {"groepen": [g for g in groepen if g.taken]}


@register.inclusion_tag("kern/onderdelen/tijdlijn.html")
def tijdlijn(punten: Sequence[o.Tijdlijnpunt], meer_url: str = "") -> dict[str, Any]:
    """Events from new to old, under their year."""
    jaren: dict[int, list[o.Tijdlijnpunt]] = {}
    for punt in punten:
        jaren.setdefault(punt.op.year, []).append(punt)
    return {"jaren": [o.Tijdlijnjaar(str(j), p) for j, p in jaren.items()], "meer_url": meer_url}


@register.inclusion_tag("kern/onderdelen/tabel.html")
def tabel(tabel: Tabel) -> dict[str, Any]:
    return {"tabel": tabel}


@register.inclusion_tag("kern/onderdelen/bladzijde.html")
def bladzijde(bladzijde: o.Bladzijde) -> dict[str, Any]:
    return {"blad": bladzijde}


@register.inclusion_tag("kern/onderdelen/filterbalk.html")
def filterbalk(balk: o.Filterbalk, knoptekst: str = "Toon") -> dict[str, Any]:
    return {
        "balk": balk,
        "knoptekst": knoptekst,
        "velden": [velddelen(v) for v in balk.formulier.visible_fields()],
    }


@register.inclusion_tag("kern/onderdelen/chips.html")
def chips(verwijzingen: Sequence[o.Verwijzing], label: str = "Kies wat je ziet") -> dict[str, Any]:
    return {"verwijzingen": verwijzingen, "label": label}


@register.inclusion_tag("kern/onderdelen/stappen.html")
def stappen(stappen: Sequence[o.Stap], label: str = "Delen van dit formulier", liggend: bool = False) -> dict[str, Any]:
    return {
        "stappen": [(s, tel(s.fouten, "fout", "fouten") if s.fouten else "") for s in stappen],
        "label": label,
        "liggend": liggend,
    }


@register.inclusion_tag("kern/onderdelen/tegels.html")
def tegels(tegels: Sequence[o.Tegel]) -> dict[str, Any]:
    return {"tegels": [(t, t.baan) for t in tegels]}


@register.inclusion_tag("kern/onderdelen/leeg.html", takes_context=True)
def leeg(context: template.Context, staat: o.Leeg) -> dict[str, Any]:
    return {"staat": staat, "request": context.get("request")}


@register.inclusion_tag("kern/onderdelen/agenda.html")
def agenda(punten: Sequence[o.Afspraakpunt]) -> dict[str, Any]:
    return {"punten": punten}


@register.inclusion_tag("kern/onderdelen/beloften.html", takes_context=True)
def beloften(context: template.Context, groepen: Sequence[o.Beloftegroep]) -> dict[str, Any]:
    return {"groepen": groepen, "csrf": _csrf(context)}


@register.inclusion_tag("kern/onderdelen/versheid.html")
def versheid(rijen: Sequence[o.Versheid]) -> dict[str, Any]:
    return {"rijen": rijen}


@register.inclusion_tag("kern/onderdelen/feiten.html")
def feiten(feiten: Sequence[o.Feit]) -> dict[str, Any]:
    return {"feiten": feiten}


@register.inclusion_tag("kern/onderdelen/criteria.html")
def criteria(criteria: Sequence[o.Criterium]) -> dict[str, Any]:
    return {"criteria": criteria}


@register.inclusion_tag("kern/onderdelen/criteriatabel.html")
def criteriatabel(criteria: Sequence[o.Criterium], bijschrift: str = "Opbouw per criterium") -> dict[str, Any]:
    return {"criteria": criteria, "bijschrift": bijschrift}


@register.inclusion_tag("kern/onderdelen/notitie.html", takes_context=True)
def notitie(context: template.Context, vak: o.Notitievak) -> dict[str, Any]:
    return {"vak": vak, "csrf": _csrf(context)}


@register.inclusion_tag("kern/onderdelen/palet_uitkomst.html")
def paletuitkomst(groepen: Sequence[o.Paletgroep], q: str = "") -> dict[str, Any]:
    return {"groepen": [g for g in groepen if g.opties], "q": q}


# ── Charts ───────────────────────────────────────────────────────────────────────────────


@register.inclusion_tag("kern/onderdelen/urenbalk.html")
def urenbalk(balk: grafieken.Urenbalk) -> dict[str, Any]:
    return {"balk": balk}


@register.inclusion_tag("kern/onderdelen/gantt.html")
def gantt(plan: grafieken.Gantt, label: str = "Onderdelen van het plan") -> dict[str, Any]:
    return {"plan": plan, "label": label}


@register.inclusion_tag("kern/onderdelen/lijngrafiek.html")
def lijngrafiek(grafiek: grafieken.Lijngrafiek, id: str = "grafiek") -> dict[str, Any]:
    return {"grafiek": grafiek, "id": id}


@register.inclusion_tag("kern/onderdelen/staven.html")
def staven(rijen: Sequence[grafieken.Staafrij], label: str) -> dict[str, Any]:
    return {"rijen": rijen, "label": label}


# ── Forms ────────────────────────────────────────────────────────────────────────────────

_GEEN_INVOER = (forms.CheckboxInput, forms.HiddenInput)


#: A text of at most this many characters gets half a box: the size of a box tells what belongs in it.
_KORTE_TEKST = 12


def _maat(veld: forms.Field) -> str:
    """How wide the box of a field is that says nothing about it."""
    if isinstance(veld, forms.TimeField):
        return "kort"
    lengte = getattr(veld, "max_length", None)
    return "half" if isinstance(veld.widget, forms.TextInput) and lengte and lengte <= _KORTE_TEKST else ""


register.simple_tag(let_op_vrije_tekst)


def _beschreven(veld: BoundField, id_: str) -> list[str]:
    """What is read aloud with the box: the help, the warning, the fault."""
    let_op = getattr(veld.field.widget, "over_persoon", False)
    delen = (("helptext", veld.help_text), ("let_op", let_op), ("error", veld.errors))
    return [f"{id_}_{naam}" for naam, er in delen if er]


@register.simple_tag
def velddelen(veld: BoundField) -> dict[str, Any]:
    """What the field template needs to know about a bound field."""
    widget = veld.field.widget
    keuzes: list[dict[str, Any]] = []
    groep = isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))
    id_ = veld.id_for_label or veld.auto_id
    if groep:
        id_ = veld.auto_id
        hulp = getattr(widget, "hulp", {})
        for deel in veld.subwidgets:
            waarde = str(deel.data["value"])
            if waarde == "":
                continue
            attrs = {
                **deel.data["attrs"],
                "type": deel.data["type"],
                "name": deel.data["name"],
                "value": waarde,
            }
            attrs.pop("aria-describedby", None)
            attrs.pop("aria-invalid", None)
            if not isinstance(widget, forms.RadioSelect):
                attrs.pop("required", None)
            keuzes.append(
                {
                    "invoer": format_html("<input{}>", flatatt(attrs)),
                    "label": deel.choice_label,
                    "hulp": hulp.get(waarde, ""),
                }
            )
    klasse = ""
    if not groep and not isinstance(widget, _GEEN_INVOER):
        maat = getattr(widget, "maat", "") or _maat(veld.field)
        klasse = f"invoer invoer--{maat}" if maat else "invoer"
    eigen = widget.attrs.get("class", "")
    beschreven = _beschreven(veld, id_)
    extra: dict[str, Any] = {}
    if klasse or eigen:
        extra["class"] = f"{klasse} {eigen}".strip()
    if beschreven and not groep:
        extra["aria-describedby"] = " ".join(beschreven)
    if isinstance(widget, forms.Textarea) and "rows" not in extra:
        extra["rows"] = widget.attrs.get("rows") if str(widget.attrs.get("rows")) != "10" else 4
    return {
        "veld": veld,
        "id": id_,
        "groep": groep,
        "vinkje": isinstance(widget, forms.CheckboxInput),
        "naast": getattr(widget, "naast", False),
        "keuzes": keuzes,
        "invoer": "" if groep else veld.as_widget(attrs=extra),
        "fouten": foutzinnen(veld),
        "voor": getattr(widget, "voor", ""),
        "na": getattr(widget, "na", ""),
        "waarschuwing": getattr(widget, "over_persoon", False),
        "beschreven_door": " ".join(beschreven),
    }


@register.inclusion_tag("kern/onderdelen/foutenlijst.html")
def foutenlijst(form: BaseForm) -> dict[str, Any]:
    """All faults at once; each leads to its field. Draws nothing for a form without faults."""
    fouten: list[tuple[str, str]] = []
    if form.is_bound:
        fouten += [(str(f), "") for f in form.non_field_errors()]
        for naam in form.fields:
            veld = form[naam]
            anker = veld.id_for_label or veld.auto_id
            if isinstance(veld.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
                anker = f"{veld.auto_id}_0"
            anker = "" if veld.is_hidden else anker
            fouten += [(zin, anker) for zin in foutzinnen(veld, met_naam=True)]
    aantal = len(fouten)
    return {"fouten": fouten, "kop": f"Nog {tel(aantal, 'ding', 'dingen')} aanpassen" if aantal else ""}


# ── Toasts ───────────────────────────────────────────────────────────────────────────────


@register.inclusion_tag("kern/onderdelen/toasts.html", takes_context=True)
def toasts(context: template.Context, oob: bool = False) -> dict[str, Any]:
    """The messages of this request as toasts. ``oob=True`` in a fragment for htmx."""
    request = context.get("request")
    meldingen = [lees_melding(m) for m in get_messages(request)] if request is not None else []
    return {"meldingen": meldingen, "oob": oob, "csrf": _csrf(context) if meldingen else ""}
