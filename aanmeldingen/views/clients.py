"""API-clients for the functioneel beheerder: who may send, with which keys, and when they were here last."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aanmeldingen import clientforms as forms
from aanmeldingen import querysets
from aanmeldingen.keuzes import BRONNEN
from kern import klok
from kern.api import clients as dienst
from kern.forms import ingevuld
from kern.handeling import Actor
from kern.meldingen import meld
from kern.models import ApiClient, ClientSleutel
from kern.onderdelen import Feit, Knop, Leeg, Merk
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import aantal, datum
from kern.weigering import probeer
from regelgeving.opzoeken import label

RECHT = "clients.beheren"
_LOOPT_AF = dt.timedelta(days=14)


def _laatste_dag(moment: dt.datetime) -> dt.date:
    return timezone.localdate(moment - dt.timedelta(microseconds=1))


def sleutelstand(sleutel: ClientSleutel) -> Merk:
    """Whether a key is good now."""
    nu = klok.echt_nu()
    if sleutel.geldig_tot is not None and sleutel.geldig_tot <= nu:
        return Merk("Verlopen")
    if sleutel.geldig_vanaf > nu:
        return Merk("Begint later", "info")
    if sleutel.geldig_tot is not None and sleutel.geldig_tot - nu <= _LOOPT_AF:
        return Merk("Loopt bijna af", "let-op")
    return Merk("Geldig", "goed")


def stand(client: ApiClient) -> Merk:
    """Whether a client can come in, with what to do."""
    if not client.actief:
        return Merk("Stopgezet", "fout")
    if client.proef_tot is not None:
        return Merk(f"Testclient tot {datum(timezone.localdate(client.proef_tot))}", "info")
    merken = [sleutelstand(s) for s in client.sleutels.all()]
    geldig = [m for m in merken if m.toestand in {"goed", "let-op"}]
    if not geldig and not client.uitgever:
        return Merk("Geen geldige sleutel", "let-op")
    if geldig and all(m.toestand == "let-op" for m in geldig):
        return Merk("Sleutel loopt af", "let-op")
    return Merk("Actief", "goed")


def _gebruikt(moment: dt.datetime | None) -> str:
    return datum(timezone.localdate(moment)) if moment else "Nog niet"


def _sleutels(client: ApiClient) -> str:
    geldig = [s for s in client.sleutels.all() if sleutelstand(s).toestand]
    if not geldig:
        return client.uitgever or "Geen"
    einde = max((s.geldig_tot for s in geldig if s.geldig_tot), default=None)
    open_ = any(s.geldig_tot is None for s in geldig)
    tot = f", tot en met {datum(_laatste_dag(einde))}" if einde and not open_ else ""
    return f"{aantal(len(geldig), 'sleutel', 'sleutels')}{tot}"


_KOLOMMEN = (
    Kolom("naam", "Systeem", kop=True, link=lambda c: reverse("client", args=[c.pk]), onder=lambda c: c.client_id),
    Kolom("bron", "Meldt aan namens", waarde=lambda c: label(BRONNEN, c.bron)),
    Kolom("sleutels", "Sleutels", waarde=_sleutels),
    Kolom("gebruikt", "Laatst gebruikt", waarde=lambda c: _gebruikt(c.laatst_gebruikt_op)),
    Kolom("stand", "Stand", waarde=stand),
)


_PROEFKOLOMMEN = tuple(k for k in _KOLOMMEN if k.sleutel != "sleutels")
#: There can be more, but nobody reads on.
MEESTE_TESTCLIENTS = 50


@toegang(RECHT)
@require_safe
def clients(request: HttpRequest) -> HttpResponse:
    """All systems that may use the API."""
    pagina = Paginator(querysets.api_clients(), 50).get_page(request.GET.get("pagina"))
    leeg = Leeg(
        "Nog geen systeem aangesloten",
        "Sluit een afdeling aan, dan kan haar systeem mensen aanmelden.",
        "inbak",
        Knop("Systeem aansluiten", reverse("client_nieuw"), "plus"),
    )
    proef = list(querysets.testclients()[:MEESTE_TESTCLIENTS])
    context = {
        "tabel": Tabel.van(request, _KOLOMMEN, pagina, bijschrift="API-clients", leeg=leeg),
        "hoeveel": pagina.paginator.count,
        "proef": Tabel.van(request, _PROEFKOLOMMEN, proef, bijschrift="Testclients") if proef else None,
    }
    return render(request, "aanmeldingen/clients.html", context)


@toegang(RECHT)
@require_safe
def client(request: HttpRequest, pk: int) -> HttpResponse:
    """One system: what it may do, its keys, and what can be done."""
    rij = _haal(pk, ook_proef=True)
    sleutels = [
        {
            "rij": s,
            "stand": sleutelstand(s),
            "tot": datum(_laatste_dag(s.geldig_tot)) if s.geldig_tot else "Geen einde",
            "gebruikt": _gebruikt(s.laatst_gebruikt_op),
            "loopt": sleutelstand(s).tekst != "Verlopen",
        }
        for s in reversed(rij.sleutels.all())
    ]
    context = {
        "client": rij,
        "stand": stand(rij),
        "feiten": _feiten(rij),
        "rechten": [forms.SCOPES.get(scope, scope) for scope in rij.scopes],
        "sleutels": sleutels,
        "vol": sum(s["loopt"] for s in sleutels) >= dienst.MAX_SLEUTELS or rij.proef_tot is not None,
        "knoppen": _knoppen(rij),
    }
    return render(request, "aanmeldingen/client.html", context)


def _feiten(rij: ApiClient) -> list[Feit]:
    feiten = [
        Feit("Client-id", rij.client_id),
        Feit("Meldt aan namens", label(BRONNEN, rij.bron)),
        Feit("Laatst gebruikt", _gebruikt(rij.laatst_gebruikt_op), onder="Token opgehaald of iets gestuurd"),
        Feit("Bij vragen", rij.contact_email or "–"),
        Feit("Hoort of iemand bekend is", "Ja" if rij.eigen_organisatie else "Nee"),
        Feit("Hoort de uitkomst", "Ja" if rij.uitkomst_zichtbaar else "Nee"),
    ]
    if rij.uitgever:
        feiten.append(Feit("Haalt tokens bij", rij.uitgever, onder=f"Daar heet het systeem {rij.extern_id}"))
    return feiten


def _knoppen(rij: ApiClient) -> list[Knop]:
    stoppen = Knop("Stopzetten", reverse("client_stopzetten", args=[rij.pk]), stil=True)
    if rij.proef_tot is not None:
        return [stoppen] if rij.actief else []
    wijzigen = Knop("Wijzigen", reverse("client_wijzigen", args=[rij.pk]), "pen")
    if rij.actief:
        return [wijzigen, stoppen]
    return [wijzigen, Knop("Weer aanzetten", reverse("client_openen", args=[rij.pk]), post=True, hoofd=True)]


def _haal(pk: int, *, ook_proef: bool = False) -> ApiClient:
    """A system; a test client only where that is meant, for it can be seen and stopped but not changed."""
    rij = querysets.api_clients().filter(pk=pk).first()
    if rij is None and ook_proef:
        rij = querysets.testclients().filter(pk=pk).first()
    if rij is None:
        raise Http404
    return rij


def _kort(sleutel: ClientSleutel) -> str:
    """The name of a key as the list shows it: one long word would not fit a phone."""
    return Truncator(sleutel.kid).chars(16)


def _actor(request: HttpRequest) -> Actor:
    return Actor.van_gebruiker(request.user)  # type: ignore[arg-type]


def _formulier(request: HttpRequest, form: Any, terug: str, **context: str) -> HttpResponse:
    return render(request, "aanmeldingen/clientformulier.html", {"form": form, "terug": terug, **context})


@toegang(RECHT)
@require_http_methods(["GET", "POST"])
def nieuw(request: HttpRequest) -> HttpResponse:
    """Connect a system."""
    begin = {"scopes": [s for s in forms.SCOPES if s != "abonnementen.beheren"]}
    form = forms.NieuweClientForm(ingevuld(request), initial=begin)
    if form.is_valid():
        rij = probeer(form, lambda: dienst.maak_client(**form.cleaned_data, actor=_actor(request)))
        if rij is not None:
            meld(request, f"{rij.naam} is aangesloten.", onder="Voeg nu de publieke sleutel toe.")
            return redirect("client", pk=rij.pk)
    uitleg = "Het systeem kan pas iets als er een sleutel bij staat."
    return _formulier(
        request, form, reverse("clients"), titel="Systeem aansluiten", knoptekst="Aansluiten", uitleg=uitleg
    )


@toegang(RECHT)
@require_http_methods(["GET", "POST"])
def wijzigen(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a system may do."""
    rij = _haal(pk)
    form = forms.WijzigClientForm(
        ingevuld(request), initial={n: getattr(rij, n) for n in forms.WijzigClientForm.base_fields}
    )
    if form.is_valid() and probeer(form, lambda: dienst.wijzig_client(rij, **form.cleaned_data, actor=_actor(request))):
        meld(
            request, "De wijziging is opgeslagen.", onder="Een token dat al is uitgegeven, krijgt er geen rechten bij."
        )
        return redirect("client", pk=pk)
    return _formulier(
        request, form, reverse("client", args=[pk]), titel=f"{rij.naam} wijzigen", knoptekst="Opslaan", uitleg=""
    )


@toegang(RECHT)
@require_http_methods(["GET", "POST"])
def stopzetten(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a system in no longer."""
    rij = _haal(pk, ook_proef=True)
    form = forms.RedenForm(ingevuld(request))
    if form.is_valid() and probeer(
        form, lambda: dienst.zet_client_uit(rij, actor=_actor(request), reden=form.cleaned_data["reden"])
    ):
        meld(request, f"{rij.naam} kan er niet meer in.")
        return redirect("client", pk=pk)
    uitleg = (
        "Sleutels en tokens werken dan meteen niet meer. Wat er al is aangemeld, blijft staan. "
        "Je kunt het systeem later weer toelaten."
    )
    return _formulier(
        request,
        form,
        reverse("client", args=[pk]),
        titel=f"{rij.naam} stopzetten",
        knoptekst="Stopzetten",
        uitleg=uitleg,
    )


@toegang(RECHT)
@require_POST
def openen(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a system in again."""
    rij = _haal(pk)
    dienst.zet_client_aan(rij, actor=_actor(request))
    meld(request, f"{rij.naam} kan er weer in.")
    return redirect("client", pk=pk)


@toegang(RECHT)
@require_http_methods(["GET", "POST"])
def sleutel_nieuw(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a key beside the one that is there."""
    rij = _haal(pk)
    wisselt = any(s.geldig_tot is None for s in rij.sleutels.all())
    begin = {"geldig_vanaf": forms.vandaag(), "oude_tot": forms.vandaag() + dienst.OVERLAP}
    form = forms.SleutelForm(ingevuld(request), initial=begin, wisselt=wisselt)
    if form.is_valid():
        gegevens = form.cleaned_data
        dagen = {
            "geldig_vanaf": forms.begin_van(gegevens["geldig_vanaf"]),
            "geldig_tot": forms.einde_van(gegevens["geldig_tot"]),
            "oude_tot": forms.einde_van(gegevens.get("oude_tot")),
        }
        sleutel = probeer(form, lambda: dienst.voeg_sleutel_toe(rij, gegevens["jwk"], **dagen, actor=_actor(request)))
        if sleutel is not None:
            meld(request, "De sleutel is toegevoegd.")
            return redirect("client", pk=pk)
    uitleg = "Twee sleutels mogen naast elkaar, zodat het systeem kan wisselen zonder stil te staan."
    return _formulier(
        request,
        form,
        reverse("client", args=[pk]),
        titel=f"Sleutel van {rij.naam}",
        knoptekst="Toevoegen",
        uitleg=uitleg,
    )


@toegang(RECHT)
@require_http_methods(["GET", "POST"])
def sleutel(request: HttpRequest, pk: int, sleutel_pk: int) -> HttpResponse:
    """Choose until when a key is good."""
    rij = _haal(pk)
    gekozen = get_object_or_404(ClientSleutel.objects.select_related("client"), pk=sleutel_pk, client=rij)
    begin = {"geldig_tot": _laatste_dag(gekozen.geldig_tot) if gekozen.geldig_tot else None}
    form = forms.EindeForm(ingevuld(request), initial=begin)
    if form.is_valid():
        einde = forms.einde_van(form.cleaned_data["geldig_tot"])
        if probeer(form, lambda: dienst.zet_einde(gekozen, einde, actor=_actor(request))):  # type: ignore[arg-type]
            meld(request, f"De sleutel is geldig tot en met {datum(form.cleaned_data['geldig_tot'])}.")
            return redirect("client", pk=pk)
    return _formulier(
        request,
        form,
        reverse("client", args=[pk]),
        titel=f"Einde van een sleutel van {rij.naam}",
        knoptekst="Opslaan",
        uitleg=f"Na deze dag komt het systeem er met sleutel {_kort(gekozen)} niet meer in. Geef op tijd een nieuwe.",
    )


@toegang(RECHT)
@require_http_methods(["GET", "POST"])
def sleutel_intrekken(request: HttpRequest, pk: int, sleutel_pk: int) -> HttpResponse:
    """Stop a key at once."""
    rij = _haal(pk)
    gekozen = get_object_or_404(ClientSleutel.objects.select_related("client"), pk=sleutel_pk, client=rij)
    form = forms.RedenForm(ingevuld(request))
    if form.is_valid():
        dienst.trek_sleutel_in(gekozen, actor=_actor(request), reden=form.cleaned_data["reden"])
        meld(request, "De sleutel werkt niet meer.")
        return redirect("client", pk=pk)
    return _formulier(
        request,
        form,
        reverse("client", args=[pk]),
        titel=f"Sleutel van {rij.naam} intrekken",
        knoptekst="Nu intrekken",
        uitleg=f"Sleutel {_kort(gekozen)} werkt dan meteen niet meer. Doe dit als hij gelekt is.",
    )
