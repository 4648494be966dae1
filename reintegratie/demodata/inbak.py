"""The way in for referrals: the routes, and the neighbours that have a system of their own."""

from __future__ import annotations

from dataclasses import dataclass, field

from aanmeldingen.models import Route, Routeversie
from aanmeldingen.routes import zet_standaardroutes
from kern.handeling import handeling
from kern.models import ApiClient
from reintegratie.demodata import clientsleutels
from reintegratie.demodata.context import Context
from reintegratie.demodata.inloggen import adres
from reintegratie.demodata.wegschrijven import ACTOR

#: Departments with a system of their own; the last one is not of the municipality.
_CLIENTS = (
    ("intake", "Intake"),
    ("koers_naar_werk", "Koers naar Werk"),
    ("activering", "Activering"),
    ("werk_en_opleiding_jongeren", "Werk en Opleiding Jongeren"),
    ("onderwijs", "ROC De Amstellanden"),
)


@dataclass
class Inbak:
    """Routes with their version, and the clients that send."""

    routes: dict[str, tuple[Route, Routeversie]] = field(default_factory=dict)
    clients: dict[str, ApiClient] = field(default_factory=dict)
    teller: int = 0


def maak(c: Context) -> Inbak:
    """The routes that come with the program and the clients of the neighbours."""
    uit = Inbak()
    with handeling(ACTOR):
        zet_standaardroutes(actor=ACTOR)
        poort = next((t.team for t in c.org.teams if t.team.code == "nieuw-west"), None)
        Route.objects.filter(jongerenpoort=True).update(team=poort)
        for versie in Routeversie.objects.select_related("route").order_by("pk"):
            uit.routes[versie.route.code] = (versie.route, versie)
        voor = "" if c.org.inloggers else "buur-"
        for bron, naam in _CLIENTS:
            uit.clients[bron] = ApiClient.objects.create(
                client_id=f"demo-{voor}{bron.replace('_', '-')}",
                naam=naam,
                bron=bron,
                contact_email=adres(naam),
                scopes=[
                    "aanmeldingen.indienen",
                    "aanmeldingen.lezen",
                    "aanmeldingen.veiligheid",
                    "gebeurtenissen.lezen",
                    "referentielijsten.lezen",
                ],
                eigen_organisatie=bron != "onderwijs",
                uitkomst_zichtbaar=bron != "onderwijs",
            )
            clientsleutels.geef(uit.clients[bron], bron)
        clientsleutels.maak_testclient(voor)
    return uit
