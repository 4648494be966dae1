"""The scales of the soft part: what a 1, a 3 and a 5 look like (R047). Every screen that scores uses these."""

from __future__ import annotations

#: Anchors of the soft scales: what a 1, a 3 and a 5 look like (R047).
ANKERS: dict[str, tuple[str, str, str, str]] = {
    "motivatie": ("Motivatie", "komt alleen als het moet", "doet mee als iemand het vraagt", "neemt zelf stappen"),
    "op_tijd": ("Op tijd komen", "vaker te laat dan op tijd", "meestal op tijd, belt niet altijd af", "op tijd of meldt zich af"),  # noqa: E501
    "samenwerken": ("Samenwerken", "werkt liefst alleen", "werkt samen met wie hij kent", "helpt anderen uit zichzelf"),
    "omgaan_met_gezag": ("Omgaan met leiding", "botst bij een opdracht", "volgt na uitleg", "vraagt zelf om aanwijzingen"),  # noqa: E501
    "communiceren": ("Communiceren", "zegt weinig, ook als iets misgaat", "antwoordt als je vraagt", "meldt zelf wat nodig is"),  # noqa: E501
}  # fmt: skip


def anker(competentie: str, score: int) -> str:
    """What a score looks like; 2 and 4 lie between two anchors."""
    _, een, drie, vijf = ANKERS[competentie]
    tussen = {2: (een, drie), 4: (drie, vijf)}
    if score in tussen:
        return "tussen ‘{}’ en ‘{}’".format(*tussen[score])
    return {1: een, 3: drie, 5: vijf}[score]
