"""What Spanish mail says: each sentence of the table does exactly this (kind, then its days or times; `!` for the same day).

All are written on Tuesday 7 October 2025, 09:00 in Zurich.
"""

from __future__ import annotations

import pytest

from tests.reading import said

TABLE = [
    ("Hola Luis,\n\n¿cuánto cuesta la instalación?\n\nUn saludo\nElena", "question"),
    ("Muchas gracias.", "acknowledgement"),
    ("Recibido, gracias.", "acknowledgement"),
    ("Gracias por la información.", "acknowledgement"),
    ("Por favor, llámame en diciembre.", "deferral 2025-12-01"),
    ("Llámeme después del 15.", "deferral 2025-10-16"),
    ("Contácteme dentro de dos semanas.", "deferral 2025-10-21"),
    ("Vuelva a llamarme el mes que viene.", "deferral 2025-11-03"),
    ("¿Podemos retomarlo después de Semana Santa?", "deferral 2026-04-06"),
    ("Hablamos en enero.", "deferral 2026-01-02"),
    ("No antes de marzo.", "deferral 2026-03-02"),
    ("Quizás más adelante este año.", "deferral"),
    ("Llámame la semana del 20.", "deferral 2025-10-20"),
    ("Mejor a principios de enero.", "deferral 2026-01-02"),
    ("Estoy de vacaciones hasta el 12, llámame el 20.", "deferral 2025-10-20; absence 2025-10-13"),
    ("Te envío el presupuesto antes del viernes.", "promise 2025-10-09"),
    ("Le enviaré el contrato el lunes.", "promise 2025-10-13"),
    ("Le responderemos la próxima semana.", "promise 2025-10-13"),
    ("Recibirá la oferta mañana.", "promise 2025-10-08"),
    ("¿Le vendría bien el martes 14 de octubre a las 15:00?", "proposal 2025-10-14T15:00"),
    ("¿Qué tal el jueves a las 10:30?", "proposal 2025-10-09T10:30"),
    ("¿Podríamos reunirnos el miércoles a las 4 de la tarde?", "proposal 2025-10-08T16:00"),
    ("¿Está disponible la próxima semana?", "question"),
    ("¿Cuándo estaría disponible?", "question"),
    ("El jueves a las 15:00 me va bien.", "acceptance 2025-10-09T15:00"),
    ("Sí, el jueves perfecto.", "acceptance 2025-10-09"),
    ("La segunda opción nos conviene.", "acceptance"),
    ("Nos vemos el martes.", "acceptance 2025-10-14"),
    ("El martes no puedo.", "time_refused 2025-10-14"),
    ("El lunes no me viene bien, pero el martes a las 10 sí.", "time_refused 2025-10-13; acceptance 2025-10-14T10:00"),
    ("Hemos elegido otro proveedor.", "refusal"),
    ("No nos interesa.", "refusal"),
    ("Es demasiado caro.", "doubt"),
    ("No tenemos presupuesto este año.", "doubt"),
    ("No estoy seguro.", "doubt"),
    ("Siento no haber podido asistir a la reunión de hoy.", "missed"),
    ("Se me olvidó nuestra llamada.", "missed"),
    ("Por favor, no me escriba más.", "stop"),
    ("Elimínenos de su lista de correo.", "stop"),
    ("Estoy fuera de la oficina hasta el 15 de agosto.", "absence 2026-08-17"),
    ("Vuelvo el lunes 18 de agosto de 2025.", "absence 2025-08-18"),
    ("¿Cómo está?", "acknowledgement"),
    ("¿Podría enviarnos la lista de precios?", "question"),
    ("Por favor, envíenos la oferta antes del viernes.", "request"),
    ("Tenemos tres tiendas.", "statement"),
    ("El lunes conocimos a su compañero.", "statement"),
    ("Hablamos pronto.", "intention"),
    ("Lo pensaré.", "intention"),
    ("Perfecto, gracias.", "acknowledgement"),
    ("Vale, de acuerdo.", "acknowledgement"),
]


@pytest.mark.parametrize(("text", "acts"), TABLE)
def test_spanish_mail_says(text: str, acts: str) -> None:
    assert said(text) == ("es", acts)
