"""Our part on the pages of the dossier and of an employment."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from kern import klok
from kern import onderdelen as o
from kern.aansluitingen.acties import Knop
from kern.weergave import datum
from loonkostensubsidie.aanvraagtoestanden import OPEN_AANVRAAG
from loonkostensubsidie.models import Aanvraag, Subsidie
from loonkostensubsidie.toegang import AANVRAAG, SUBSIDIE
from loonkostensubsidie.vangnetwerk import vangnetten, volgen_tot, volgende
from loonkostensubsidie.views.beeld import AANVRAGEN, aanvraagmerk, subsidiemerk
from werkgevers.views.dienstverband import ZIEKTE

_HOEVEEL = 5


def _regels(request: Any, *, volgen: bool = False, **van: Any) -> dict[str, Any] | None:
    aanvragen = AANVRAAG.beperk(Aanvraag.objects.filter(status__in=OPEN_AANVRAAG, **van), request.medewerker)
    rechten = SUBSIDIE.beperk(Subsidie.objects.filter(**van), request.medewerker)
    subsidies = list(rechten.select_related("regeling", "werkgever").order_by("-begindatum", "-pk")[:_HOEVEEL])
    regels = [
        {
            "url": reverse("lks_aanvraag", args=[a.kenmerk]),
            "tekst": f"Aanvraag van {a.werkgever.naam}",
            "merk": aanvraagmerk(a),
        }
        for a in aanvragen.select_related("werkgever").order_by("-pk")[:_HOEVEEL]
    ]
    regels += [
        {
            "url": reverse("subsidie", args=[s.kenmerk]),
            "tekst": f"{s.regeling.naam} aan {s.werkgever.naam}, vanaf {datum(s.begindatum)}",
            "merk": subsidiemerk(s),
        }
        for s in subsidies
    ]
    regels += _volgen(subsidies) if volgen else []
    return {"regels": regels} if regels else None


def _volgen(subsidies: list[Subsidie]) -> list[dict[str, Any]]:
    """Until when we follow somebody after the last subsidy for wage: who falls ill then, we help (FEITEN 5.3)."""
    if any(s.einddatum is None or s.einddatum >= klok.vandaag() for s in subsidies if s.status != "ingetrokken"):
        return []
    dagen = [dag for s in subsidies if (dag := volgen_tot(s)) is not None and dag >= klok.vandaag()]
    if not dagen:
        return []
    return [
        {"url": "", "tekst": f"Na de subsidie volgen we nog tot en met {datum(max(dagen))}", "merk": o.Merk("Volgen")}
    ]


def van_persoon(request: Any, deelnemer: Any) -> dict[str, Any] | None:
    """On the dossier: open applications and rights, no amounts, and the way to ask for the doelgroep. Most people have
    no subsidy: that was asked along.
    """
    paneel = _regels(request, volgen=True, deelnemer=deelnemer) if getattr(deelnemer, "heeft_subsidie", True) else None
    paneel = paneel or {"regels": []}
    if request.rechten.intersection(AANVRAGEN) and deelnemer.overleden_op is None:
        paneel["doelgroep"] = reverse("lks_doelgroep_nieuw", args=[deelnemer.dossiernummer])
    return paneel if paneel["regels"] or "doelgroep" in paneel else None


def van_werk(request: Any, rij: Any) -> dict[str, Any] | None:
    """On an employment: the same for this job, and what must be done for who is ill."""
    paneel = _regels(request, dienstverband=rij) or {"regels": []}
    if request.rechten.intersection(ZIEKTE):
        paneel["regels"] += [
            {"url": reverse("lks_vangnet", args=[ziekte.pk]), "tekst": "Vangnet", "merk": _vangnetmerk(ziekte, stappen)}
            for ziekte, stappen in vangnetten(dienstverband=rij)
        ]
    return paneel if paneel["regels"] else None


def _vangnetmerk(ziekte: Any, stappen: Any) -> o.Merk:
    stap = volgende(ziekte, stappen)
    if stap is None:
        return o.Merk("Afgesloten")
    return o.Merk(f"{stap[0].label}: {datum(stap[1])}", "fout" if stap[1] < klok.vandaag() else "let-op")


def knoppen(request: Any, rij: Any) -> list[Knop]:
    """On an employment that can have subsidy: ask for it."""
    if rij.soort not in {"lks", "beschut"} or rij.einddatum is not None or not request.rechten.intersection(AANVRAGEN):
        return []
    er_is = Aanvraag.objects.filter(dienstverband=rij, status__in=OPEN_AANVRAAG).exists()
    loopt = Subsidie.objects.filter(dienstverband=rij).exclude(status="ingetrokken").exists()
    if er_is or loopt:
        return []
    return [Knop("Subsidie aanvragen", reverse("lks_aanvraag_nieuw", args=[rij.pk]), icoon="document")]
