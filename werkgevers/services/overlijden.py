"""A death: nobody is put forward, looked for work for or visited any more (R161)."""

from __future__ import annotations

from django.db.models import Q

from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor
from kern.models import Gebeurtenis
from kern.toestanden import verzet
from werkgevers import regels
from werkgevers.keuzes import Afwijsreden
from werkgevers.models import Bemiddeling, Jobhunt, Nazorgmoment, Werkgeversafspraak
from werkgevers.services.bemiddeling import ruim_werk_op
from werkgevers.toestanden import BEMIDDELING, OPEN_BEMIDDELING


def bij_overlijden(melding: Gebeurtenis) -> None:
    """`deelnemer.overleden`: mediation, job hunt, aftercare and promises stop; an employer hears nothing by itself.

    The placement and the employment stay: when they ended is what the employer says.
    """
    van, actor, vandaag = {"deelnemer": int(melding.onderwerp)}, Actor.taak("werkgevers.overlijden"), klok.vandaag()
    open_ = Bemiddeling.objects.select_for_update(of=("self",)).filter(**van, status__in=OPEN_BEMIDDELING)
    for rij in open_.order_by("pk"):
        rij.reden, rij.besloten_op = Afwijsreden.ANDERS, vandaag
        rij.volgende_actie, rij.volgende_actie_op = "", None
        ook = ["reden", "besloten_op", "volgende_actie", "volgende_actie_op"]
        verzet(BEMIDDELING, rij, "terugtrekken", actor=actor, reden="overleden", ook=ook)
        ruim_werk_op(rij)
    Jobhunt.objects.filter(Q(einddatum__isnull=True) | Q(einddatum__gt=vandaag), **van).update(einddatum=vandaag)
    Nazorgmoment.objects.filter(**van, gedaan_op__isnull=True, vervallen_op__isnull=True).update(vervallen_op=vandaag)
    beloften = Werkgeversafspraak.objects.filter(**van, nagekomen_op__isnull=True, vervallen_op__isnull=True)
    beloften.update(vervallen_op=vandaag)
    werkvoorraad.breng_bij(regels.KAMER, van["deelnemer"], regels.werk_van_persoon(van["deelnemer"]))
