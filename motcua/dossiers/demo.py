"""`python -m motcua.dossiers.demo`: a registry of invented dossiers, for trying the assistant out."""

from datetime import date, timedelta

from motcua.dossiers.registry import Dossier, Stage
from motcua.dossiers.sql_registry import SqlRegistry
from motcua.settings import load_settings


def demo_dossiers(today: date) -> list[Dossier]:
    """One dossier for each stage, dated around today; codes stay the same so that the README can name them."""

    def dossier(number: int, procedure: str, stage: Stage, received: int, due: int) -> Dossier:
        code = f"000.00.12.H05-261101-{number:04}"
        return Dossier(code, procedure, stage, today - timedelta(days=received), today + timedelta(days=due))

    return [
        dossier(1, "1.001193", "received", 1, 2),
        dossier(2, "1.004194", "in_review", 2, 1),
        dossier(3, "1.001699", "supplement_needed", 10, 20),
        dossier(4, "1.000894", "ready", 4, 0),
        dossier(5, "2.000815", "returned", 6, -5),
        dossier(6, "1.014027", "refused", 15, -3),
        dossier(7, "1.001776", "in_review", 20, -2),
    ]


if __name__ == "__main__":
    SqlRegistry(load_settings().dossiers_url).add(*demo_dossiers(date.today()))
