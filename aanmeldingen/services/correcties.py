"""The person behind a referral was corrected: repair what we hold, and tell whoever received it (R044).

Everything here runs in the transaction of the merge, the undo or the correction, with its actor and reason in the
history.
"""

from __future__ import annotations

from collections.abc import Iterable

from aanmeldingen.gebeurtenissen import GECORRIGEERD, meld
from aanmeldingen.keuzes import Meldwijze, Persoonswijziging, Richting
from aanmeldingen.models import Aanmelding, AanmeldingBsn, Correctiemelding
from deelnemers.keuzes import Privacysoort
from deelnemers.models import BsnCorrectie, Privacyverzoek, Samenvoeging
from deelnemers.services.bsn import oude_bsn
from deelnemers.services.inschrijven import bsn_van
from kern import berichten, klok
from kern import bsn as bsn_
from kern.aansluitingen.samenvoegen import Gemeld
from kern.handeling import Actor
from kern.models import Gebeurtenis, Kanaal

ACTOR = Actor.taak("aanmeldingen.correcties")
_RECHT: dict[str, Persoonswijziging] = {
    Privacysoort.WISSEN: Persoonswijziging.GEWIST,
    Privacysoort.BEPERKING: Persoonswijziging.BEPERKT,
}
#: Kind → subject of the mail, what happened, what we ask. Never who asked for it, nor why.
_BRIEF = {
    Persoonswijziging.GEWIST: (
        "Gegevens worden gewist",
        "We wissen de gegevens van de persoon die je bij ons aanmeldde. Na het wissen weten we niet meer wie dit was.",
        "Gebruik je gegevens die je van ons kreeg? Kijk dan of je ze ook moet wissen.",
    ),
    Persoonswijziging.BEPERKT: (
        "Gebruik van gegevens beperkt",
        "We gebruiken de gegevens van de persoon die je bij ons aanmeldde voorlopig niet. We bewaren ze alleen.",
        "Gebruik je gegevens die je van ons kreeg? Kijk dan of jij daar ook mee moet wachten.",
    ),
}
_VERBETERD = (
    "Gegevens verbeterd",
    "We hebben gegevens verbeterd van de persoon die je bij ons aanmeldde.",
    "Gebruik je gegevens die je eerder van ons kreeg? Vraag ons dan wat er is veranderd, en noem het nummer van de "
    "aanmelding.",
)
_TABEL = Aanmelding._meta.db_table


def bij_samenvoegen(melding: Gebeurtenis) -> None:
    """Listener, in the transaction of the merge: the senders of the referrals that moved."""
    rij = Samenvoeging.objects.get(pk=melding.data["samenvoeging"])
    vertel(_verhuisd(rij), rij.aanleiding, Persoonswijziging.SAMENGEVOEGD)


def bij_ongedaan(melding: Gebeurtenis) -> None:
    """Listener, in the transaction of the undo: the same senders, and those who came in between."""
    rij = Samenvoeging.objects.get(pk=melding.data["samenvoeging"])
    sinds = Aanmelding.objects.filter(deelnemer=rij.deelnemer_id, aangemaakt_op__gt=rij.aangemaakt_op)
    pks = {a.pk for a in (*_verhuisd(rij), *sinds.order_by("pk"))}
    vertel(Aanmelding.objects.filter(pk__in=pks).order_by("pk"), rij.aanleiding, Persoonswijziging.ONGEDAAN)


def _verhuisd(rij: Samenvoeging) -> Iterable[Aanmelding]:
    regels = rij.regels.filter(tabel=_TABEL, blijft=False).values("rij_id")
    return Aanmelding.objects.filter(pk__in=regels).order_by("pk")


def bij_bsn(melding: Gebeurtenis) -> None:
    """Listener, in the transaction of the correction: the wrong number goes out of the referrals of this person."""
    correctie = BsnCorrectie.objects.select_related("deelnemer").get(pk=melding.data["correctie"])
    fout = bsn_.zoeksleutel(oude_bsn(correctie))
    rijen = Aanmelding.objects.filter(deelnemer=correctie.deelnemer_id, bsn_zoeksleutel__in=bsn_.mogelijk(fout))
    geraakt = list(rijen.select_for_update(of=("self",)).order_by("pk"))
    herstel_bsn(geraakt, bsn_van(correctie.deelnemer))
    soort = Persoonswijziging.BSN_WEG if correctie.weggehaald else Persoonswijziging.BSN
    vertel(geraakt, correctie.aanleiding, soort)


def bij_privacyrecht(melding: Gebeurtenis) -> None:
    """Listener, in the transaction of the decision: who referred this person hears of it (AVG art. 19)."""
    verzoek = Privacyverzoek.objects.get(pk=melding.data["verzoek"])
    rijen = Aanmelding.objects.filter(deelnemer=verzoek.deelnemer_id).select_related("client", "ketenpartner")
    vertel(rijen.order_by("pk"), verzoek.aanleiding, _RECHT.get(verzoek.soort, Persoonswijziging.GEGEVENS))


def herstel_bsn(rijen: list[Aanmelding], nieuw: str | None) -> None:
    """The right number in these referrals, or none; who reads them by ETag sees that they changed."""
    for aanmelding in rijen:
        aanmelding.bsn_zoeksleutel = bsn_.te_bewaren(bsn_.zoeksleutel(nieuw)) if nieuw else None
        aanmelding.gewijzigd_op = klok.nu()
        aanmelding.versie += 1
        aanmelding.save(update_fields=["bsn_zoeksleutel", "gewijzigd_op", "versie"])
        if nieuw is None:
            AanmeldingBsn.objects.filter(aanmelding=aanmelding).delete()
        else:
            waarde = bsn_.versleutel(nieuw, f"aanmelding:{aanmelding.pk}")
            AanmeldingBsn.objects.filter(aanmelding=aanmelding).update(waarde=waarde)


def vertel(rijen: Iterable[Aanmelding], aanleiding: str, soort: Persoonswijziging) -> list[Correctiemelding]:
    """One report per referral: an event for a client, an e-mail for a person, else a row that says to do it by hand.

    Only the own organisation hears of merging: for others it would say that we knew the person already (R044).
    """
    return [_vertel(aanmelding, aanleiding, soort) for aanmelding in rijen]


def _vertel(aanmelding: Aanmelding, aanleiding: str, soort: Persoonswijziging) -> Correctiemelding:
    client = aanmelding.client
    eigen = client is not None and client.eigen_organisatie
    if not eigen and soort in {Persoonswijziging.SAMENGEVOEGD, Persoonswijziging.ONGEDAAN}:
        soort = Persoonswijziging.GEGEVENS
    rij = Correctiemelding(aanmelding=aanmelding, aanleiding=aanleiding, wijziging=soort, gemeld_op=klok.nu())
    if client is not None:
        gebeurtenis = meld(GECORRIGEERD, aanmelding, volgnummer=aanmelding.volgnummer, wijziging=soort.value)
        rij.wijze, rij.aan, rij.gebeurtenis = Meldwijze.API, client.naam, gebeurtenis.kenmerk
    elif aanmelding.richting == Richting.INKOMEND and aanmelding.verwijzer_email:
        rij.wijze, rij.aan = Meldwijze.EMAIL, aanmelding.verwijzer_naam or aanmelding.verwijzer_email
        berichten.stel_bericht_op(
            kanaal=Kanaal.EMAIL,
            aan=aanmelding.verwijzer_email,
            onderwerp=f"{_BRIEF.get(soort, _VERBETERD)[0]} bij aanmelding {aanmelding.volgnummer}",
            tekst=_brief(aanmelding, soort),
            # Not bound to the person: this mail has to go out when the data may only be stored, or are gone (art. 19).
            actor=ACTOR,
        )
    else:
        partner = aanmelding.ketenpartner
        rij.wijze = Meldwijze.ZELF
        rij.aan = (partner.naam if partner else aanmelding.verwijzer_naam) or "de verwijzer"
    rij.save()
    return rij


def _brief(aanmelding: Aanmelding, soort: Persoonswijziging) -> str:
    aanhef = f"Beste {aanmelding.verwijzer_naam}," if aanmelding.verwijzer_naam else "Goedendag,"
    _, wat, vraag = _BRIEF.get(soort, _VERBETERD)
    blijft = "" if soort == Persoonswijziging.GEWIST else " Dat nummer blijft hetzelfde."
    return f"{aanhef}\n\n{wat} Het gaat om aanmelding {aanmelding.volgnummer}.{blijft}\n\n{vraag}\n"


def gemeld(aanleiding: str) -> Iterable[Gemeld]:
    """Who heard of it, for the pages of deelnemers (socket *samenvoegen*)."""
    for rij in Correctiemelding.objects.filter(aanleiding=aanleiding).select_related("aanmelding").order_by("pk"):
        yield Gemeld(rij.aan, rij.gemeld_op, rij.get_wijze_display(), rij.aanmelding.volgnummer)
