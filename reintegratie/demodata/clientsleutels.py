"""Keys of the systems that send referrals, so that the page API-clients has something to show."""

from __future__ import annotations

import datetime as dt

from kern import klok
from kern.models import ApiClient, ClientSleutel
from kern.models.client import PROEFSCOPES

_DAG = dt.timedelta(days=1)
#: Public keys of the demo: nobody has the other half, so nobody can sign in with them.
_PUNTEN = (
    ("A6xLC4yKpB5ywGAVNiyyIgfAneCD6k3Kddcx_T3_wSk", "SGAUPtcYel-IM0gwyxgXEYwE2JkXK9x5a3iBu6HxyFU"),
    ("7tZupHD16lbOOk05-FsEDHgpp9XFEJ6B9aMm2ku94gA", "2-aYzVot_ggPZvAQTW7Zi6jeS9TpUqFqyWEM2LDI9u0"),
    ("bdvPHFdcBF9ZYwg02Vp-uHeJ4Z0Z76PECAg6KjzzVW8", "WqxkjUFyb-csO9u54OsE8rPgsPhVCxOEhefX78Ljw0k"),
)
#: Per client its keys: which point, from and until how many days from today. Intake is changing keys.
_SLEUTELS = {
    "intake": ((0, -300, 12), (1, -18, None)),
    "koers_naar_werk": ((2, -200, None),),
    "activering": ((0, -400, -30), (1, -60, None)),
    "werk_en_opleiding_jongeren": ((1, -90, 275),),
}


def maak_testclient(voor: str) -> None:
    """What a supplier made in the portal for developers; it ends within two weeks, as they all do."""
    nu = klok.echt_nu().replace(hour=8, minute=0, second=0, microsecond=0)
    client = ApiClient.objects.create(
        client_id=f"test-{voor}5f3a9c01",
        naam="Leverancier van Jongerenvolgsysteem",
        bron="werk_en_opleiding_jongeren",
        scopes=list(PROEFSCOPES),
        proef_tot=nu + 9 * _DAG,
    )
    _sleutel(client, 1, nu - 5 * _DAG, nu + 9 * _DAG)


def geef(client: ApiClient, bron: str) -> None:
    """Keys with the days on which they are good, seen from the real clock as the token endpoint does."""
    nu = klok.echt_nu().replace(hour=8, minute=0, second=0, microsecond=0)
    for punt, van, tot in _SLEUTELS.get(bron, ()):
        _sleutel(client, punt, nu + van * _DAG, nu + tot * _DAG if tot is not None else None)


def _sleutel(client: ApiClient, punt: int, van: dt.datetime, tot: dt.datetime | None) -> None:
    x, y = _PUNTEN[punt]
    jwk = {"kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": f"demo-{punt + 1}"}
    ClientSleutel.objects.create(client=client, kid=jwk["kid"], jwk=jwk, geldig_vanaf=van, geldig_tot=tot)
