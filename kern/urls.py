from django.urls import include, path

from kern.views import afleveringen, berichten, gezond, inloggen, taken, zoeken
from kern.views.onderdelenpagina import onderdelenpagina

urlpatterns = [
    path("gezond", gezond.gezond, name="gezond"),
    path("gereed", gezond.gereed, name="gereed"),
    path("inloggen", inloggen.inloggen, name="inloggen"),
    path("afmelden", inloggen.uitloggen, name="uitloggen"),
    path("tweede-factor", inloggen.tweede_factor, name="tweede_factor"),
    path("wachtwoord", inloggen.wachtwoord_wijzigen, name="wachtwoord_wijzigen"),
    path("profiel", inloggen.profiel, name="profiel"),
    path("profiel/thema", inloggen.thema, name="thema"),
    path("zoeken", zoeken.zoekbladzijde, name="zoeken"),
    path("zoeken/palet", zoeken.palet, name="zoekpalet"),
    path("postvak", berichten.postvak, name="postvak"),
    path("postvak/<int:pk>", berichten.bericht, name="bericht"),
    path("postvak/<int:pk>/intrekken", berichten.bericht_intrekken, name="bericht_intrekken"),
    path("postvak/<int:pk>/opnieuw", berichten.bericht_opnieuw, name="bericht_opnieuw"),
    path("beheer/taken", taken.taken, name="taken"),
    path("beheer/taken/stand", taken.taken_stand, name="taken_stand"),
    path("beheer/taken/<str:naam>", taken.taak, name="taak"),
    path("beheer/taken/<str:naam>/start", taken.taak_starten, name="taak_starten"),
    path("beheer/afleveringen", afleveringen.afleveringen, name="afleveringen"),
    path("beheer/afleveringen/<int:pk>", afleveringen.aflevering, name="aflevering"),
    path("beheer/afleveringen/<int:pk>/opnieuw", afleveringen.aflevering_opnieuw, name="aflevering_opnieuw"),
    path(
        "beheer/afleveringen/abonnement/<uuid:kenmerk>/alles",
        afleveringen.abonnement_alles,
        name="afleveringen_alles",
    ),
    path("onderdelen", onderdelenpagina, name="onderdelen"),
    path("", include("kern.api.urls")),
]
