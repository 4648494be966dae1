from django.urls import path

from organisatie.views import accounts, budget, medewerkers, partners, rechten, team

urlpatterns = [
    path("mijn-team", team.mijn_team, name="mijn_team"),
    path("mijn-team/<int:pk>/inkomensconsulent", team.inkomensconsulent, name="team_inkomensconsulent"),
    path("mijn-team/afwezig", team.afwezig_melden, name="afwezig_melden"),
    path("mijn-team/afwezig/<int:pk>/terug", team.weer_aanwezig, name="weer_aanwezig"),
    path("mijn-team/waarneming", team.waarneming_nieuw, name="waarneming_nieuw"),
    path("mijn-team/waarneming/<int:pk>/stop", team.waarneming_stoppen, name="waarneming_stoppen"),
    path("beheer/medewerkers", medewerkers.medewerkers, name="medewerkers"),
    path("beheer/medewerkers/nieuw", medewerkers.medewerker_nieuw, name="medewerker_nieuw"),
    path("beheer/medewerkers/<int:pk>", medewerkers.medewerker, name="medewerker"),
    path("beheer/medewerkers/<int:pk>/rol", medewerkers.rol_geven, name="rol_geven"),
    path("beheer/medewerkers/<int:pk>/rol/<int:rol_pk>", medewerkers.rol_wisselen, name="rol_wisselen"),
    path(
        "beheer/medewerkers/<int:pk>/rol/<int:rol_pk>/einde",
        medewerkers.rol_beeindigen,
        name="rol_beeindigen",
    ),
    path("beheer/medewerkers/<int:pk>/uit-dienst", medewerkers.uit_dienst, name="medewerker_uit_dienst"),
    path("beheer/medewerkers/<int:pk>/blokkeren", accounts.blokkeren, name="medewerker_blokkeren"),
    path("beheer/medewerkers/<int:pk>/openen", accounts.openen, name="medewerker_openen"),
    path("beheer/medewerkers/<int:pk>/wachtwoord", accounts.wachtwoord, name="medewerker_wachtwoord"),
    path(
        "beheer/medewerkers/<int:pk>/tweede-factor",
        accounts.tweede_factor_weg,
        name="medewerker_tweede_factor",
    ),
    path("beheer/rechten", rechten.rechten_controle, name="rechten_controle"),
    path("beheer/rechten/<int:pk>", rechten.rechten_gecontroleerd, name="rechten_gecontroleerd"),
    path("budgetten", budget.budgetten, name="budgetten"),
    path("budgetten/nieuw", budget.budget_nieuw, name="budget_nieuw"),
    path("budgetten/<int:pk>/wijzigen", budget.budget_wijzigen, name="budget_wijzigen"),
    path("ketenpartners", partners.ketenpartners, name="ketenpartners"),
    path("ketenpartners/nieuw", partners.ketenpartner_nieuw, name="ketenpartner_nieuw"),
    path("ketenpartners/<int:pk>", partners.ketenpartner, name="ketenpartner"),
    path("ketenpartners/<int:pk>/wijzigen", partners.ketenpartner_wijzigen, name="ketenpartner_wijzigen"),
    path("ketenpartners/<int:pk>/contact", partners.partnercontact, name="partnercontact_nieuw"),
    path("ketenpartners/<int:pk>/contact/<int:persoon>", partners.partnercontact, name="partnercontact"),
]
