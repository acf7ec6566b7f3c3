"""Words that people and programs write where somebody's group is not known; case, spaces and points do not matter.

`None` and `Other` are not among them: both name groups. More can be named where data are read.
"""


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for line in text.strip().splitlines() for phrase in line.split("|"))


PHRASES = _phrases("""
unknown | not known | unk | unkn | uncertain | not sure | dont know | not know | undefined | undetermined
na | nan | null | nil | not available | not applicable | missing | blank | empty | no value | no data | no entry
not stated | unstated | not specified | unspecified | not reported | unreported | not recorded | unrecorded
not given | none given | not provided | none provided | not disclosed | undisclosed | non disclosed | not declared
undeclared | not indicated | not identified | unidentified | not entered | not collected | not obtained | not asked
not answered | unanswered | no answer | no response | non response | nonrespondent | no reply | no information | no info
withheld | skipped | decline | declined | declines | refusal | refused | refuses
prefer not | preferred not | prefers not | prefer no answer | rather not | tbd | tbc | tba | pnts
unbekannt | keine angabe | keine angaben | ohne angabe | nicht angegeben | weiß nicht | keine antwort
inconnu | inconnue | non renseigné | non renseignée | non précisé | non communiqué | non disponible | sans réponse
ne sait pas | desconocido | desconocida | no sabe | no se sabe | no contesta | no responde | no especificado
no disponible | sin datos | sin respuesta | ne se prononce pas
sconosciuto | sconosciuta | non specificato | non dichiarato | non indicato | non risponde | nessuna risposta
desconhecido | desconhecida | não informado | não informada | não sabe | não respondeu | sem resposta | não declarado
onbekend | geen antwoord | niet bekend | weet niet | okänd | ukendt | ukjent | tuntematon | nieznane | nieznany
bilinmiyor | belirtilmemiş | неизвестно | не указано | не указан | άγνωστο
不明 | 未知 | 無回答 | 无 | 알 수 없음 | 모름 | غير معروف | לא ידוע | अज्ञात
""")
"""The whole label."""

BEGINNINGS = _phrases("""
prefer not to | preferred not to | prefers not to | prefer not answer | rather not | wish not to
choose not to | chose not to | chooses not to | chosen not to
decline to | declined to | declines to | refuse to | refused to | refuses to | unwilling to | not willing to
dont wish to | not wish to | didnt wish to | dont want to | not want to | didnt want to | not care to
not answer | not say | not state | not disclose | not specify | not report | not provide | not identify
prefiero no | prefiere no | preferisco non | prefiro não | préfère ne pas | möchte nicht | will nicht
""")
"""What comes after them may be anything: prefer not to say, to answer, to disclose."""

SHORT = frozenset({"k.a.", "k.a", "k/a", "n.d.", "n/d", "s/d", "n.v.t.", "n.r.", "n/r", "ns/nc"})
"""Only with their points: without these they can be the names of places."""

LEADING = frozenset({"i", "id", "we", "they", "would", "do", "does", "did", "has", "have", "was", "is"})
SUBJECTS = frozenset(
    {
        "race",
        "ethnicity",
        "ethnic",
        "sex",
        "gender",
        "group",
        "category",
        "origin",
        "age",
        "data",
        "information",
        "and",
        "or",
    }
)
"""What a label is about, as in race unknown, or data not available."""

SEPARATORS = (" or ", " and ", " - ", "/", ",", ";", "|")
"""Between words each of which says nothing."""
