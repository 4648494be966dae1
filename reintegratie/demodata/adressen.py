"""Areas and streets. House numbers are 900-999, so that no address exists."""

from __future__ import annotations

from random import Random

#: code, name, weight, postcodes, streets.
GEBIEDEN: tuple[tuple[str, str, int, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "A",
        "Centrum",
        6,
        ("1011", "1012", "1013", "1015", "1016", "1017", "1018"),
        ("Zeedijk", "Lindengracht", "Haarlemmerdijk", "Jodenbreestraat", "Kattenburgerstraat", "Weesperstraat"),
    ),
    (
        "E",
        "West",
        17,
        ("1014", "1051", "1052", "1053", "1054", "1055", "1056", "1057", "1058", "1059"),
        (
            "Bos en Lommerweg",
            "Kinkerstraat",
            "De Clercqstraat",
            "Spaarndammerstraat",
            "Jan van Galenstraat",
            "Admiraal de Ruijterweg",
            "Mercatorplein",
        ),
    ),
    (
        "F",
        "Nieuw-West",
        20,
        ("1060", "1061", "1062", "1063", "1064", "1065", "1066", "1067", "1068", "1069"),
        (
            "Plein '40-'45",
            "Slotermeerlaan",
            "Osdorpplein",
            "Tussen Meer",
            "Pieter Calandlaan",
            "Burgemeester de Vlugtlaan",
            "Meer en Vaart",
            "August Allebéplein",
        ),
    ),
    (
        "K",
        "Zuid",
        10,
        ("1071", "1072", "1073", "1074", "1075", "1076", "1077", "1078", "1079", "1081", "1082", "1083"),
        (
            "Ferdinand Bolstraat",
            "Ceintuurbaan",
            "Van Woustraat",
            "Rijnstraat",
            "Amstelveenseweg",
            "Van Nijenrodeweg",
            "IJsbaanpad",
        ),
    ),
    (
        "M",
        "Oost",
        15,
        ("1019", "1086", "1087", "1091", "1092", "1093", "1094", "1095", "1096", "1097", "1098"),
        ("Javastraat", "Molukkenstraat", "Insulindeweg", "Linnaeusstraat", "Wibautstraat", "Middenweg", "IJburglaan"),
    ),
    (
        "N",
        "Noord",
        15,
        ("1021", "1022", "1023", "1024", "1025", "1031", "1032", "1033", "1034", "1035", "1036", "1037"),
        (
            "Buikslotermeerplein",
            "Meeuwenlaan",
            "Van der Pekstraat",
            "Mosveld",
            "Waddenweg",
            "Purmerplein",
            "Klaprozenweg",
            "Banne Buikslootlaan",
        ),
    ),
    (
        "T",
        "Zuidoost",
        17,
        ("1101", "1102", "1103", "1104", "1105", "1106", "1107", "1108", "1109"),
        (
            "Karspeldreef",
            "Bijlmerdreef",
            "Bijlmerplein",
            "Hoogoorddreef",
            "Hakfort",
            "Heesterveld",
            "Kraaiennest",
            "Ganzenhoef",
            "Reigersbos",
        ),
    ),
)
OP_CODE = {g[0]: g for g in GEBIEDEN}
GEWICHTEN = {g[0]: g[2] for g in GEBIEDEN}
_LETTERS = "ABCDEGHJKLMNPRTVWXZ"


def trek(rng: Random, code: str) -> tuple[str, str, str]:
    """(street, house number, postcode) in this area."""
    _, _, _, pc4, straten = OP_CODE[code]
    return (
        rng.choice(straten),
        str(rng.randint(900, 999)),
        rng.choice(pc4) + rng.choice(_LETTERS) + rng.choice(_LETTERS),
    )


def telefoon(rng: Random) -> str:
    """A mobile number that is never issued."""
    return f"06-0{rng.randint(0, 9_999_999):07d}"
