"""Who may read in a dossier what changed in the tables of this room (R227, R228)."""

from __future__ import annotations

from deelnemers import models as m
from kern.aansluitingen.historie import iedereen, met_recht, niemand, per_rij

BIJZONDER = "dossier.bijzonder"
AFGESCHERMD = "dossier.afgeschermde_doelgroep"


def sluit_aan() -> None:
    iedereen(
        *(m.Deelnemer, m.Regie, m.Betrokkenheid, m.Trede, m.Huishoudlid, m.Uitkeringsgerechtigde, m.Toezegging),
        *(m.Opleiding, m.Taalbeheersing, m.Werkervaring, m.Zoekberoep, m.Beschikbaarheid, m.Competentiemeting),
        *(m.Vertegenwoordiger, m.Voorinschrijving, m.OudeFase),
        waarden=True,
    )
    iedereen(
        *(m.Akkoord, m.Bewijs, m.BsnCorrectie, m.Diagnose, m.Inhaaldeelname, m.Overdracht, m.Profiellink),
        *(m.Profielopening, m.Profielregel, m.Samenvoeging, m.Terugbelverzoek),
    )
    per_rij("bijzonder", [BIJZONDER], m.Belemmering, m.BetrokkenPartij, waarden=True)
    per_rij("bijzonder", [BIJZONDER], m.Contactmoment, m.Document, m.Routekeuze)
    per_rij("afgeschermd", [AFGESCHERMD], m.Doelgroeplidmaatschap, waarden=True)
    met_recht(
        [BIJZONDER], m.Werkvermogen, m.Beschutadvies, m.Groeipotentie, m.Waarschuwing, m.Maatregeladvies, m.Dossiervraag
    )
    met_recht(["inkomen.zien", "inkomen.melden", "inkomen.bevestigen"], m.MeldingAanInkomen, m.Inkomensantwoord)
    met_recht(["veiligheid.wijzigen"], m.Veiligheidsmelding)
    met_recht(["incident.behandelen"], m.Incident)
    met_recht(["inzage.verstrekken"], m.Privacyverzoek, m.Achtergehouden, m.Inzagebestand)
    met_recht(["bewaartermijnen.beheren", "bewaartermijnen.goedkeuren"], m.Bewaarplicht, m.Vernietigingsregel)
    met_recht(["dossier.samenvoegen"], m.Dubbelpaar)
    # Who is watched, or barred, does not read it here; a draft is of who writes it.
    niemand(m.Leessignaal, m.Leesverbod, m.Doorbreking, m.Notitieconcept)
