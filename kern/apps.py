from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KernConfig(AppConfig):
    name = "kern"
    verbose_name = "Kern"

    def ready(self) -> None:
        from django.contrib.auth.models import update_last_login
        from django.contrib.auth.signals import user_logged_in

        import kern.api.schema  # noqa: F401  how clients sign in, for the API description
        from kern.postgres.rechten import zet_rechten

        # A log-in is recorded by axes; the account itself does not change by it.
        user_logged_in.disconnect(update_last_login, dispatch_uid="update_last_login")
        post_migrate.connect(zet_rechten, sender=self, dispatch_uid="kern.rechten")
        self._sluit_aan()

    @staticmethod
    def _sluit_aan() -> None:
        from kern import tasks, uitbak, webhooks  # noqa: F401
        from kern.aansluitingen import gebeurtenis, historie, menu, portaal, samenvoegen, sleutels, wissen
        from kern.models import (
            Abonnement,
            Bericht,
            Gebeurtenis,
            Idempotentie,
            Overgang,
            TijdlijnRegel,
            Werkvoorraad,
            Zoekingang,
        )

        gebeurtenis.luister_altijd(webhooks.maak_afleveringen)
        sleutels.sluit_aan(
            sleutels.Versleuteld(Abonnement, "geheim", lambda rij: f"abonnement:{rij.kenmerk}"),
            sleutels.Versleuteld(Bericht, "geheim", lambda rij: f"bericht:{rij.kenmerk}"),
        )
        samenvoegen.sluit_aan("kern", samenvoegen.Tabel(Bericht, kolom="betrokkene_id"))
        historie.met_recht(["berichten.zien"], Bericht)
        afgeleid = (Overgang, Gebeurtenis, Idempotentie, TijdlijnRegel, Werkvoorraad, Zoekingang)
        wissen.sluit_aan(
            "kern",
            *(wissen.Tabel(model, kolom="betrokkene_id") for model in afgeleid),
            vooraf=uitbak.houd_hoogste,
        )

        menu.punt("Postvak uit", "postvak", "brief", "berichten.zien", blok="Beheer", volgorde=40)
        menu.punt("Taken", "taken", "klok", "taken.beheren", blok="Beheer", volgorde=50)
        menu.punt("Afleveringen", "afleveringen", "bel", "clients.beheren", blok="Beheer", volgorde=61)
        portaal.blad("Naslag", "api_documentatie", volgorde=30)
        portaal.blad("Wijzigingen", "api_wijzigingen", volgorde=80)
