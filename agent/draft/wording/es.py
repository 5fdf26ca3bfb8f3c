"""Spanish."""

from __future__ import annotations

from agent.draft.wording.words import Topic, Words
from agent.model import Step

WORDS = Words(
    weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    months=(
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
    day_format="{weekday} {day} de {month}",
    time_format="{day}, {time} h {zone}",
    theirs="{time} h en su zona, {zone}",
    subject="Nuestro próximo paso",
    who_else="¿Quién más tiene que revisarlo?",
    meet=Step("¿Podemos reservar 30 minutos para acordar el próximo paso?", "¿Qué punto abierto preparo primero?"),
    generic=Step("¿Podemos reservar 30 minutos para acordar el próximo paso?", "¿Qué punto abierto le importa más ahora mismo?"),
    kinds={
        "agreed_not_booked": Step("¿Le envío la invitación para esa hora?", "¿Debe participar alguien más?", meeting=False),
        "fell_through": Step("¿Podemos buscar una nueva fecha para nuestra conversación?", "¿Prefiere unas líneas por escrito?"),
        "promise_due": Step("¿Tiene así lo que necesita para avanzar?", "¿Qué debería añadir, en su caso?", meeting=False),
        "callback_due": Step("¿Qué ha cambiado por su parte desde entonces?", "Si aún es pronto, ¿cuándo sería mejor?", meeting=False),
        "their_promise_due": Step("¿Qué día es realista para usted?", "¿Falta algo por mi parte?", meeting=False),
        "slipping": Step(
            "¿Qué tendría que darse por su parte para que sigamos adelante?", "¿Qué paso lleva más tiempo en su empresa?", meeting=False
        ),
        "stalled": Step("¿Qué tendría que darse para dar el siguiente paso?", "¿Qué ha cambiado desde que empezamos?", meeting=False),
        "park": Step("¿Cierro el tema por mi parte de momento?", "Basta con un sí o un no.", meeting=False),
    },
    no=Step(
        "¿Qué fue lo decisivo: que no hay proyecto, otro proveedor o el momento?",
        "Si prefiere no entrar en detalles, ¿cierro el tema sin más?",
        meeting=False,
    ),
    maybe=Step("¿Qué tendría que ocurrir primero para que sea concreto?", "¿Quién más participa en la decisión?", meeting=False),
    topics=(
        Topic(("presupuest*", "dinero", "fondos*", "gasto*"), "el presupuesto", "¿Cuándo empieza su proceso de presupuestos?"),
        Topic(("precio*", "caro", "cara", "coste*", "costo*", "tarifa*"), "el precio", "¿Con qué compara el precio?"),
        Topic(
            ("direccion*", "comite*", "aprobacion*", "jefe", "jefa", "gerencia*", "consejo*"),
            "la decisión en su empresa",
            "¿Cuándo se reúnen de nuevo quienes deciden?",
        ),
        Topic(("contrato*", "proveedor*"), "su contrato actual", "¿Cuándo vence su contrato actual?"),
        Topic(
            ("priorid*", "capacidad*", "tiempo", "momento"),
            "el calendario",
            "¿Qué tiene que terminar antes de poder empezar con esto?",
        ),
    ),
)
