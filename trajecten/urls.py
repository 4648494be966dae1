from django.urls import path

from trajecten.views import aanbod, afspraken, agenda, einde, gereedschap, gesprek, groepen, onderdelen, onderzoek, plan

_D = "deelnemers/<str:dossiernummer>"
_O = f"{_D}/onderdelen/<int:onderdeel_id>"

urlpatterns = [
    path(f"{_D}/plan", plan.plan, name="plan"),
    path(f"{_D}/plan/vaststellen", plan.vaststellen, name="plan_vaststellen"),
    path(f"{_D}/plan/<int:plan_id>/tekenen/<slug:wie>", plan.tekenen, name="plan_tekenen"),
    path(f"{_D}/traject/starten", plan.starten, name="traject_starten"),
    path(f"{_D}/traject/doel", plan.doel, name="traject_doel"),
    path(f"{_D}/traject/afsluiten", einde.afsluiten, name="traject_afsluiten"),
    path(f"{_D}/traject/heropenen", einde.heropenen, name="traject_heropenen"),
    path(f"{_D}/onderdelen/nieuw", onderdelen.toevoegen, name="onderdeel_toevoegen"),
    path(f"{_O}/zet/<slug:actie>", onderdelen.zet, name="onderdeel_zet"),
    path(f"{_O}/stoppen", onderdelen.stoppen, name="onderdeel_stoppen"),
    path(f"{_O}/wachten", onderdelen.wachten, name="onderdeel_wachten"),
    path(f"{_O}/verschuiven", onderdelen.verschuiven, name="onderdeel_verschuiven"),
    path(f"{_O}/uitslag", onderzoek.uitslag, name="onderzoek_uitslag"),
    path(f"{_O}/los/<int:rij_id>", onderdelen.losmaken, name="onderdeel_losmaken"),
    path(f"{_D}/afspraken/nieuw", afspraken.maken, name="afspraak_maken"),
    path("afspraken/<int:afspraak_id>", afspraken.afspraak, name="afspraak"),
    path("afspraken/<int:afspraak_id>/meld/<slug:stand>", afspraken.melden, name="afspraak_melden"),
    path("afspraken/<int:afspraak_id>/herstel", afspraken.herstellen, name="afspraak_herstellen"),
    path("afspraken/<int:afspraak_id>/verzetten", afspraken.verzetten, name="afspraak_verzetten"),
    path("afspraken/<int:afspraak_id>/tweede", afspraken.tweede, name="afspraak_tweede"),
    path("afspraken/<int:afspraak_id>/vervallen", afspraken.vervallen, name="afspraak_vervallen"),
    path("agenda", agenda.agenda, name="agenda"),
    path("groepen", groepen.groepen, name="groepen"),
    path("groepen/nieuw", groepen.nieuw, name="groep_nieuw"),
    path("groepen/<int:groep_id>", groepen.groep, name="groep"),
    path("groepen/<int:groep_id>/presentie/<int:bijeenkomst_id>", groepen.presentie, name="presentie"),
    path("groepen/<int:groep_id>/bijeenkomst", groepen.bijeenkomst_nieuw, name="bijeenkomst_nieuw"),
    path("groepen/<int:groep_id>/deelnemer", groepen.deelnemer_erbij, name="groep_deelnemer"),
    path("groepen/<int:groep_id>/deelname/<int:deelname_id>/eruit", groepen.deelnemer_eruit, name="groep_eruit"),
    path("aanbod", aanbod.instrumenten, name="instrumenten"),
    path("aanbod/<slug:code>", aanbod.instrument, name="instrument"),
    path(f"{_D}/gesprek", gesprek.gesprek, name="gesprek"),
    path(f"{_D}/gesprek/op-papier", gesprek.afronden, name="gesprek_afronden"),
    path(f"{_D}/gesprek/blad/<int:blad_id>", gesprek.afspraakblad, name="afspraakblad"),
    path(f"{_D}/gesprek/blad/<int:blad_id>/tekenen/<slug:wie>", gesprek.tekenen, name="afspraakblad_tekenen"),
    path("gereedschapskist", gereedschap.gereedschapskist, name="gereedschapskist"),
    path("gereedschapskist/nieuw", gereedschap.interventie_nieuw, name="interventie_nieuw"),
    path("gereedschapskist/<int:pk>", gereedschap.interventie, name="interventie"),
    path("gereedschapskist/<int:pk>/wijzigen", gereedschap.interventie_wijzigen, name="interventie_wijzigen"),
    path("gereedschapskist/<int:pk>/ervaring/<int:ervaring_id>/weg", gereedschap.ervaring_weg, name="ervaring_weg"),
]
