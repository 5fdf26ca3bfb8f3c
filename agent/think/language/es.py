"""Spanish."""

from __future__ import annotations

import re

from agent.think.language.pack import Pack, Times, alt, cue, tail
from agent.think.language.zones import ABBREVIATIONS

MONTHS = {
    w: n
    for n, names in enumerate(
        (
            "enero ene",
            "febrero feb",
            "marzo mar",
            "abril abr",
            "mayo",
            "junio jun",
            "julio jul",
            "agosto ago",
            "septiembre setiembre sept",
            "octubre oct",
            "noviembre nov",
            "diciembre dic",
        ),
        1,
    )
    for w in names.split()
}
WEEKDAYS = {
    w: n
    for n, names in enumerate(("lunes", "martes", "miércoles miercoles", "jueves", "viernes", "sábado sabado", "domingo"))
    for w in names.split()
}
NUMBERS = {w: n for n, w in enumerate("uno dos tres cuatro cinco seis siete ocho nueve diez once doce".split(), 1)} | {
    "un": 1,
    "una": 1,
    "primer": 1,
    "primero": 1,
    "segundo": 2,
    "primera": 1,
    "segunda": 2,
    "último": 4,  # "el último trimestre"
    "tercera": 3,
    "cuarta": 4,
    "tercer": 3,
    "cuarto": 4,
    "quince": 15,
    "medio": 0,
}
UNITS = {
    "minuto": "minute",
    "minutos": "minute",
    "hora": "hour",
    "horas": "hour",
    "día": "day",
    "dia": "day",
    "días": "day",
    "dias": "day",
    "días hábiles": "workday",
    "días laborables": "workday",
    "semana": "week",
    "semanas": "week",
    "mes": "month",
    "meses": "month",
    "trimestre": "quarter",
    "trimestres": "quarter",
    "semestre": "half",
    "año": "year",
    "años": "year",
}
FEASTS = {
    "semana santa": "easter",
    "pascua": "easter",
    "navidad": "christmas",
    "navidades": "new_year",
    "las navidades": "new_year",
    "las fiestas": "new_year",
    "año nuevo": "new_year",
    "reyes": "epiphany",
    "las vacaciones de navidad": "new_year",
    "las vacaciones de semana santa": "easter",
    "pentecostés": "pentecost",
}

WD = rf"(?P<wd>{alt(WEEKDAYS)})\b"
WDOPT = rf"(?:{WD},?\s+(?:(?:día|dia|el)\s+)?)?"
FULL = [m for m in MONTHS if len(m) > 4 or m == "mayo"]
MON = rf"(?P<mon>{alt(MONTHS)})\b\.?"
YEAR = r"(?:(?:\s+del?)?\s{1,3}(?P<y>(?:19|20)\d\d)\b)?"
UNIT = rf"(?P<unit>{alt(u.replace(' ', chr(92) + 's+') for u in UNITS)})\b"
NUM = r"(?P<n>una?|medio|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|\d{1,3})"
NEXT = r"(?:próxim[oa]s?|proxim[oa]s?|siguientes?)"
COMES = r"(?:que viene|que entra|próxim[oa]|proxim[oa]|siguiente|entrante)"
B = r"(?<![\w./-])"


def rx(pattern: str) -> re.Pattern[str]:
    return re.compile(B + pattern.replace(" ?", r"\s?").replace(" ", r"\s{1,3}"))


SPANS = (
    ("quarter", rx(r"(?:al|para el|hasta el) (?P<n>último) trimestre\b")),
    ("nth_week", rx(rf"(?P<n>primera|segunda|tercera|cuarta|última) semana (?:de |del mes de ){MON}{YEAR}")),
    (
        "past",
        rx(
            rf"(?:{alt(WEEKDAYS)}|la semana|el mes|el año|el trimestre) pasad[oa]\b|(?:pasad[oa]|últim[oa]) (?:{alt(WEEKDAYS)}|semana|mes|año|trimestre|{alt(FULL)})\b"
        ),
    ),
    ("past", rx(r"(?:ayer|anteayer|el otro día|hace (?:\d{1,3}|\w{2,8}) (?:días?|semanas?|mes(?:es)?|años?|horas?))\b")),
    (
        "vague",
        rx(r"(?:más adelante|más tarde|a lo largo|en algún momento) (?:en |de |del |de este |este )?(?:este |el )?(?:año|mes|trimestre)\b"),
    ),
    (
        "vague",
        rx(r"(?:en |dentro de )?(?:unas|unos|algunas|algunos|varias|varios|un par de) (?:pocas |pocos )?(?:días|semanas|meses|años)\b"),
    ),
    ("vague", rx(r"(?:en |dentro de )?\w{1,6}(?: o | a |-| - )\w{1,6} (?:días|semanas|meses|años)\b")),
    (
        "vague",
        rx(
            r"(?:este|el|en|después del|tras el|pasado el) ?(?:el )?(?:verano|otoño|invierno)\b|(?:esta|la|en|en la) primavera\b|las vacaciones(?: de verano)?\b(?! de (?:navidad|semana|pascua))"
        ),
    ),
    ("iso", rx(r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")),
    (
        "day_month",
        rx(rf"{WDOPT}(?:(?P<from>\d{{1,2}})(?:-| - | al | a | y | o )(?:el )?)?(?P<d>\d{{1,2}}|primero|uno)(?:º)? de {MON}{YEAR}"),
    ),
    ("day_month", rx(rf"{WDOPT}(?P<d>\d{{1,2}}) {MON}{YEAR}")),
    ("numeric", rx(rf"{WDOPT}(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?:/(?P<y>\d{{4}}|\d\d))?(?![\d/])")),
    ("dotted", rx(rf"{WDOPT}(?P<a>\d{{1,2}})\.(?P<b>\d{{1,2}})\.(?P<y>\d{{4}}|\d\d)(?!\d|\.\d)")),
    ("offset", rx(r"(?P<d2>pasado mañana)\b")),
    ("weekday", rx(rf"{WD} (?:de )?(?P<next>(?:la )?(?:próxima semana|semana {COMES}))")),
    ("weekday", rx(rf"(?P<next>la (?:próxima semana|semana {COMES})),? (?:el )?{WD}")),
    ("day_of_month", rx(rf"(?:el )?(?:día )?(?P<d>\d{{1,2}}) (?P<next>del (?:próximo mes|mes {COMES}))")),
    ("ordinal", rx(rf"{WD},? (?:día |el )?(?P<d>\d{{1,2}})(?!\d|:|/|\s?(?:h\b|horas?|%|euros?|€|de (?:{alt(FULL)})))")),
    (
        "ordinal",
        rx(
            r"(?:el|del|al|hasta el|antes del|después del|a partir del|desde el|para el)(?: día)? (?P<span>(?P<d>\d{1,2}))\b(?!\d|:|/|[.,]\d|\s?(?:h\b|horas?|%|por ciento|euros?|€|años|personas|unidades|piezas|metros|de (?!este mes)))"
        ),
    ),
    (
        "new_year",
        rx(
            r"(?:a principios de año|a comienzos de año|a primeros de año|principios de año|en el nuevo año|el nuevo año|en el año nuevo|tras el año nuevo xx)\b"
        ),
    ),
    (
        "end_of",
        rx(
            r"(?:al |a |el )?(?:fin|final|finales) (?:de |del |de la |de esta |de este )(?P<unit>semana|mes|trimestre|año)\b(?! (?:que viene|próxim|siguiente))"
        ),
    ),
    ("end_of", rx(r"(?:al |a |el )?(?:fin|final|finales) (?P<next>de la|del|de) ?(?:(?:próxim[oa]) (?P<unit>semana|mes|trimestre|año))")),
    (
        "end_of",
        rx(r"(?P<mid>a mediados (?:de |del |de la )|mediados (?:de |del ))(?P<unit>semana|mes|trimestre|año)\b(?! (?:que viene|próxim))"),
    ),
    ("next", rx(rf"(?:la |el |del |de la )?{NEXT} (?P<unit>semana|mes|trimestre|semestre|año)\b")),
    ("next", rx(rf"(?:la |el |del |de la )?(?P<unit>semana|mes|trimestre|semestre|año) {COMES}\b")),
    ("this", rx(r"(?:durante |en |a lo largo de )?(?:esta) (?P<unit>semana)\b")),
    ("this", rx(r"(?:durante |en |dentro de )?(?:este) (?P<unit>mes|trimestre|año)\b")),
    ("quarter", rx(r"(?:t|q) ?(?P<n>[1-4])\b(?:[ /'-]*(?P<y>(?:20)?\d\d)\b(?!:))?")),
    (
        "quarter",
        rx(
            r"(?:el |del |en el )?(?P<n>primer|segundo|tercer|cuarto) trimestre\b(?: (?:de |del )?(?P<y>20\d\d))?(?: del (?P<next>próximo año|año que viene))?"
        ),
    ),
    ("quarter", rx(r"(?:el |del |en el )?(?P<n>primer|segundo) (?P<half>semestre)\b(?: (?:de |del )?(?P<y>20\d\d))?")),
    ("ahead", rx(rf"(?:en|dentro de|en un plazo de|de aquí a) {NUM} {UNIT}")),
    ("ahead", rx(rf"(?:dame|deme|denme|danos|denos|dejadme|dadme|déjame|déjeme) (?P<span>{NUM} {UNIT})")),
    ("ahead", rx(rf"(?:aplazar|posponer|retrasar)(?:lo|la)? (?P<span>(?!\S{{1,6}} (?:hora|minuto)){NUM} {UNIT})")),
    ("fortnight", rx(r"(?:en |dentro de )?una quincena\b")),
    ("week_number", rx(r"(?:semana) (?:n\.?º? ?)?(?P<n>\d{1,2})\b(?:[ /](?P<y>20\d\d))?")),
    ("feast", rx(rf"(?P<feast>{alt(f.replace(' ', chr(92) + 's+') for f in FEASTS)})\b")),
    (
        "offset",
        rx(r"(?P<d0>hoy(?: mismo)?|esta (?:mañana|tarde|noche)|fin del día|final del día|de inmediato|inmediatamente|ahora mismo)\b"),
    ),
    (
        "offset",
        rx(r"(?<!por\x20la\x20)(?<!de\x20la\x20)(?<!esta\x20)(?<!buena\x20)(?P<d1>mañana(?: (?:mismo|por la (?:mañana|tarde)))?)\b"),
    ),
    ("weekday", rx(rf"(?:{NEXT} )?{WD}(?: (?:próximo|que viene))?(?: por la (?:mañana|tarde))?(?! pasado)")),
    ("month", rx(rf"(?P<mon>{alt(FULL)})\b(?: (?:(?:de |del )?(?P<y>(?:19|20)\d\d)\b|(?P<next>del (?:próximo año|año que viene))))?")),
)

ZONES = re.compile(
    rf"(?<!\w)(?:(?P<yours>(?:su|tu|vuestra) hora(?: local)?\b|hora (?:suya|vuestra))|(?P<mine>(?:mi|nuestra) hora(?: local)?\b)|(?:utc|gmt)\s?(?P<offset>[+-]\d{{1,2}}(?::\d\d)?)"
    rf"|hora (?:de )?(?P<place>madrid|peninsular|española|méxico|mexico|parís|paris|londres|london|berlín|berlin|new york)\b|(?<=[\d hm.(])(?P<abbr>(?!est\b|et\b)(?:{ABBREVIATIONS}))\b)"
)
HOUR = r"(?P<h>\d{1,2}|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)"
CLOCKS = (
    re.compile(r"(?<![\w:.,/])(?P<exact>)(?P<h>\d{1,2}):(?P<m>[0-5]\d)\s?(?:-|a)\s?(?:las\s)?\d{1,2}:[0-5]\d\b"),
    re.compile(r"(?<![\w:.,/])de\s(?P<exact>)(?P<h>\d{1,2})\sa\s\d{1,2}\s?(?:h|hs|hrs|horas)\b"),
    re.compile(r"(?<!\w)las?\s(?P<h>\d{1,2}|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)\s(?P<to>menos\scuarto)\b"),
    re.compile(rf"(?<![\w:.,/])(?:a las? )?{HOUR}(?::(?P<m>[0-5]\d))?\s(?:de la|por la)\s(?P<ap>p)?(?:tarde|noche)\b"),
    re.compile(r"(?<![\w:.,/])(?P<h>\d{1,2})(?:[:.](?P<m>[0-5]\d))?\s?(?P<ap>[ap])\.?\s?m\b\.?"),
    re.compile(r"(?<![\w:.,/])(?P<exact>(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d))(?![\d:])"),
    re.compile(rf"(?<!\w)las?\s{HOUR}\sy\s(?P<past>media)\b"),
    re.compile(rf"(?<!\w)las?\s{HOUR}\sy\s(?P<quarter>cuarto)\b"),
    re.compile(
        rf"(?<!\w)las?\s(?P<clock>{HOUR}(?:\.(?P<m>[0-5]\d))?)\b(?=\s*(?:$|[.,;:?!)]|h\b|horas\b|del?\b|hora\b|en\b|y\b|o\b|me\b|nos\b|le\b|te\b|sí\b|perfecto\b|está\b|estaría\b|sería\b|a\b|para\b|el\b|\())(?!\s(?:de las|de los|de el)\b)"
    ),
    re.compile(r"(?<![\w:.,/])(?P<exact>)(?P<h>\d{1,2})(?:[:.](?P<m>[0-5]\d))?\s?(?:h|hs|hrs|horas)\b"),
    re.compile(r"(?<!\w)(?P<noon>mediodía|mediodia)\b"),
)

TIMES = Times(
    months=MONTHS,
    weekdays=WEEKDAYS,
    numbers=NUMBERS,
    units=UNITS,
    feasts=FEASTS,
    spans=SPANS,
    clocks=CLOCKS,
    part=tail(
        start="(?:(?:la )?primera (?:quincena|mitad) de|(?:a |desde )?(?:principios|comienzos|primeros|inicios)(?: de| del| de la)?)",
        mid="(?:(?:la )?segunda (?:quincena|mitad)(?: de| del)|(?:a |hacia )?mediados(?: de| del| de la)?)",
        end="(?:(?:a |al |hacia )?(?:finales|final|fines|fin)(?: de| del| de la)?)",
    ),
    relation=tail(
        after=r"(?:después(?: del?)?|despues(?: del?)?|tras|pasad[oa]s?|una vez (?:pasad[oa]s?|terminad[oa]s?|que (?:pase|termine|pasen|terminen))|cuando (?:pase|pasen|termine|terminen|acabe|acabemos|haya pasado)|a partir de después)(?: (?:el|la|las|los))?",
        week=r"(?:(?:en |durante |para )?la )?semana del(?: día)?",
        by=r"(?:a más tardar|como muy tarde|como máximo|antes de que acabe|no más tarde del?)(?: (?:el|la|del|de))?",
        before=r"(?:antes(?: del?)?)(?: (?:el|la|las|los))?",
        until=r"(?:hasta|del \d{1,2}(?: de \w{4,10})? al)(?: (?:el|la|finales de|después de))?",
        since=r"(?:desde|(?:correo|mensaje|oferta|carta) del?)(?: (?:el|la))?",
    ),
    zones=ZONES,
    words=re.compile(
        rf"(?<!\w)(?:{alt(WEEKDAYS)}|{alt(FULL)}|mañana|hoy|ayer|anteayer|semanas?|mes|meses|trimestre|semestre|años?|días?|dias?|horas?|quincena|pascua|navidad|navidades|fiestas|reyes|verano|otoño|invierno|primavera|vacaciones|mediodía|tarde|noche|las|inmediato|inmediatamente|pentecostés)(?!\w)"
    ),
    over=re.compile(r"\s{1,3}(?:haya pasado|haya terminado|termine|pase)\b"),
)

# ------------------------------------------------------------------------------------------------------------- cues

CALL_US = (
    r"(?:ll[aá]m[ea](?:n)?(?:me|nos)|llamadme|llamadnos|(?:se|te) pong[ae][ns]? en contacto(?= con(?:migo| nosotros))|(?:me|nos) (?:llame|llames|llamen|contacte|contactes|contacten|escriba|escribas|recuerde|recuerdes)|cont[aá]ct[ea](?:n)?(?:me|nos)|escr[ií]b[ea](?:n)?(?:me|nos)|m[aá]r(?:que|ca)(?:me|nos)|b[uú]s(?:que|ca)(?:me|nos)|(?:llamarme|llamarnos|hablarme|hablarnos)|v[ueé]+lv[ae]n? (?:a )?(?:\w{2,10} )?(?:llamarme|llamarnos|contactarme|contactarnos|escribirme|escribirnos|llamar|contactar|escribir|ponerse|intentarlo|preguntar(?:me|nos)?)"
    r"|(?:llamarme|llamarnos|contactarme|contactarnos|escribirme|escribirnos|recordarme|recordarnos|avisarme|avisarnos)|p[oó]ng[ae]n?se en contacto|ponte en contacto|contactar con (?:nosotros|migo)|contacta con|contacte con|recu[eé]rd[ea](?:me|nos)|b[uú]sc(?:ame|anos|quenos|queme)|(?:d[ae]me|denme|danos|denos) un (?:toque|grito|telefonazo))"
)
LATER0 = r"(?:hablar|hablarlo|retomar|retomarlo|retomar(?:lo|la)?|verlo|vernos|reunirnos|revisar(?:lo)?|posponer(?:lo|la)?|aplazar(?:lo|la)?|dejar(?:lo|la)?|mover(?:lo|la)?|volver|esperar|empezar|comenzar|decidir|charlar|conversar|discutir(?:lo)?|tratar(?:lo)?|estudiar(?:lo)?|seguir|continuar|plantear(?:lo)?|valorar(?:lo)?|avanzar|retrasar(?:lo|la)?|contactar|llamar|quedar)"
SENDF = r"(?:enviaré|enviaremos|mandaré|mandaremos|haré|haremos|responderé|responderemos|contestaré|contestaremos|llamaré|llamaremos|contactaré|contactaremos|volveré|volveremos|confirmaré|confirmaremos|daré|daremos|diré|diremos|pasaré|pasaremos|(?:tendré|tendremos)(?= (?:[\w]{1,12} ){0,3}?(?:respuesta|decisión|presupuesto|oferta|datos|cifras|noticias|resultados?|list[oa]s?|contrato|firma|planos|información|propuesta|informe|aprobación|novedades|documentos?|precios?)\b)|prepararé|prepararemos|compartiré|compartiremos|remitiré|remitiremos|escribiré|escribiremos|entregaré|entregaremos|firmaré|firmaremos|consultaré|consultaremos|revisaré|revisaremos|avisaré|avisaremos|informaré|informaremos|decidiremos|comunicaré|comunicaremos|facilitaré|facilitaremos|devolveré|devolveremos)"
SENDP = r"(?:regreso|regresamos|doy|damos|hacemos|pongo|dejo|hago llegar|reenvío|comento|informo|comparto|escribimos|envío|enviamos|mando|mandamos|hago|paso|pasamos|respondo|respondemos|contesto|contestamos|llamo|llamamos|confirmo|confirmamos|digo|decimos|aviso|avisamos|preparo|escribo|remito|devuelvo|entrego)"
SEND0 = r"(?:enviar(?:le|te|les|os|lo|la|selo|telo)?|mandar(?:le|te|les|os|lo|la|selo)?|hacer(?:le|te)?(?: llegar)?|responder(?:le|te|les)?|contestar(?:le|te|les)?|llamar(?:le|te|les|lo)?|contactar(?:le|te|les)?|confirmar(?:le|te|les|lo)?|dar(?:le|te|les)?|decir(?:le|te|les)?|pasar(?:le|te|les|selo)?|preparar(?:le|lo)?|compartir|remitir(?:le|les)?|escribir(?:le|te|les)?|consultar(?:lo)?|revisar(?:lo)?|avisar(?:le|te|les)?|informar(?:le|te|les)?|tener)"
MEETING = r"(?:reunión|reunion|llamada|cita|demo|demostración|videollamada|videoconferencia|presentación|encuentro|sesión)"

CUES = {
    "greeting": cue(
        r"^(?:hola|buenos días|buenas tardes|buenas noches|buenas|buen día|estimad[oa]s?|querid[oa]s?|muy señor|apreciad[oa]s?)\b"
    ),
    "closing": re.compile(
        r"(?:(?:un |muchos )?(?:cordial(?:es)? |cordiales |afectuosos? )?saludos?(?: cordial(?:es)?| afectuosos?)?|(?:un )?(?:fuerte )?abrazo|atentamente|cordialmente|(?:muchas |mil )?gracias(?: de antemano| y (?:un )?saludos?| por adelantado| por todo)?|quedo a (?:su|tu) disposición|reciba .{0,40}saludo.{0,20}|hasta (?:pronto|luego)|(?:que tenga(?:s)? )?(?:un )?buen (?:día|fin de semana)|feliz (?:día|semana|fin de semana)|enviado desde mi \w{2,12}|besos|un beso|atte)"
    ),
    "stop": cue(
        r"(?:bórr|borr|elimín|elimin|quít|quit|sáqu|saqu)(?:e|en|a|ad)(?:me|nos) (?:\w{2,10} ){0,2}?de (?:su|sus|tu|vuestra|la|todas) (?:\w{2,10} )?(?:lista|listas|base|correo|boletín)",
        r"(?:d[ae]d?|déis|den|dé)(?:me|nos) de baja\b(?! (?:el|la|los|las) (?:reunión|cita|pedido|usuario))|no (?:me|nos) (?:escribáis|enviéis|mandéis|contactéis|llaméis|molestéis)(?: (?:más|mas|nunca más|de nuevo|otra vez|correos|mensajes|ningún|más correos|emails))+|(?:que )?no (?:vuelva[ns]?|vuelvas|volváis) a (?:contactar|escribir|llamar|mandar|enviar)(?:me|nos)?(?: (?:con(?:migo| nosotros)|correos|mensajes|emails))?\b(?! (?:antes|hasta|el|la))",
        r"(?:den|dé|dar|dad|da)(?:me|nos)? de baja (?:mi|nuestr|el|la|este|a)\w{0,2}|(?:que )?(?:ya )?no (?:me|nos) (?:contacten|escriban|llamen|molesten|envíen|manden) más|(?:dejen|deje|deja|dejad) de (?:mandar|enviar|escribir|llamar|contactar|molestar)\w{0,4}|(?:elimin|borr|quit)\w{1,4}(?:me|nos)? (?:[\w-]{1,14} ){0,4}?(?:lista|base de datos|boletín)",
        r"(?:deje|deja|dejen|dejad|pare|para|paren|dejar) de (?:escribir(?:me|nos)|enviar(?:me|nos)|mandar(?:me|nos)|contactar(?:me|nos)|llamar(?:me|nos)|molestar(?:me|nos)?|mandar (?:correos|mensajes|emails)|enviar (?:correos|mensajes|emails))",
        r"no (?:me|nos) (?:escriba[ns]?|escribas|envíe[ns]?|envies|envíes|mande[ns]?|mandes|contacte[ns]?|contactes|llame[ns]?|llames|moleste[ns]?|molestes)(?: (?:más|mas|nunca más|de nuevo|otra vez|correos|mensajes|ningún|más correos|emails))+",
        r"no (?:vuelva[ns]?|vuelvas) a (?:escribir(?:me|nos)|contactar(?:me|nos)|llamar(?:me|nos)|enviar(?:me|nos)|mandar(?:me|nos))",
        r"(?:elimine[n]?|elimina|borre[n]?|borra|quite[n]?|quita|saque[n]?|retire[n]?|eliminen|dar de baja|darme de baja|darnos de baja|dénos de baja|déme de baja|denme de baja|elimíne(?:me|nos)|bórre(?:me|nos)|quíte(?:me|nos)|elimína(?:me|nos)|quíta(?:me|nos)|bórra(?:me|nos)|sáquenos|sáqueme)(?: [\w-]{1,14}){0,5} (?:de|su|sus|la|tu) (?:\w{2,10} ){0,2}?(?:lista|listas|base|correo|datos|boletín|registros|newsletter|distribución|mi|esta)",
        r"(?:quiero|queremos|deseo|deseamos|quisiera|solicito|solicitamos) (?:darme|darnos|la|que me den|que nos den) (?:de )?baja|^(?:baja|darse de baja|dar de baja)\s*[.!]?$|unsubscribe|no (?:deseo|deseamos|quiero|queremos|quisiera) (?:recibir|seguir recibiendo|que me (?:escriban|contacten|llamen)|que nos (?:escriban|contacten|llamen)|más)(?! (?:la oferta|el presupuesto|una llamada))|no más (?:correos|mensajes|emails|e-mails)|déje(?:me|nos) en paz|deja(?:me|nos) en paz",
    ),
    "not_stop": cue(r"nuestros (?:clientes|usuarios)|cómo (?:puedo|pueden)"),
    "company": cue(
        r"nos|nuestr[oa]s? (?:empresa|compañía|equipo|dirección|correo|organización|datos|oficina|lista)|\w{3,12}nos|nadie (?:de|en)"
    ),
    "missed": cue(
        r"no haya(?:mos)? podido (?:\w{2,10} )?(?:asistir|conectar|conectarme|unirme|llegar|estar)|no haber(?:me|nos)? (?:podido )?(?:conectad|asistid|presentad|unid|estad)o|(?:plantad|falté|no llegué) a (?:la|nuestra) (?:reunión|cita|llamada|demo)|(?:le|te|les|os) dejé plantad[oa]",
        rf"(?:perdí|perdimos|olvidé|olvidamos|me perdí|se me (?:pasó|olvidó)|se nos (?:pasó|olvidó)|me he perdido|he olvidado|falté a|faltamos a|me salté) (?:\w{{2,12}} ){{0,2}}?(?:nuestra|la|el|de la|de nuestra|nuestro) (?:\w{{2,12}} )?{MEETING}\b",
        r"no (?:pude|pudimos|he podido|hemos podido|logré|conseguí) (?:\w{2,10} )?(?:asistir|conectarme|conectarnos|llegar|unirme|unirnos|acudir|estar|participar|entrar|atender|presentarme)",
        r"(?:lamento|siento|disculpa|disculpe|perdón|perdona|perdone|lo siento)(?:[, ]\w{2,12}){0,4} (?:no haber (?:podido )?(?:asistir|estado|ido|acudido|llegado)|haber(?:me)? (?:perdido|olvidado|faltado)|mi ausencia|por (?:no asistir|faltar|mi ausencia))|(?:me surgió|surgió|nos surgió) (?:un imprevisto|algo|una urgencia)",
    ),
    "not_missed": cue(r"(?:usted|ustedes|tú) (?:no|perdi)|su llamada|tu llamada|no (?:quiero|quisiera) perder"),
    "refusal": cue(
        r"(?:elegido|escogido|optado por|contratado) (?:la |una |el )?(?:solución|oferta|propuesta) de (?:un |otro |otra |la )?(?:competidor|competencia|proveedor|empresa)\b",
        r"no (?:vamos|va|van) a (?:llevar a cabo|realizar|hacer|ejecutar) (?:el|la|este|esta) (?:proyecto|compra|inversión)\b",
        r"(?:decantado|decantamos|inclinado|inclinamos) por (?:otr|un[oa]? otr)\w{1,2}\b|(?:ha|han|hemos) (?:\w{2,12} )?(?:cancelado|parado|suspendido|anulado|tumbado) (?:el|la|este|esta) (?:proyecto|compra|inversión|iniciativa)\b",
        r"prefer(?:imos|iríamos|iría|irían) (?:seguir|quedarnos|continuar) (?:como|con)\b|no podemos aceptar (?:su|tu|la|vuestra) (?:oferta|propuesta)",
        r"decidido (?:finalmente )?(?:por|a favor de) (?:otr|la competencia|un competidor)\w{0,2}",
        r"(?:nos quedamos|quedarnos|me quedo|seguimos|seguiremos|continuamos|continuaremos) con (?:nuestr[oa]|el|la|lo que|los|las) (?:\w{3,16} )?(?:proveedor\w{0,2}|sistema|solución|empresa|actual|tenemos|ya)",
        r"no (?:se ajusta|encaja|responde|se adapta|cumple) (?:\w{1,4} )?(?:nuestr\w{1,2}|las|los|lo que)|(?:votado|pronunciado|decidido) en contra",
        r"no tenemos (?:\w{2,10} )?necesidad|(?:quedamos|quedado) con (?:otr|la competencia)\w{0,2}",
        r"(?:hemos|he|han|ha) (?:\w{2,12} )?(?:decidido|preferido|acordado|resuelto) (?:\w{2,12} )?no\b|ya (?:tenemos|tengo|contamos con|hemos contratado) (?:otro |un )?(?:proveedor|solución|quien)|(?:decantado|decantamos|inclinado|quedado|quedamos|ido|vamos) (?:por|con|a) (?:la|el|un|una|otr[oa]) ?(?:competencia|competidor|otr[oa]|otra)|(?:oferta|propuesta|presupuesto) (?:\w{2,12} ){0,2}?no (?:ha|fue|será|resultó) (?:sido )?(?:seleccionad|elegid|aceptad|aprobad|escogid)[oa]",
        r"seguir (?:con|trabajando con) (?:nuestro|el|nuestra) (?:\w{2,12} ){0,2}?(?:actual|proveedor|sistema|solución)|(?:ha|han|hemos|he) (?:\w{2,10} )?(?:rechazado|descartado|desestimado|declinado)|(?:tenemos|tengo|debemos|debo) que? ?(?:rechazar|declinar|descartar)|(?:rechazar|declinar|desestimar) (?:su|tu|la|vuestra) (?:oferta|propuesta|presupuesto)",
        r"(?:hemos|he|han) (?:decidido|optado por|preferido) (?:no |en contra|otr[oa])|(?:decidimos|decidí) (?:no |en contra)|(?:elegido|escogido|contratado|seleccionado|optado por|elegimos|escogimos|contratamos|nos quedamos con|vamos (?:a trabajar )?con|trabajar con|ido con|firmado con) (?:a |con )?(?:un |una )?(?:otr[oa]|competidor|competencia|proveedor distinto)",
        r"no (?:me|nos) interesa|no (?:estoy|estamos) (?:\w{2,12} )?interesad[oa]s?|(?:ningún|sin|no tenemos|no hay) interés|no,? gracias|gracias,? pero no|no (?:vamos|va) a (?:seguir adelante|continuar|avanzar|proceder|comprar|contratar|aceptar)|no (?:seguiremos|continuaremos|avanzaremos|procederemos) (?:adelante|con)|no (?:lo )?necesitamos(?: más)?\s*[.!]?$|ya no (?:lo |la )?(?:necesitamos|nos interesa|hace falta)",
        r"(?:proyecto|compra) (?:\w{2,10} )?(?:se ha |ha sido |fue |está |queda )?(?:cancelado|cancelada|anulado|descartado|parado definitivamente)|no (?:hay|habrá|tenemos) (?:ningún )?proyecto|(?:rechazamos|rechazo|rechazado|declinamos|declinar|descartado|descartamos) (?:su|la|tu|vuestra)? ?(?:oferta|propuesta)?|seguimos con nuestro (?:proveedor|sistema)",
    ),
    "not_refusal": cue(r"no hemos decidido|aún no|todavía no|si no le interesa"),
    "doubt": cue(
        r"no (?:le |les )?(?:veo|vemos) (?:\w{2,8} )?(?:el (?:valor|beneficio|interés)|la (?:ventaja|utilidad))\b|(?:aún|todavía) no (?:veo|vemos) (?:el (?:valor|beneficio)|la ventaja)\b",
        r"por encima de (?:nuestr|mi|el|lo)\w{0,3}\b|(?:todavía|aún) no (?:está|están|estamos|estoy) (?:\w{2,10} )?(?:convencid|segur)\w{1,3}\b|no (?:está|están) (?:del todo |muy )?(?:convencid|segur)\w{1,3}\b",
        r"no (?:me|nos) lo (?:van a )?(?:aprob|autoriz)\w{2,5}\b",
        r"no (?:acabamos|acabo|terminamos|termino) de ver(?:lo|la)?\b|sale de lo que\b|(?:difícil|complicado|costará|costar) (?:\w{2,8} )?convencer",
        r"más de lo que (?:pensábamos|pensaba|teníamos|tenía|habíamos|queríamos|esperábamos|esperaba|podemos|puedo)",
        r"(?:supera|excede|rebasa) (?:\w{2,10} ){0,3}?(?:presupuesto|posibilidades)|(?:nos|me) (?:frena|echa para atrás|preocupa)\b",
        r"(?:se )?(?:nos |me )?va de (?:presupuesto|precio)|no s(?:é|abemos) (?:aún |todavía )?si (?:lo|la|nos|es|vale|podemos|tiene)|(?:se )?(?:nos )?sale de (?:nuestro |el )?presupuesto|más económic[oa]s?|tenemos (?:algunas |ciertas |muchas |todavía )*(?:dudas|reservas)|no (?:me |nos )?convence\w{0,2}|hay que pensarl[oa]",
        r"(?:no (?:tenemos|hay|tengo|disponemos de|contamos con)|sin|falta de|falta|poco) (?:\w{2,10} )?(?:el |suficiente |un |de )?(?:presupuesto|dinero|fondos|recursos)|presupuestos? (?:\w{2,10} ){0,2}?(?:congelad|recortad|agotad|ajustad|limitad|bloquead|no )\w{0,3}|(?:gastos|inversiones) (?:\w{2,10} ){0,2}?(?:congelad|bloquead|parad)\w{1,2}|fuera de (?:nuestro )?presupuesto|supera (?:nuestro|el) presupuesto",
        r"(?:demasiado|muy|bastante|algo|un poco|excesivamente) (?:car[oa]s?|elevad[oa]s?|alt[oa]s?|costos[oa]s?|complej[oa]s?|arriesgad[oa]|pronto)\b|no (?:estoy|estamos|lo tengo|lo tenemos) (?:\w{2,12} )?(?:segur[oa]s?|convencid[oa]s?|list[oa]s?|clar[oa]|preparad[oa]s?)|(?:dudas|dudamos|dudo|reservas|reparos|preocupa|preocupación|inquietudes|indecis[oa]s?|escéptic[oa]s?)\b",
        r"(?:tenemos|tengo|necesitamos|necesito|debemos|debo|hay) (?:que |tiempo para )?(?:pensar(?:lo|melo|noslo)?|reflexionar|meditar(?:lo)?|valorar(?:lo)?|consultarlo con la almohada)|difícil de (?:justificar|defender|aprobar|vender)|(?:aún|todavía) no (?:hemos|he|está|se ha) (?:decidido|tomado|decidid)|no es (?:el )?(?:buen |mejor )?momento|mal momento|otras prioridades|no es (?:una )?prioridad|más barat[oa]s?|no (?:nos lo )?podemos permitir(?:nos)?|(?:precio|coste|costo) (?:\w{2,10} ){0,3}?(?:alto|elevado|problema|obstáculo)",
    ),
    "ponder": cue(r"(?:pensar\w{0,6}|meditar\w{0,3}|reflexionar\w{0,2})\b"),
    "not_doubt": cue(
        r"sin (?:ninguna )?dudas?|no (?:tengo|hay|tenemos) (?:ninguna )?dudas?|no (?:es|está) (?:muy|demasiado) caro|si (?:tiene|tienes|tienen) dudas|cualquier duda|alguna duda|resolver (?:las|sus|tus|nuestras) dudas"
    ),
    # a meeting moved away from its day, not to it
    "not_callback": cue(
        r"(?:aplazar|mover|cambiar|posponer|cancelar) (?:la|nuestra|el) (?:reunión|cita|llamada|visita) (?:del?)\b(?!.{0,40} (?:al|para|a la|hasta)\b)"
    ),
    "deferral": cue(
        r"lo (?:miramos|miraremos|estudiamos|estudiaremos|analizamos|valoramos)\b(?= (?:\w{2,10} )?(?:entonces|en|a|después|tras|con)\b)",
        r"hasta (?:[\w-]{1,12} ){1,4}?(?:imposible|nada)\b|(?:movámoslo|pasémoslo|posterguémoslo|pospongámoslo|corrámoslo)\b",
        r"(?:lo|la|esto|eso) (?:pasamos|movemos|empujamos|aparcamos|corremos|pateamos) (?:al?|para|hasta)\b",
        r"antes del? (?:[\w]{1,12} ){1,5}?(?:no|nada|imposible)\b",
        r"hasta (?:\w{2,12} ){1,4}?no (?:\w{2,12})|podemos (?:hablar|verlo|retomar)\w{0,3}|(?:hablar|verlo|retomarlo) (?:más adelante|entonces)",
        CALL_US,
        rf"(?:podemos|podríamos|podamos|mejor|prefiero|preferimos|preferiría|preferiríamos|propongo|proponemos|sugiero|sería mejor|vamos a|habrá que|tendremos que|tenemos que|debemos|deberíamos|queremos|me gustaría|nos gustaría|conviene|para|toca|si le parece|os parece|les parece)(?: [\w,]{{1,12}}){{0,4}}? {LATER0}\b",
        r"(?:hablamos|platicamos|platiquemos|conversamos|hablemos|retomamos|retomemos|retomémoslo|vemos|veámoslo|veámonos|posponemos|pospongamos|aplazamos|aplacemos|esperamos a|esperemos|dejémoslo|dejamos|dejamoslo|volvamos a hablar|volvemos a hablar|charlamos|revisamos|revisemos|nos reunimos|reunámonos|lo vemos|lo retomamos|lo hablamos|volveremos a (?:hablar|ver|valorar)|retomaremos|lo veremos|hablaremos)\b",
        r"(?:posponer|pospuesto|aplazar|aplazado|aplazada|retrasar|retrasado|en pausa|en espera|parado|congelado xx|esperar|postergar|postergado|dejar(?:lo)? para|mover(?:lo)? a)\b",
        r"(?:no|nada|ningún|ninguna|imposible|nunca)\b(?:[ ,][\w'-]{1,14}){0,6}? (?:antes|hasta)\b|no antes\b",
        r"(?:(?<!viene\x20)(?<!va\x20)(?<!vendría\x20)mejor|quizás?|tal vez|a lo mejor|solo|sólo|preferiblemente|idealmente|de nuevo|otra vez|nuevamente) (?:en|después|tras|a|el|la|dentro|para|más|hacia|a partir|por)\b|(?:de nuevo|otra vez|nuevamente)\b",
        r"(?:sería|es|está|resulta) (?:mejor|más (?:realista|fácil|conveniente)|ideal|posible)\b",
    ),
    "no_wait": cue(
        r"no (?:hace falta|es necesario|tien\w{1,2} (?:por )?que|hay (?:por )?que|necesit\w{1,3}) (?:esperar|aplazar\w{0,2}|posponer\w{0,2})",
    ),
    "politely": cue(
        r"por favor|gracias",
    ),
    "tag": cue(
        r"^¿?(?:(?:te|le|os|les) parece(?: bien)?|vale|ok|de acuerdo|sí|no|puede ser)\s*\?*$",
    ),
    "resumes": cue(
        r"(?:de nuevo|otra vez|nuevamente|retom\w{1,6}|volv\w{1,5}|vuelv\w{1,3})\b",
    ),
    "nth": cue(
        r"(?:el|la) (?:(?P<first>primer[oa]?)|(?P<second>segund[oa])|(?P<third>tercer[oa]?)|(?P<last>últim[oa]))\b(?! (?:trimestre|semestre|mes|semana|planta|vez|quincena))",
    ),
    "for_now": cue(
        r"(?:actualmente|ahora mismo|por ahora|de momento|por el momento|este año),? no (?:tenemos|tengo|hay|necesitamos)\b|no (?:tenemos|hay|necesitamos)\b.{0,30}\b(?:actualmente|ahora mismo|por ahora|de momento|por el momento|este año)\b",
    ),
    "asks_leave": cue(
        r"(?<=,\x20)¿?(?:vale|ok|de acuerdo|te parece|le parece)\s*\?$",
    ),
    "puts_off": cue(
        r"(?:dejar|aplazar|posponer|retrasar)(?:lo|la) (?:para|hasta) (?:dentro de|después|finales|principios|mediados|el (?:mes|trimestre|año|próximo)|la (?:próxima|segunda)|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b|(?:aplazar|posponer|retrasar)(?:lo|la)? (?:una|dos|tres|cuatro|seis) (?:semanas?|mes(?:es)?)\b",
        r"(?:posponer|pospuesto|aplazar|aplazado|aplazada|posponemos|aplazamos|aplacemos|postergar|en pausa|en espera|dejémoslo)\b|más adelante\b|más tarde (?:en|este)|en otro momento|otro día|ahora no|no (?:por|de) (?:el |)momento|por (?:el momento|ahora) no|en este momento no|algún día|en el futuro|cuando (?:las cosas|todo|la situación)|(?:en|dentro de) (?:unas|algunas) semanas|(?:en|dentro de) unos meses",
        r"^(?:quizás?|tal vez|a lo mejor|igual) (?:más|en|después|el|la|tras|para)\b",
    ),
    "callback": cue(CALL_US),
    "callback_start": cue(
        r"(?:^|por favor,? )(?:ll[aá]m|cont[aá]ct|escr[ií]b|v[uo]e?lv|hablamos|hablemos|retomamos|retomemos|podemos)\w{0,10}"
    ),
    "talk": cue(r"(?:habl\w{1,6}|charl\w{1,5}|reun\w{1,7}|ver\w{0,4}|vemos|veámonos|llamar|convers\w{1,5})\b"),
    "again": cue(
        r"(?:pasamos|retom\w{1,6}|de nuevo|otra vez|nuevamente|volv\w{1,5}|vuelv\w{1,3}|pospon\w{1,6}|aplaz\w{1,6}|aplac\w{1,6}|esper\w{1,5}|mejor|más adelante|dejar\w{0,2}|dejémoslo|hasta)\b"
    ),
    "any_when": cue(
        r"(?:una vez|cuando|en cuanto|tan pronto como|después de|tras) (?:\w{2,14} ){1,2}?(?:el|la|los|las|nuestr\w{1,2}) \w{3,}|(?:tras|después de|después del|al volver de|a la vuelta de) (?:la |el |las |los |mis |nuestras )?\w{4,}",
        r"(?:cuando|una vez que|en cuanto|después de que) (?:las?|los?|el|nosotros|nuestr\w{1,2}|todo|tengamos|termine|acabe|pase|haya)\b",
    ),
    # what becomes of things and seasons, and habits
    "not_deferral": cue(
        r"(?:el (?:tiempo|clima)|la temporada|las ventas|la producción) (?:[\w]{2,12} ){1,3}?(?:mejor|empe\w{2,4}|comen\w{2,6})\b"
    ),
    "habit": cue(
        r"todos los (?:lunes|martes|miércoles|jueves|viernes|sábados|domingos|días|meses|años)|todas las semanas|cada (?:\w{2,8} )?(?:lunes|martes|miércoles|jueves|viernes|día|semana|mes|año|trimestre)|(?<!de\x20)(?<!como\x20)siempre\b(?! que)|normalmente|habitualmente|por lo general"
    ),
    "promise": cue(
        r"(?:mañana|el (?:lunes|martes|miércoles|jueves|viernes))(?: por la \w{5,6}| sin falta)? (?:tienes|tiene|tienen|tenéis) (?:el|la|los|las|mi|nuestr[oa]) (?!reunión|cita|llamada|demo|fiesta)\w{3,}",
        r"(?:y|e) (?:te|le|les|os) (?:responde|contesta|llama|escribe|envía|manda|confirma)\b",
        r"(?:el |la |nuestr[oa] |mi )?(?:departamento|equipo|director\w?|compras|dirección|comité|jef[ea]|soci[oa]|compañer[oa]|colega|gerencia|legal)(?: [\w-]{2,20}){0,3}? (?:te |le |les |os )(?:responderá|contestará|dará|enviará|mandará|llamará|contactará|escribirá|confirmará|hará)\b",
        r"(?:quedo|quedamos) (?:de|en) (?:enviar|mandar|pasar|hacer|confirmar|responder|dar|llamar|avisar|compartir|entregar)\w{0,4}\b",
        r"(?:para|antes del?|a más tardar) (?:[\w]{1,12} ){1,4}?(?:lo|la|los|las) (?:tienes|tiene|tienen|tenéis)\b",
        r"(?:te|os|se) (?:lo|la|los|las) (?:envío|enviamos|mando|mandamos|paso|pasamos|hago|confirmo|confirmamos|doy|digo|devuelvo|devolvemos|entrego|entregamos|firmo|firmamos|remito|remitimos)\b",
        r"(?:mi|nuestr[oa]|el|la) (?:compañer[oa]|colega|jef[ea]|responsable|director\w{0,1}|equipo)(?: [\w-]{2,20}){0,3}? (?:se pondrá en contacto|te llamará|le llamará|te escribe|le escribe)\b",
        r"(?:me|nos) (?:pondré|pondremos|pongo|ponemos|comunicaré|comunicaremos|comunico) en contacto\b|(?:me|nos) (?:comunicaré|comunicaremos|comunico) con\b",
        r"(?:en cuanto lo tenga |para )?(?:el|la|este|esta|antes del?) [\w ]{2,20} (?:tendrá|tendrás|tendrán|tendréis|recibirá|recibirás|recibirán)\b",
        rf"(?:te |le |les |os |se |lo |la |los |las |me )*{SENDF}\b",
        rf"(?:te|le|les|os|se lo|se la) {SENDP}\b",
        rf"(?:voy a|vamos a|puedo|podemos|espero|esperamos|intentaré|intentaremos|trataré de|procuraré) (?:\w{{2,10}} )?{SEND0}\b",
        r"(?:tendrá|tendrás|tendrán|tendréis|recibirá|recibirás|recibirán|recibiréis)\b",
        r"(?:mi|nuestr[oa]) [\w-]{2,20}(?: [\w-]{2,20}){0,3}? (?:te |le |les |os )(?:enviará|mandará|llamará|contactará|escribirá|hará|confirmará)\b",
    ),
    "firm": cue(
        r"(?:responde|contesta|llama|escribe|envía|manda)\b|(?:tienes|tiene|tienen|tenéis) (?:el|la|los|las|mi|nuestr[oa])\b",
        r"(?:quedo|quedamos) (?:de|en)\b|(?:responderá|contestará|dará)\b|(?:lo|la|los|las) (?:tienes|tiene|tienen|tenéis)\b",
        r"(?:tendré|tendremos|se pondrá|te escribe|le escribe)\b",
        SENDF,
        SENDP,
        r"(?:voy a|vamos a|tendrá\w{0,2}|recibirá\w{0,2}|recibiréis|tendréis|pondré|pondremos|pongo|ponemos|comunic\w{1,5}|intentaré|intentaremos|trataré|procuraré|enviará|mandará|llamará|contactará|escribirá|hará|confirmará)\b",
    ),
    "soft": cue(r"puedo|podemos|espero|esperamos"),
    "not_promise": cue(r"(?:no|nunca|tampoco)\b"),
    "no_promise_after": cue(
        r"(?:envío|mando|paso) (?:la|una) (?:invitación|convocatoria)\s*[.!]?$",
        r"tendrá\w{0,2} que\b",
        r"(?:adjunt[oa]s?|aquí|por la presente|en (?:el )?adjunto|en archivo adjunto)\b",
        r"confirm\w{1,5} (?:\w{2,10} ){0,3}?(?:asistencia|reunión|cita|llamada|disponibilidad|la hora|la fecha)",
    ),
    "condition": cue(r"(?:si|cuando|en cuanto|una vez que) (?:usted|ustedes|me|nos|tú) (?:\w{2,12})\b"),
    "named": re.compile(r"(?<!\w)(?:lo|la|los|las|esto|eso)(?!\w)"),
    "article": re.compile(r"\s*(?:el|la|los|las|una?|nuestr[oa]s?|su|sus|mi|mis)\s"),
    "dated_thing": re.compile(r"(?<!\w)(?:para|sobre) (?:el|la|los|las|un|una|nuestr[oa]) [^\W\d][\w-]{2,24} (?:de |en )\0"),
    "foreign": re.compile(r"(?<!\w)(?:de|del|desde)(?: (?:el|la))?\s{1,3}\0"),
    "intention_only": cue(r"(?:consultar\w{1,4}|revisar\w{1,4}|decidir\w{1,4})\b(?!.{0,60}(?:\by\b|respond|dir))"),
    "on_hold": cue(r"pospuest|aplazad|en pausa|en espera|postergad"),
    "not_before": cue(
        r"antes del? (?:[\w]{1,12} ){1,5}?(?:no|nada|imposible)\b",
        r"hasta (?:[\w-]{1,12} ){1,4}?(?:no|nada|imposible)\b",
        r"(?:no|nada|ningún|ninguna|imposible|nunca)\b(?:[ ,][\w'-]{1,14}){0,6}? (?:antes|hasta)\b|antes de.{0,30}\b(?:nada|imposible)\b",
    ),
    "instead": cue(r"en su lugar|en vez|mejor"),
    "about_things": cue(r"entregas?|facturas?|pedidos?|pagos?|envíos?"),
    "asks_if": cue(r"si\b"),
    "fits": cue(r"(?:llamo|paso|pasamos|va|vendría|viene|conviene|convendría|encaja|posible|bien|parece|funciona|ok|mejor)\b"),
    "object_lead": re.compile(
        r"\s*(?:(?:le|te|les|os|lo|la|llegar|también|gustosamente|con gusto|enseguida)\b(?=\s+(?:el|la|los|las|un|una|unos|unas|mi|mis|nuestr\w{1,2}|su|sus|tu|dos|tres|\d)|\s*$)\s*)*"
    ),
    "object_end": cue(
        r"(?:antes|a más tardar|para el|el (?:lunes|martes|miércoles|jueves|viernes|\d)|mañana|hoy|la (?:próxima|semana)|esta|en cuanto|en (?:una|un|dos|los|la|el)|dentro|y(?! (?:el|la|los|las|un|una|mi|mis|nuestr[oa]s?|su|sus) )|por (?:correo|email|mail)|lo antes|cuando|después|tras|que|a (?:primera|finales|principios|lo largo)|pronto|enseguida|como muy)\b",
        r"(?:el|la|en|a|de|del|para|por)\s*$",
    ),
    "about": cue(r"(?:sobre|acerca de|respecto a|con)(?= \w)(?! (?:usted|ustedes|vosotros|mi|nuestro|nuestra|el equipo))"),
    "fronted": re.compile(
        r"(?:^|[ ,])(?P<what>(?:el|la|los|las|un|una|mi|nuestr[oa]s?|su) (?!lunes|martes|miércoles|jueves|viernes|semana|mes\b|próxim)[\w-]{3,24}(?: [\w-]{2,24}){0,4})\s*$"
    ),
    "speaks": re.compile(
        r"(?:llam\w{1,6}|respond\w{1,6}|contest\w{1,6}|contact\w{1,6}|dir\w{1,4}|digo|decir\w{0,3}|avis\w{1,6}|inform\w{1,6}|consult\w{1,6}|revis\w{1,6}|volver\w{1,4}|escrib\w{1,6}|decid\w{1,6})\s*$"
    ),
    "pronoun": re.compile(
        r"(?:lo|la|le|esto|eso|todo|algo|a contactarle|noticias|respuesta|una respuesta|a llamar|a llamarle|a escribirle|a contactar|en contacto|a hablar)?"
    ),
    "intention": cue(
        r"(?:lo |nos lo |me lo )?(?:voy a|vamos a|tengo que|tenemos que|quiero|queremos|debemos|estamos|estoy)? ?(?:pensando|pensándolo|valorando|estudiando|analizando|evaluando|revisando|comparando|pensar(?:lo|emos|é)?|pensar(?:lo|emos|é)|pensaré|pensaremos|estudiar(?:lo|emos|é)|valorar(?:lo|emos|é)|analizar(?:lo|emos|é)|comentar(?:lo|emos|é)|discutir(?:lo|emos)|revisar(?:lo|emos)|leer(?:lo|é)|consultar(?:lo|emos|é)|veremos)\b",
        r"(?:hablamos|nos vemos|seguimos en contacto|estamos en contacto|nos hablamos|quedamos en contacto) ?(?:pronto|luego)?\s*[.!]?$|(?:pronto|en breve|próximamente|cuanto antes|lo antes posible)\s*[.!]?$|mantendré (?:informad|al (?:tanto|corriente))|mantendremos (?:informad|al (?:tanto|corriente))",
    ),
    "not_time": cue(
        r"(?:me|nos) (?:viene|va|vendría) (?:muy |bastante )?(?:fatal|mal|regular)\b",
        rf"(?:menos|excepto|salvo) (?:el |los |este )?(?:{'|'.join(WEEKDAYS)})\b|^(?:pero |mejor )*no (?:el |este )(?:{'|'.join(WEEKDAYS)})\b(?! (?:me |nos |hay|s[eé] ))",
        r"ya (?:tengo|tenemos) (?:una?|otr[oa]|algo|compromiso|otro)\b|(?:lo |la )?(?:tengo|tenemos) (?:complicado|ocupad[oa]|llen[oa]|imposible|un compromiso|otra)|agenda (?:llena|completa)|(?:estaré|estoy|estamos|estaremos) (?:\w{2,10} )?(?:de viaje|fuera|ocupad[oa]s?|de vacaciones|en una feria|en (?:otra )?reunión)|se me complica|no me (?:da|cuadra|queda|acomoda)",
        r"no\b(?:[ ,][\w'-]{1,12}){0,4}? (?:viene|va|conviene|puedo|podemos|podré|podremos|es posible|será posible|estoy disponible|estaré|estamos|encaja|funciona|disponible|posible|bien|libre)\b|no (?:puedo|podemos|podré|podremos|me|nos)\b|(?:imposible|complicado|ocupad[oa]s?|de viaje|fuera|otro compromiso|otra reunión)\b|(?:tengo|tenemos) que (?:cancelar|mover|aplazar|posponer|cambiar)|ningun[oa] de|ni el|ni la|ninguna (?:me|nos|fecha|hora|opción|propuesta)\b",
    ),
    "that": cue(
        r"eso|esa (?:hora|fecha)|ese (?:día|horario)|esas fechas|ninguna|ninguno|ambas|la fecha|la hora|el (?:primero|segundo)|la (?:primera|segunda)"
    ),
    "accepts": cue(
        r"^(?:me|nos) (?:cuadra|va|sirve|encaja|acomoda|late)\s*[.!]?$",
        r"(?:me|nos) qued(?:o|amos) con (?:el|la) (?:primer[oa]?|segund[oa]|tercer[oa]?|últim[oa])\b|cuent[ea]n? (?:conmigo|con nosotros)\b",
        r"^(?:mejor |prefiero |entonces |que sea )*(?:el|la) (?:primer[oa]?|segund[oa]|tercer[oa]?|últim[oa])(?: (?:opción|fecha|propuesta|horario))?(?:,? (?:por favor|gracias|entonces|mejor))*\s*[.!]?$",
        r"(?:env[ií]\w{1,3}|m[aá]nd\w{1,3})(?:me|nos) (?:ya |entonces )?(?:la|una|tu|su) (?:invitación|convocatoria)\b",
        r"(?:me|nos) (?:va|viene) mejor\b|hasta entonces\s*[.!]?$",
        r"(?:confirmo|confirmamos) (?:\w{2,10} ){0,3}?(?:asistencia|reunión|cita|llamada|disponibilidad|hora|fecha)|(?:me|nos) (?:queda|acomoda|cuadra|sirve|late) (?:muy |perfecto|bien|perfectamente)|(?:me|nos) (?:parece|quedo|quedamos|apunto|apuntamos) (?:bien|con el|el|la)\b|(?:queda|quedó) (?:confirmad|agendad|anotad|apuntad)[oa]|cuenta conmigo|cuente(?:n)? con(?:migo| nosotros)?",
        r"(?:eso|esa (?:hora|fecha)|ese (?:día|horario)|el (?:primero|segundo|tercero|último)|la (?:primera|segunda|tercera|última)(?: (?:opción|fecha|propuesta))?|la (?:hora|fecha|propuesta)|ambas|ambos) (?:\w{2,8} )?(?:me |nos )?(?:va|viene|conviene|parece|funciona|encaja|está)(?: (?:muy |perfectamente|genial|perfecto|bien|ok))*",
        r"(?:me|nos) (?:va|viene|conviene|parece|funciona|encaja) (?:muy |perfectamente |genial|perfecto|bien|estupendo|de maravilla|fenomenal)|(?:de acuerdo|perfecto|ok|vale|bien|conforme) (?:para|con|el|a las)\b|(?:confirmo|confirmamos|confirmado|confirmada|acepto|aceptamos|quedamos(?! con otr| con nuestr| con lo que| con el proveedor| a la espera| a su| pendientes| en contacto| atentos)|agendado|apuntado|reservado)\b(?! (?:la recepción|recepción|que (?:hemos|he) recibido))|(?:nos vemos|hablamos|^hasta)(?= (?:el|a las|mañana|entonces|lunes|martes|miércoles|jueves|viernes)\b)|(?:nos quedamos con(?! otr)|elegimos|elijo|prefiero|preferimos) (?:el|la) (?:primer|segund|tercer|últim|lunes|martes|miércoles|jueves|viernes)\w{0,3}|allí estaré|ahí estaré|estaremos allí",
    ),
    "date_accepts": cue(
        r"(?:anotad[oa]|agendad[oa]|apuntad[oa]|reservad[oa]|nos queda|me queda|me acomoda|nos acomoda|me cuadra|nos cuadra|me sirve|nos sirve|listo|dale|correcto|conforme|en mi agenda|ahí estaré|allí estaré|nos vemos)\b",
        r"(?:perfecto|bien|vale|ok|de acuerdo|genial|estupendo|me va|nos va|me viene|nos viene|me parece|nos parece|está bien|sí|confirmado|encantad[oa]|conviene|me encaja|nos encaja|fenomenal)\b",
    ),
    "offers": cue(
        r"(?:va|vendría|viene|conviene|convendría|disponibles?|disponibilidad|libres?|posible|reunirnos|vernos|hablar|llamada|reunión|cita|quedar|quedamos|parece|podríamos|podemos|tal|mejor|mover|cambiar|hacer|encaja|pasar|visitar|videollamada|hueco|tiempo)\b"
    ),
    "offers_plainly": cue(
        r"(?:estoy|estamos|estaría|estaríamos|estaré|estaremos) (?:\w{2,12} )?(?:disponibles?|libres?)|(?:puedo|podemos|podría|podríamos|propongo|proponemos|sugiero|sugerimos|ofrezco|(?:tengo|tenemos|tendría)(?! (?:[\w]{1,12} )?\d{1,4} [a-záéíóúñ]{4,}| (?:que|visitas?|invitados|una? (?:auditoría|boda|feria|inspección)))|prefiero|preferiría)\b(?! que)|(?:qué tal|mejor|alternativamente|propuestas?|opciones|horarios (?:posibles|disponibles)|disponibilidad|disponible|libre|veámonos|hablemos|reunámonos|quedemos)\b|(?:sería|vendría|iría|me convendría) (?:mejor|bien|posible|perfecto)"
    ),
    "asks_times": cue(
        r"^¿?\s?(?:y |pero |entonces )?(?:cuándo|cuando|a qué hora|qué (?:día|hora|fecha|es|incluye|precio|significa)|cuál|cuáles|cuánto|cuántos|cuánta|cuántas|por qué|quién|dónde|cómo|ha recibido|han recibido|recibió)"
    ),
    # looks back at a meeting, whatever day is named
    "met": cue(
        r"(?:encantad[oa]s?|un placer|ha sido un placer|fue un placer|gusto)(?: de| en)? (?:haber\w{0,4} )?(?:conoc\w{2,6}|ver\w{0,4}|visto|salud\w{2,6}|habl\w{2,5})\b"
    ),
    # asks which of the times offered: with an offer in the same mail it is part of that
    "picks": cue(
        r"(?:cuál|cual|qué|que|cuándo|cuando|si)\b.{0,40}\b(?:vien\w{1,4}|convien\w{1,4}|conven\w{1,4}|prefier\w{1,3}|mejor|bien|encaj\w{1,3}|acomod\w{1,3}|posible)\b(?: (?:mejor|bien|a|usted|ustedes|ti|más))*\s*[?.!]*$",
        r"(?:va|viene|vendría|encaja|encajaría|sería|es|queda|parece|conviene)(?: (?:bien|mejor|alguno|alguna|uno|una|de|los|las|dos|esos|esas|estas|estos|fechas?|opciones|horas?|posible|esto|eso|así))+\s*\?",
        r"^(?:por favor,? |me |ya )*(?:confírm\w{2,6}|confirm\w{1,4}|díg\w{2,6}|dime|dinos|avís\w{2,6}|avisa|cuénteme|cuéntame)(?:,? (?:por favor|cuál|con|lo|que|sea))*\s*[.!?]*$|(?:su|tu|alguna) preferencia\b|qué (?:le|te|les|os) parece\s*\?|qué (?:prefiere|prefieres|prefieren)\s*\?",
    ),
    "starts_proposal": cue(
        r"(?:qué tal|(?:le|te|les|os) (?:queda|acomoda|cuadra|sirve|apetece)|nos vemos|quedamos|puede ser|podría ser|sería posible|qué (?:le|te|les|os) parece|(?:le|te|les|os) (?:parece|va|viene|vendría|iría|convendría|conviene)|y si|digamos)\b"
    ),
    "book_link": cue(r"(?:reserv\w{1,5}|agend\w{1,5}|calendario|cita|hueco|horario|hora que|elija|elige|escoja|disponibilidad)\b"),
    "request": cue(
        r"(?:me|nos) faltan? (?:aún |todavía |solo )*(?:el|la|los|las) (?:\w{3,16})\b(?! (?:de tiempo|por ver))",
        r"no (?:encuentro|encontramos|veo|vemos|hemos recibido|he recibido) (?:aún |todavía )?(?:el|la|los|las|vuestr[oa]|su|tu)\b",
        r"(?:nos|me) faltan? (?:aún |todavía |también |solo )?(?:el|la|los|las|una?)\b(?! (?:tiempo|presupuesto|dinero|personal|aprobación)\b)|(?:importe|precio|total|fecha|dirección|cantidad|nombre|cifra)s? (?:[\w]{1,12} ){0,5}?(?:está mal|no cuadra\w?|es incorrect[oa]|no es correct[oa]|está equivocad[oa])",
        r"(?:enlace|archivo|fichero|documento|pdf|vídeo|formulario|acceso) no (?:funciona|abre|se abre|carga|va)\b|no (?:puedo|podemos|consigo|conseguimos|pude|pudimos) (?:abrir|leer|descargar|encontrar) (?:el|la|los|las|su|tu)\b|(?:su|tu|la|el|los) (?:oferta|presupuesto|contrato|documentos?|muestras?) (?:aún |todavía )?no (?:ha|han) llegado\b",
        r"favor de \w{3,}|a la espera de (?:su|tu|sus|tus|vuestr)\w{0,2}|si (?:pudiera|pudieras|pudieran|pudierais|puede|puedes)\b|tenga(?:n)? la amabilidad|sea(?:n)? tan amable|(?:envíe|mande|pase|haga|indique|diga|confirme|remita|comparta|cotice)(?:me|nos|n)\w{0,3}\b",
        r"por favor|(?:podría|podrías|podrían|podríais|puede|puedes|pueden|podéis)\b(?! (?:ser|que|estar|haber))|(?:envíe|envíen|envía|mande|manda|manden|díga|dígan|dí|confírme|confirme|confirma|indíque|indique|indica|páse|pase|pasa|explique|explica|háganos|háganos|faciliten|facilite)(?:me|nos)?\b|(?:envíame|envíanos|envíeme|envíenos|mándame|mándanos|mándeme|mándenos|díganos|dígame|dime|dinos|confírmeme|confírmenos|confírmame|avíseme|avísame|avísenos|avísanos|hágame|háganos|pásame|páseme|pásenos|indíqueme|indíquenos)\b|(?:(?<!no\x20lo\x20)(?<!no\x20la\x20)(?<!si\x20lo\x20)(?:necesito|necesitamos|necesitaría|necesitaríamos)|quisiera|quisiéramos|solicito|solicitamos|agradecería|agradeceríamos|querría|querríamos|me gustaría|nos gustaría|espero su|esperamos su|quedo a la espera|quedamos a la espera|le ruego|les ruego|rogamos)\b",
    ),
    "question": cue(
        r"(?:me|nos) falta(?:ría)? (?:saber|conocer|por saber)\b",
        r"^(?:y |también )?(?:sería|es|será) posible\b",
        r"no (?:me|nos) (?:queda|quedó|está|ha quedado) (?:muy |del todo )?claro (?:si|qué|cómo|quién|cuándo|cuánto|por qué)\b|no (?:entiendo|entendemos|veo|vemos) (?:bien )?(?:cómo|quién|cuándo|por qué|si)\b",
        r"(?:pregunta|preguntan|se pregunta|quiere saber|quieren saber|quisiera saber) (?:si|cómo|cuándo|cuánto|qué|quién|por qué)\b",
        r"(?<!no\x20)(?:tengo|tenemos|surgen?|queda[n]?|tendría) (?:\w{2,8} ){0,4}?(?:preguntas?|dudas?|consultas?)\b|quer(?:ía|íamos) (?:saber|preguntar\w{0,3}|consultar\w{0,3})\b|(?:decirme|decirnos|indicarme|indicarnos) (?:si|cuánto|cuándo|cómo)\b",
        r"¿|^(?:y |pero |una pregunta:? )?(?:cuánto|cuántos|cuántas|cuándo|cómo|qué|cuál|cuáles|dónde|quién|por qué)\b|(?:me pregunto|nos preguntamos|quería (?:saber|preguntar)|queríamos (?:saber|preguntar)|quisiera saber|me gustaría saber|nos gustaría saber|tengo (?:una|unas|algunas|dos|otra) (?:preguntas?|dudas?|consultas?)|tenemos (?:una|unas|algunas|dos|varias) (?:preguntas?|dudas?|consultas?)|saber si|mi pregunta)\b",
    ),
    "no_question": cue(
        r"^¿?(?:(?:hola|buenas|y)[ ,¿]+(?:\w{2,14}[ ,¿]+)?)?(?:cómo (?:está[ns]?|estáis|va(?: todo)?|le va|te va|van las cosas|ha ido el fin de semana|fue el fin de semana|han ido las vacaciones)(?: usted(?:es)?)?|qué tal(?: (?:está[ns]?|todo|estáis|va(?: todo)?|el fin de semana|las vacaciones|el verano|la semana))?|todo bien|va todo bien|está todo bien)\s*\?",
        r"^¿?(?:quién sabe|por qué no|verdad|no|sí|qué más se puede pedir|quién lo diría|de verdad|en serio|no cree[ns]?|no es (?:genial|estupendo))\s*[?!]",
    ),
    "acknowledgement": cue(
        r"(?:ha |han )?(?:llegado|llegó|llegaron) (?:todo )?(?:muy )?bien|todo (?:ok|bien|perfecto|en orden|correcto)",
        r"(?:acuso|acusamos) recibo\b.{0,60}|quedo enterad[oa]|(?:ok|listo|vale|dale|va|órale|bárbaro|buenísimo|padrísimo|chévere)(?: (?:pues|entonces))?|(?:excelente|gran|buena|magnífica|estupenda) (?:presentación|demo|demostración|reunión|llamada|propuesta|noticia|idea)|me queda claro|(?:a la |a )?orden(?:es)?|con mucho gusto|igualmente|lo mismo digo",
        r"(?:muchas |muchísimas |mil |millones de |un millón de |infinitas |de nuevo,? )*(?:gracias|agradecid[oa]s?|agradezco|agradecemos|te lo agradezco|se lo agradezco)(?: (?:a (?:usted|ti|todos|vosotros|ustedes)|de nuevo|otra vez|de antemano|nuevamente|igualmente|mucho|y|anticipadas))*(?: (?:por|de|el|la|su|tu|que)\b.{0,160})?",
        r"(?:lo |la |he |hemos |todo |ya |su (?:correo|mensaje|oferta) |está )*(?:bien |ha sido |lo he |lo hemos |correctamente )*(?:recibid[oa]s?|recibí|recibimos|anotad[oa]s?|entendid[oa]s?|entiendo|entendemos|tomo nota|tomamos nota|apuntad[oa]|comprendid[oa]|enterad[oa]s?|leíd[oa]|clar[oa])(?: (?:su|tu|el|la|todo|los|las) ?[\w-]{0,20})?",
        r"(?:es |está |fue |ha sido |eso |todo |me |nos |le |suena |parece |queda |lo )*(?:todo |muy |realmente |absolutamente |bastante |la verdad )*(?:perfect[oa]|genial|estupend[oa]|fantástic[oa]|excelente|fenomenal|buenísim[oa]|bien|buen[oa]|vale|ok|okay|de acuerdo|correcto|exacto|clar[oa]|interesante|útil|productiv[oa]|impresionante|amable|sí|no|por supuesto|desde luego|con gusto|con mucho gusto|sin problema|ningún problema|no hay problema|de nada|a ti|a usted|igualmente|encantad[oa]s?|un placer|el placer es mío|enhorabuena|felicidades|maravillos[oa]|conforme|hecho|súper|super|gustó|encantó|gustado|encantado)(?: (?:de su parte|saberlo|mucho|por (?:mi|nuestra) parte|la (?:demo|presentación|reunión)|noticia|trabajo|idea|entonces|así|todo))*",
        r"(?:ha sido |fue |es )?(?:un |todo un )(?:verdadero |gran )?(?:placer|gusto)\b.{0,100}|(?:tengo|tenemos) (?:muchas )?ganas\b.{0,100}|(?:nos|me|a (?:todos|el equipo|nuestro equipo)) (?:\w{2,8} )?(?:gustó|encantó|ha gustado|ha encantado|pareció|ha parecido)\b.{0,100}|(?:la |el |su |tu |vuestra )(?:demo|demostración|presentación|reunión|visita|charla|llamada|equipo|producto)(?: \w{2,8})? (?:fue|ha sido|estuvo|está|es)\b.{0,80}|al equipo le (?:gustó|encantó).{0,60}",
        r"(?:le |te |les |os )?(?:deseo|deseamos|espero|esperamos) (?:que|un|una|todo)\b.{0,100}|(?:que tenga|que tengas|que tengan|buen|buena|feliz|felices|próspero) .{0,60}|hasta (?:pronto|luego)|saludos.{0,30}|(?:perdón|disculpe|disculpa|disculpas|lo siento|lamento)\b.{0,80}|(?:y|hola|buenos|buenas|días|tardes|también|entonces|pues|ah|oh|todo|todos|señor|señora|don|doña|usted|bueno|a|muy)",
    ),
    "assent": cue(
        r"^(?:\w{1,14}, )?(?:sí|ok|vale|de acuerdo|perfecto|genial|estupendo|claro|por supuesto|me parece bien|con gusto|excelente|correcto|muy bien|encantad[oa])\b"
    ),
    "word_line": cue(
        r"(?:gracias|perfecto|recibido|entendido|vale|sí|no|ok|genial|estupendo|quizás?|confirmado|baja|bien|claro|anotado|encantad[oa]|excelente|conforme)"
    ),
    "yes": cue(r"sí|ok|vale"),
    "absence": cue(
        r"(?:fuera de (?:la )?oficina|de vacaciones|ausente|ausencia|de baja (?:médica|maternal|paternal|por \w{4,14})|de licencia|de permiso \w{3,12}|de viaje|no (?:estoy|estaré) (?:en la oficina|localizable)|de permiso|oficinas? (?:cerradas?|permanecerá\w? cerradas?)|cerrad[oa]s? (?:por|hasta|del))\b|(?:de vuelta|(?<!te\x20)(?<!le\x20)(?<!les\x20)regreso|regresaré|vuelvo|volveré a la oficina|volveré el|estaré de vuelta|me reincorpor\w{1,4}|incorporaré)\b|sin acceso (?:al|a mi|a) (?:correo|email)"
    ),
    "returns": cue(r"(?:vuelta|regreso|regresaré|vuelvo|volveré|reincorpor\w{1,4}|incorporaré|a partir)\b"),
    "past": cue(
        r"(?:fue|fueron|era|estaba|estuvo|estuvimos|hablamos con|vimos|vi|conocimos|conocí|recibimos|recibí|envié|enviamos el|hubo|tuvimos|tuve|hizo|dijo|quedó|visitamos|hemos|he|han)\b"
    ),
    "after_that": cue(r"(?:después(?! de)|luego)\b"),
    "then": cue(r"ese (?:mismo )?día", r"(?:entonces|después|luego|a partir de ahí|a partir de entonces)\b"),
    "offer_sent": cue(
        r"(?:adjunto|adjunta|adjuntamos|aquí (?:está|tiene|tienes|va)|le (?:envío|enviamos|mando|adjunto)|te (?:envío|mando|adjunto)|encontrará|como (?:acordamos|prometí|quedamos))\b.{0,80}\b(?:oferta|presupuesto|propuesta|contrato|cotización|acuerdo)\b",
        r"(?:oferta|presupuesto|propuesta|contrato|cotización) (?:[\w-]{1,14} ){0,4}(?:adjunt[oa])|para (?:su )?firma|para firmar",
    ),
    "filler": cue(
        r"(?:o|misma|y|el|la|las|los|a|al|de|del|en|por|para|mí|nosotros|me|nos|favor|sí|ok|vale|bien|perfecto|entonces|mejor|mañana|tarde|hora|horas|h|también|sobre|entre|gracias|su|tu|local|está|día)\b"
    ),
}

PACK = Pack(
    code="es",
    times=TIMES,
    cues=CUES,
    breaks=re.compile(
        r"\s*(?:;|:(?=\s)|\((?=[^()]{20})|,(?!\d)(?=\s(?:pero|y|así|por|porque|ya|le|les|te|lo|nos|me|si|no|el (?:lunes|martes|miércoles|jueves|viernes|\d)|llám|llama|contáct|podría|podemos|puede|qué|cuánto|quizá|gracias|lamentablemente|desgraciadamente|mejor|aunque|que|nuestr|mi|la|ll[aá]m\w{1,8}|cont[aá]ct\w{1,6}|escr[ií]b\w{1,6}|v[uo]e?lv\w{1,3}|¿\w{2,10})\b)|(?<=[\w,])\s(?=¿)|\s-\s(?!\d)|(?<=\w)\s(?:pero|sin embargo|aunque|porque)\s)\s*"
    ),
    abbreviations=frozenset(
        "sr sra sres srta d dña dr dra ud uds vd tel tfno etc p.ej ej aprox núm nº no pág av avda ene feb mar abr jun jul ago sept oct nov dic a.m p.m s.a s.l cía".split()
    ),
)
