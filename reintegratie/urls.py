"""All addresses: each room brings its own."""

from importlib.util import find_spec

from django.urls import include, path

from reintegratie.views.vandaag import vandaag

#: From the ground floor up (ONTWERP 2).
KAMERS = (
    "kern",
    "regelgeving",
    "organisatie",
    "deelnemers",
    "trajecten",
    "werkgevers",
    "aanmeldingen",
    "loonkostensubsidie",
    "rapportage",
    "kwaliteit",
)

urlpatterns = [
    path("", vandaag, name="vandaag"),
    *(path("", include(f"{kamer}.urls")) for kamer in KAMERS if find_spec(f"{kamer}.urls")),
]

handler400 = "kern.views.fouten.onjuist"
handler403 = "kern.views.fouten.geen_toegang"
handler404 = "kern.views.fouten.niet_gevonden"
handler500 = "kern.views.fouten.fout"
