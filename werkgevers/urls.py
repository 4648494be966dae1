from django.urls import path

from werkgevers.views import bemiddeling, plaatsing, profiel, vacatures, werkgevers

_W = "werkgevers/<int:pk>"

urlpatterns = [
    path("mijn-werkgevers", plaatsing.mijn_werkgevers, name="mijn_werkgevers"),
    path("werkgevers", werkgevers.werkgevers, name="werkgevers"),
    path("werkgevers/nieuw", werkgevers.werkgever_nieuw, name="werkgever_nieuw"),
    path(_W, werkgevers.werkgever, name="werkgever"),
    path(f"{_W}/wijzigen", werkgevers.werkgever_wijzigen, name="werkgever_wijzigen"),
    path(f"{_W}/beheer", werkgevers.neem_beheer, name="werkgever_beheer"),
    path(f"{_W}/contact", werkgevers.relatiecontact, name="relatiecontact"),
    path(f"{_W}/afspraak", werkgevers.werkgeversafspraak, name="werkgeversafspraak"),
    path("werkgevers/afspraken/<int:pk>", werkgevers.werkgeversafspraak_klaar, name="werkgeversafspraak_klaar"),
    path(f"{_W}/vestigingen/nieuw", werkgevers.vestiging, name="vestiging_nieuw"),
    path(f"{_W}/vestigingen/<int:vestiging_id>", werkgevers.vestiging, name="vestiging"),
    path(f"{_W}/contactpersonen/nieuw", werkgevers.contactpersoon, name="contactpersoon_nieuw"),
    path(f"{_W}/contactpersonen/<int:persoon_id>", werkgevers.contactpersoon, name="contactpersoon"),
    path(f"{_W}/vacatures/nieuw", vacatures.vacature_nieuw, name="vacature_nieuw_bij"),
    path("vacatures", vacatures.vacatures, name="vacatures"),
    path("vacatures/nieuw", vacatures.vacature_nieuw, name="vacature_nieuw"),
    path("vacatures/<int:pk>", vacatures.vacature, name="vacature"),
    path("vacatures/<int:pk>/wijzigen", vacatures.vacature_wijzigen, name="vacature_wijzigen"),
    path("vacatures/<int:pk>/stap/<slug:actie>", vacatures.vacature_stap, name="vacature_stap"),
    path("vacatures/<int:pk>/voordragen/<int:deelnemer_id>", vacatures.voordragen, name="voordragen"),
    path("voordrachten/<int:pk>/intrekken", vacatures.voordracht_intrekken, name="voordracht_intrekken"),
    path("kandidaten/<str:dossiernummer>", bemiddeling.kandidaat_vacatures, name="kandidaat_vacatures"),
    path("kandidaten/<str:dossiernummer>/jobhunt", plaatsing.jobhunt_nieuw, name="jobhunt_nieuw"),
    path("jobhunts/<int:pk>", plaatsing.jobhunt_benaderen, name="jobhunt_benaderen"),
    path("bemiddelingen", bemiddeling.bemiddelingen, name="bemiddelingen"),
    path("bemiddelingen/<int:pk>", bemiddeling.bemiddeling, name="bemiddeling"),
    path("bemiddelingen/<int:pk>/plaatsen", bemiddeling.plaatsen, name="plaatsen"),
    path("plaatsingen", plaatsing.plaatsingen, name="plaatsingen"),
    path("plaatsingen/<int:pk>", plaatsing.plaatsing, name="plaatsing"),
    path("plaatsingen/<int:pk>/beeindigen", plaatsing.plaatsing_beeindigen, name="plaatsing_beeindigen"),
    path("plaatsingen/<int:pk>/nazorg/<int:moment_id>", plaatsing.nazorg, name="nazorg"),
    path("bemiddelingen/<int:pk>/profiel", profiel.bemiddeling_profiel, name="bemiddeling_profiel"),
    path("bemiddelingen/<int:pk>/profiel/pdf", profiel.bemiddeling_profiel_pdf, name="bemiddeling_profiel_pdf"),
]
