"""What the sender hears of the trajectory: start and end, after commit and at least once (R040)."""

from __future__ import annotations

from aanmeldingen import querysets, services, verwijzingen
from aanmeldingen.aansluiting import overdrachtregel
from aanmeldingen.keuzes import Uitkomst
from aanmeldingen.models import Aanmelding, Overdrachtsmoment
from aanmeldingen.services import correcties, overlijden, teamoverdracht
from deelnemers.services import bsn, privacy, samenvoegen
from deelnemers.services.overlijden import OVERLEDEN
from kern.aansluitingen import gebeurtenis, werkvoorraad
from kern.handeling import Actor
from kern.models import Gebeurtenis
from organisatie.models import Medewerker
from trajecten.keuzes import Uitkomst as Trajectuitkomst
from trajecten.models import Traject, Trajecteinde
from trajecten.services import einde, trajecten

ACTOR = Actor.taak("aanmeldingen.vervolg")
UITKOMST: dict[str, Uitkomst] = {
    Trajectuitkomst.WERK_VOLTIJD: Uitkomst.WERK,
    Trajectuitkomst.WERK_DEELTIJD_UIT: Uitkomst.WERK,
    Trajectuitkomst.WERK_DEELTIJD_MET: Uitkomst.WERK_DEELS,
    Trajectuitkomst.SW: Uitkomst.WERK,
    Trajectuitkomst.SCHOOL: Uitkomst.ONDERWIJS,
    Trajectuitkomst.ZORG: Uitkomst.ZORG,
    Trajectuitkomst.NIET_VERSCHENEN: Uitkomst.GESTOPT,
    Trajectuitkomst.GEEN_RESULTAAT: Uitkomst.GESTOPT,
}


def _aanmelding_van(traject: Traject) -> Aanmelding | None:
    """The referral of this trajectory: the one it names, else the last accepted one of the person."""
    rijen = Aanmelding.objects.filter(deelnemer=traject.deelnemer_id, status="geaccepteerd").order_by("-pk")
    if traject.aanmelding is not None:
        return rijen.filter(kenmerk=traject.aanmelding).first()
    return rijen.first()


def traject_gestart(melding: Gebeurtenis) -> None:
    """Tell the sender the first day."""
    traject = Traject.objects.filter(pk=melding.data["traject"]).order_by("pk").first()
    aanmelding = _aanmelding_van(traject) if traject else None
    if traject is not None and aanmelding is not None:
        services.traject_gestart(aanmelding.kenmerk, traject.begindatum, actor=ACTOR)


def traject_beeindigd(melding: Gebeurtenis) -> None:
    """Close the referral with the outcome, in the words that a sender may hear."""
    uitkomst = Trajecteinde.objects.filter(traject=melding.data["traject"]).order_by("-pk").first()
    aanmelding = _aanmelding_van(uitkomst.traject) if uitkomst else None
    if uitkomst is not None and aanmelding is not None:
        code = UITKOMST.get(uitkomst.uitkomst, Uitkomst.ANDERS)
        services.rond_af(aanmelding.kenmerk, code, actor=ACTOR)


def neem_overdracht_mee(betrokkene_id: int, van_gebruiker_id: int | None, naar_gebruiker_id: int) -> None:
    """An open hand-over goes along when the regie moves (socket *overdracht*)."""
    open_ = Overdrachtsmoment.objects.filter(deelnemer=betrokkene_id, gehouden_op__isnull=True)
    naar = Medewerker.objects.filter(gebruiker=naar_gebruiker_id).order_by("pk").first()
    if naar is None:
        return
    for moment in open_.select_related("aanmelding").order_by("pk"):
        moment.naar = naar
        moment.versie += 1
        moment.save(update_fields=["naar", "versie"])
        werkvoorraad.schrijf(overdrachtregel(moment))
    teamoverdracht.regie_gewijzigd(betrokkene_id, naar, actor=ACTOR)
    for verwezen in querysets.verwijzingen_van(betrokkene_id):
        verwezen.behandelaar = naar
        verwezen.versie += 1
        verwezen.save(update_fields=["behandelaar", "versie"])
        werkvoorraad.schrijf(*verwijzingen.werkregels(verwezen))


def luister() -> None:
    """Called from AppConfig.ready()."""
    gebeurtenis.luister_daarna(trajecten.GESTART, traject_gestart)
    gebeurtenis.luister_daarna(einde.BEEINDIGD, traject_beeindigd)
    gebeurtenis.luister_direct(samenvoegen.SAMENGEVOEGD, correcties.bij_samenvoegen)
    gebeurtenis.luister_direct(samenvoegen.ONGEDAAN, correcties.bij_ongedaan)
    gebeurtenis.luister_direct(bsn.GECORRIGEERD, correcties.bij_bsn)
    gebeurtenis.luister_direct(OVERLEDEN, overlijden.bij_overlijden)
    gebeurtenis.luister_direct(privacy.RECHT_TOEGEPAST, correcties.bij_privacyrecht)
