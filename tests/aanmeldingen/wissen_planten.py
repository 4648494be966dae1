"""One person written down in every corner that keeps something about a person, each corner with a word of its own.

So a test can say, before erasing, that every corner really holds its word: what was never there is easily not found.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from aanmeldingen.models import Aanmelding
from deelnemers.keuzes import Viruscontrole
from deelnemers.models import Deelnemer, Leessignaal, Privacyverzoek, Toezegging
from deelnemers.services import documenten, inzage, leestoezicht, partijen, privacy, profiel
from deelnemers.services.contact import leg_contact_vast
from kern import bestanden, klok
from kern.bsn import versleutel
from kern.handeling import handeling
from kern.models import Abonnement
from tests.aanmeldingen.verwijsfabrieken import school, verstuurd
from tests.aanmeldingen.wissen_hoeken import Hoek, woord
from tests.aanmeldingen.wissen_kamers import DEELNEMERS, TRAJECTEN
from tests.aanmeldingen.wissen_werk import WERKHOEKEN
from tests.kern.fabrieken import FABRIEK
from trajecten.services.gesprek import maak_afspraakblad, teken_afspraakblad


def _document(deelnemer: Deelnemer, medewerker: Any, tekst: str, soort: str = "cv") -> Any:
    inhoud = bestanden.van_bytes(f"%PDF-1.7\n% {tekst} inhoud\n%%EOF\n".encode())
    with bestanden.weg_bij_mislukken():
        return documenten.voeg_document_toe(
            deelnemer,
            documenten.Upload(inhoud, Viruscontrole.ZONDER),
            soort=soort,
            naam=f"{tekst}.pdf",
            toelichting=tekst,
            medewerker=medewerker,
            actor=FABRIEK,
        )


def _nieuwe_versie(deelnemer: Deelnemer, medewerker: Any, tekst: str) -> Any:
    """A document that was replaced: the old version, with its file, stays until the person goes."""
    oud = _document(deelnemer, medewerker, f"{tekst} oud")
    inhoud = bestanden.van_bytes(f"%PDF-1.7\n% {tekst} nieuw\n%%EOF\n".encode())
    with bestanden.weg_bij_mislukken():
        upload = documenten.Upload(inhoud, Viruscontrole.ZONDER)
        return documenten.voeg_document_toe(
            deelnemer, upload, soort="cv", naam=f"{tekst}.pdf", actor=FABRIEK, vervangt=oud
        )


def _profiel(deelnemer: Deelnemer, medewerker: Any, tekst: str) -> None:
    regel = profiel.voeg_profielregel_toe(deelnemer, "sterk", f"Kan goed luisteren ({tekst})", actor=FABRIEK)
    profiel.geef_antwoord(regel, True, actor=FABRIEK)


def _link(deelnemer: Deelnemer, medewerker: Any, tekst: str) -> None:
    link, _ = profiel.maak_profiellink(deelnemer, f"Bakkerij {tekst}", 14, medewerker, actor=FABRIEK)
    profiel.leg_opening_vast(link, f"Kijkt naar {woord('opening')}", "petra@vandam.example", actor=FABRIEK)


def _afspraakblad(deelnemer: Deelnemer, medewerker: Any, tekst: str) -> None:
    with handeling(FABRIEK):
        Toezegging.objects.create(
            deelnemer=deelnemer, partij="deelnemer", wat=f"Belt zelf ({tekst})", gemaakt_op=klok.vandaag(),
            voor=klok.vandaag() + dt.timedelta(days=7), medewerker=medewerker,
        )  # fmt: skip
    with bestanden.weg_bij_mislukken():
        blad = maak_afspraakblad(deelnemer, medewerker, actor=FABRIEK)
    teken_afspraakblad(blad, actor=FABRIEK, deelnemer=True, medewerker=medewerker)


def _inzageverzoek(deelnemer: Deelnemer, medewerker: Any, tekst: str) -> None:
    """Granted in part, with the overview as PDF and JSON still there."""
    rij = privacy.neem_in(
        deelnemer, "inzage", klok.vandaag(), "balie", vraag=tekst, namens=woord("namens"), actor=FABRIEK
    )
    rij = privacy.stel_identiteit_vast(rij, "machtiging", actor=FABRIEK)
    privacy.houd_achter(rij, {"Veiligheid": "bron"}, actor=FABRIEK)
    inzage.vraag_samenstellen(rij, actor=FABRIEK)
    inzage.stel_samen(rij.pk, FABRIEK)
    rij = Privacyverzoek.objects.get(pk=rij.pk)
    privacy.beslis(rij, "deels", reden=f"Alleen dit deel, {woord('besluit')}.", actor=FABRIEK)


def _open_wisverzoek_afgewezen(deelnemer: Deelnemer, medewerker: Any, tekst: str) -> None:
    rij = privacy.neem_in(deelnemer, "wissen", klok.vandaag(), "post", vraag=tekst, actor=FABRIEK)
    privacy.beslis(rij, "afwijzen", reden="Eerst moet het traject klaar zijn.", actor=FABRIEK)


def _signaal(deelnemer: Deelnemer, medewerker: Any, tekst: str) -> None:
    with handeling(FABRIEK):
        rij = Leessignaal.objects.create(soort="veel_lezers", dag=klok.vandaag(), deelnemer=deelnemer, aantal=12)
    leestoezicht.beoordeel_signaal(rij, medewerker, "verklaard", f"Gesproken over {tekst}.", actor=FABRIEK)
    with handeling(FABRIEK):
        Leessignaal.objects.create(soort="buiten_werktijd", dag=klok.vandaag(), deelnemer=deelnemer, aantal=2)
    leestoezicht.werk_lijst_bij(actor=FABRIEK)


def _verwijzing(deelnemer: Deelnemer, medewerker: Any, tekst: str) -> None:
    verstuurd(deelnemer, school(), medewerker, toelichting=f"{tekst} wil de opleiding afmaken.")


def _notitie(deelnemer: Deelnemer, medewerker: Any, tekst: str) -> None:
    over = klok.vandaag() + dt.timedelta(days=5)
    leg_contact_vast(deelnemer, f"{tekst} belde.", medewerker=medewerker, terugkomen_op=over, actor=FABRIEK)


def _partner(deelnemer: Deelnemer, medewerker: Any, tekst: str) -> None:
    """Somebody outside, with an agreement on sharing; the word of the agreement is the name."""
    delen = partijen.Delen(("plan",), "toestemming", "", klok.vandaag() + dt.timedelta(days=5), "gesprek")
    velden = {"rol": "naaste", "begindatum": klok.vandaag(), "medewerker": medewerker, "actor": FABRIEK}
    partijen.voeg_partij_toe(deelnemer, partijen.Delen(), naam=f"Tante {tekst}", **velden)
    partijen.voeg_partij_toe(deelnemer, delen, naam=f"Oom {woord('partner-akkoord')}", **velden)


HOEKEN = (
    Hoek("document", "deelnemers_document", _document),
    Hoek("document-versie", "deelnemers_document", _nieuwe_versie),
    Hoek("medisch", "bestand", lambda d, m, t: _document(d, m, t, "medisch")),
    Hoek("profiel", "deelnemers_akkoord", _profiel),
    Hoek("link", "deelnemers_profiellink", _link),
    Hoek("opening", "deelnemers_profielopening", lambda d, m, t: None),
    Hoek("afspraakblad", "trajecten_afspraakblad", _afspraakblad),
    Hoek("verzoek", "deelnemers_privacyverzoek", _inzageverzoek),
    Hoek("namens", "deelnemers_privacyverzoek", lambda d, m, t: None),
    Hoek("besluit", "kern_overgang", lambda d, m, t: None),
    Hoek("wisverzoek", "deelnemers_privacyverzoek", _open_wisverzoek_afgewezen),
    Hoek("signaal", "deelnemers_leessignaal", _signaal),
    Hoek("verwijzing", "aanmeldingen_aanmelding", _verwijzing),
    Hoek("notitie", "kern_tijdlijnregel", _notitie),
    *DEELNEMERS,
    *TRAJECTEN,
    *WERKHOEKEN,
    Hoek("partner", "deelnemers_betrokkenpartij", _partner),
    Hoek("partner-akkoord", "deelnemers_akkoord", lambda d, m, t: None),
)


def plant(deelnemer: Deelnemer, medewerker: Any) -> None:
    """Write every corner, by the services that the screens use."""
    for hoek in HOEKEN:
        hoek.schrijf(deelnemer, medewerker, woord(hoek.plek))
        deelnemer.refresh_from_db()


def abonneer(aanmelding: Aanmelding) -> None:
    """A webhook of the sender: events about this referral become deliveries."""
    from aanmeldingen import gebeurtenissen

    assert aanmelding.client is not None
    with handeling(FABRIEK):
        Abonnement.objects.create(
            client=aanmelding.client, sink="https://haak.example/", types=sorted(gebeurtenissen.TYPES),
            geheim=versleutel("geheim-van-de-haak", "webhook"),
        )  # fmt: skip
