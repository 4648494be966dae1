"""A BSN that was wrong: replaced or taken away, with source and reason (R044, Wabb art. 12)."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError

from deelnemers.keuzes import BsnBron, Identiteitscontrole
from deelnemers.models import BsnCorrectie, Burgerservicenummer, Deelnemer
from deelnemers.services.inschrijven import controleer_en_vergrendel, vergrendel_bsn, vind_op_bsn, zet_identiteit
from kern import bsn as bsn_
from kern import klok
from kern.aansluitingen import gebeurtenis
from kern.handeling import Actor, service

GECORRIGEERD = "deelnemer.bsn_gecorrigeerd"
_CONTROLE = {
    BsnBron.DOCUMENT: Identiteitscontrole.DOCUMENT,
    BsnBron.BRP: Identiteitscontrole.BRP,
    BsnBron.VERWIJZER: Identiteitscontrole.VERWIJZER,
    BsnBron.PERSOON: Identiteitscontrole.NIET,
}


class AlInGebruik(ValidationError):
    """Another dossier holds this number: perhaps it is the same person. `ander` is that dossier."""

    def __init__(self, ander: Deelnemer) -> None:
        super().__init__({"burgerservicenummer": "Dit burgerservicenummer staat al in een ander dossier."})
        self.ander = ander


@service
def corrigeer_bsn(
    deelnemer: Deelnemer, nieuw: str | None, bron: str, *, actor: Actor, reden: str
) -> BsnCorrectie | None:
    """Replace the BSN, or take it away when `nieuw` is empty; the first one is only stored (gives None).

    Raises ValidationError at `burgerservicenummer` (11-test, unchanged, nothing to take away) and at `reden`, and
    AlInGebruik when another dossier has it. The old number stays only encrypted in the correction, without a key to
    find it by.
    """
    if not reden.strip():
        raise ValidationError({"reden": "Leg uit waarom het nummer niet klopt."})
    if bsn_.staat_in(reden):
        raise ValidationError({"reden": "Schrijf hier geen burgerservicenummer op. Dat hoort alleen in het vak zelf."})
    nieuw = controleer_en_vergrendel(nieuw) if nieuw and nieuw.strip() else None
    huidig = Burgerservicenummer.objects.filter(deelnemer=deelnemer).first()
    if huidig is not None:
        vergrendel_bsn(bytes(huidig.zoeksleutel))
    deelnemer = Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    huidig = Burgerservicenummer.objects.select_for_update(of=("self",)).filter(deelnemer=deelnemer).first()
    if nieuw is None and huidig is None:
        raise ValidationError({"burgerservicenummer": "Dit dossier heeft geen burgerservicenummer. Vul een nummer in."})
    if nieuw is not None:
        ander = vind_op_bsn(nieuw)
        if ander is not None and ander.pk != deelnemer.pk:
            raise AlInGebruik(ander)
        if (
            ander is not None
            and huidig is not None
            and bsn_.te_bewaren(huidig.zoeksleutel) == bsn_.te_bewaren(bsn_.zoeksleutel(nieuw))
        ):
            raise ValidationError({"burgerservicenummer": "Dit nummer staat al in dit dossier."})
    correctie = None
    if huidig is not None:
        correctie = _leg_vast(huidig, weg=nieuw is None, bron=bron, reden=reden.strip(), actor=actor)
    _zet(deelnemer, huidig, nieuw, bron, actor)
    if correctie is not None:
        gebeurtenis.meld(GECORRIGEERD, deelnemer.pk, betrokkene_id=deelnemer.pk, data={"correctie": correctie.pk})
    return correctie


def _leg_vast(huidig: Burgerservicenummer, *, weg: bool, bron: str, reden: str, actor: Actor) -> BsnCorrectie:
    deelnemer, kenmerk = huidig.deelnemer, uuid.uuid4()
    oud = bsn_.ontsleutel(bytes(huidig.waarde), f"deelnemer:{deelnemer.pk}")
    rij = BsnCorrectie(
        kenmerk=kenmerk,
        deelnemer=deelnemer,
        bron=bron,
        reden=reden,
        oud_waarde=bsn_.versleutel(oud, f"bsncorrectie:{kenmerk}"),
        weggehaald=weg,
        op=klok.nu(),
        door=actor.naam,
    )
    rij.full_clean(exclude=["deelnemer", "gemeente"])
    rij.save()
    return rij


def _zet(deelnemer: Deelnemer, huidig: Burgerservicenummer | None, nieuw: str | None, bron: str, actor: Actor) -> None:
    if nieuw is None:
        Burgerservicenummer.objects.filter(deelnemer=deelnemer).delete()
        velden = zet_identiteit(deelnemer, Identiteitscontrole.NIET, actor)
    else:
        rij = huidig or Burgerservicenummer(deelnemer=deelnemer)
        rij.waarde = bsn_.versleutel(nieuw, f"deelnemer:{deelnemer.pk}")
        rij.zoeksleutel = bsn_.te_bewaren(bsn_.zoeksleutel(nieuw))
        rij.save()
        velden = zet_identiteit(deelnemer, _CONTROLE[BsnBron(bron)], actor)
    deelnemer.versie += 1
    deelnemer.save(update_fields=[*velden, "versie"])


def oude_bsn(correctie: BsnCorrectie) -> str:
    """The wrong number in plain text, only to take it out where it was handed on. Never show it."""
    return bsn_.ontsleutel(bytes(correctie.oud_waarde), f"bsncorrectie:{correctie.kenmerk}")
