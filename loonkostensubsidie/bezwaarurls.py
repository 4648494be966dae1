from django.urls import path

from loonkostensubsidie.views import bezwaarstappen, bezwaren, herziening, steekproef

_W = "subsidies/wijzigingen/<uuid:kenmerk>"
_Z = "subsidies/bezwaren/<uuid:kenmerk>"

urlpatterns = [
    path("subsidies/wijzigingen", bezwaren.overzicht, name="lks_wijzigingen"),
    path("subsidies/besluiten/<uuid:kenmerk>/bezwaar", bezwaarstappen.bezwaar_nieuw, name="lks_bezwaar_nieuw"),
    path(
        "subsidies/terugvorderingen/<uuid:kenmerk>/bezwaar",
        bezwaarstappen.bij_terugvordering,
        name="terugvordering_bezwaar",
    ),
    path(_Z, bezwaarstappen.bezwaar, name="lks_bezwaar"),
    path(f"{_Z}/brief", bezwaarstappen.brief, name="lks_bezwaar_brief"),
    path(f"{_Z}/besluit/<slug:soort>", bezwaarstappen.nieuw_besluit, name="lks_bezwaar_besluit"),
    path(f"{_Z}/stap/<slug:actie>", bezwaarstappen.bezwaarstap, name="lks_bezwaar_stap"),
    path("subsidies/<uuid:kenmerk>/wijziging", bezwaren.wijziging_nieuw, name="lks_wijziging_nieuw"),
    path("subsidies/<uuid:kenmerk>/wijzigingslink", bezwaren.wijziging_link, name="lks_wijziging_link"),
    path("subsidies/steekproef", steekproef.steekproef, name="lks_steekproef"),
    path("subsidies/steekproef/<int:pk>", steekproef.geval, name="lks_steekproef_geval"),
    path("subsidies/steekproef/<int:pk>/link", steekproef.link, name="lks_steekproef_link"),
    path("subsidies/steekproef/<int:pk>/stuk", steekproef.stuk, name="lks_steekproef_stuk"),
    path("subsidies/herziening", herziening.herzieningen, name="lks_herzieningen"),
    path("subsidies/herziening/nieuw", herziening.nieuw, name="lks_herziening_nieuw"),
    path("subsidies/herziening/<uuid:kenmerk>", herziening.herziening, name="lks_herziening"),
    path("subsidies/herziening/<uuid:kenmerk>/goedkeuren", herziening.goedkeuren, name="lks_herziening_goedkeuren"),
    path(_W, bezwaren.wijziging, name="lks_wijziging"),
    path(f"{_W}/verwerken", bezwaren.wijziging_verwerken, name="lks_wijziging_verwerken"),
    path(f"{_W}/geregeld", bezwaren.wijziging_geregeld, name="lks_vervolg"),
    path(f"{_W}/afwijzen", bezwaren.wijziging_afwijzen, name="lks_wijziging_afwijzen"),
]
