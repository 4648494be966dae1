from django.urls import path

from deelnemers.views import caseload, diagnose, dossier, gegevens, huishouden, inkomen

_D = "deelnemers/<str:dossiernummer>"

urlpatterns = [
    path("caseload", caseload.caseload, name="caseload"),
    path("deelnemers/doorbrekingen/<int:doorbreking_id>", dossier.doorbreking, name="doorbreking"),
    path("deelnemers/<int:deelnemer_id>/toewijzen", caseload.wijs_toe, name="wijs_toe"),
    path("deelnemers/nieuw", gegevens.persoon_nieuw, name="persoon_nieuw"),
    path(f"{_D}/gegevens", gegevens.gegevens, name="gegevens"),
    path(f"{_D}/huishouden/nieuw", gegevens.huishouden_nieuw, name="huishouden_nieuw"),
    path(f"{_D}/uitkering/nieuw", gegevens.uitkering_nieuw, name="uitkering_nieuw"),
    path(f"{_D}/veiligheid", gegevens.veiligheid_nieuw, name="veiligheid_nieuw"),
    path(f"{_D}/veiligheid/<int:melding_id>", gegevens.veiligheid, name="veiligheid"),
    path(f"{_D}/doelgroep", gegevens.doelgroep_nieuw, name="doelgroep_nieuw"),
    path(_D, dossier.dossier, name="dossier"),
    path(f"{_D}/notitie", dossier.notitie, name="notitie"),
    path(f"{_D}/notitie/<int:contact_id>", dossier.terugkomen, name="terugkomen"),
    path(f"{_D}/toezegging", dossier.toezegging_nieuw, name="toezegging_nieuw"),
    path(f"{_D}/toezegging/<int:toezegging_id>", dossier.toezegging_klaar, name="toezegging_klaar"),
    path(f"{_D}/doorbreken", dossier.dossier_doorbreken, name="dossier_doorbreken"),
    path(f"{_D}/historie", dossier.historie, name="historie"),
    path(f"{_D}/regie", caseload.regie_wijzigen, name="regie_wijzigen"),
    path(f"{_D}/huishouden", huishouden.huishouden, name="huishouden"),
    path(f"{_D}/diagnose", diagnose.diagnose, name="diagnose"),
    path(f"{_D}/diagnose/bevestigen", diagnose.bevestig_alles, name="diagnose_bevestig_alles"),
    path(f"{_D}/diagnose/competenties", diagnose.competenties, name="diagnose_competenties"),
    path(f"{_D}/diagnose/<slug:naam>/nieuw", diagnose.wijzig, name="diagnose_nieuw"),
    path(f"{_D}/diagnose/<slug:naam>/<int:rij_id>", diagnose.wijzig, name="diagnose_wijzig"),
    path(f"{_D}/diagnose/<slug:naam>/<int:rij_id>/bevestigen", diagnose.bevestig, name="diagnose_bevestig"),
    path(f"{_D}/trede", diagnose.trede, name="trede"),
    path(f"{_D}/belemmering", diagnose.belemmering, name="belemmering_nieuw"),
    path(f"{_D}/belemmering/<int:belemmering_id>", diagnose.belemmering, name="belemmering"),
    path("inkomen", inkomen.meldingen, name="inkomen_meldingen"),
    path("inkomen/antwoorden", inkomen.antwoordbestand, name="inkomen_antwoordbestand"),
    path("inkomen/<int:melding_id>", inkomen.melding, name="inkomen_melding"),
    path("inkomen/<int:melding_id>/oppakken", inkomen.oppakken, name="inkomen_oppakken"),
    path("inkomen/<int:melding_id>/heropenen", inkomen.heropen, name="inkomen_heropenen"),
]
