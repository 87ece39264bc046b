"""`python -m motcua.dossiers.demo`: a registry of invented dossiers, for trying the assistant out."""

from datetime import date, timedelta

from motcua.dossiers.registry import Dossier, Event, Stage
from motcua.dossiers.sql_registry import SqlRegistry
from motcua.dossiers.working_days import WorkingDays, today_in_vietnam
from motcua.settings import load_settings

OFFICE = "Trung tâm Phục vụ hành chính công phường Võ Cường"
IDENTITY_ENDS, PHONE_ENDS = "0012", "0678"  # of invented owners; the README names them


def demo_dossiers(today: date) -> list[Dossier]:
    """One dossier for each stage, dated around today, due in working days; codes stay, so that the README can name them."""
    working_days = WorkingDays()

    def dossier(number: int, procedure: str, stage: Stage, received: int, due: int, **more: object) -> Dossier:
        received_on = today - timedelta(days=received)
        course = [Event(received_on, "received")]
        if stage != "received":
            course.append(Event(today - timedelta(days=received // 2), stage))
        facts = {"office": OFFICE, "identity_ends": IDENTITY_ENDS, "phone_ends": PHONE_ENDS, "events": tuple(course), **more}
        code = f"000.00.12.H05-261101-{number:04}"
        due_on = working_days.after(today, due) if due > 0 else today + timedelta(days=due)
        return Dossier(code, procedure, stage, received_on, due_on, **facts)  # type: ignore[arg-type]

    papers = ("Bản sao giấy tờ y tế chứng minh khuyết tật", "Đơn đề nghị có chữ ký")
    return [
        dossier(1, "1.001193", "received", 1, 2),
        dossier(2, "1.004194", "in_review", 2, 1),
        dossier(3, "1.001699", "supplement_needed", 10, 20, missing=papers, supplement_by=today + timedelta(days=7)),
        dossier(4, "1.000894", "ready", 4, 0),
        dossier(5, "2.000815", "returned", 6, -5),
        dossier(6, "1.014027", "refused", 15, -3),
        dossier(7, "1.001776", "in_review", 20, -4),
    ]


def main() -> None:
    """Fills the demo registry; a registry that is set up by MOTCUA_REGISTRY_URL is left alone."""
    settings = load_settings()
    if settings.registry_url == settings.demo_registry_url:
        SqlRegistry(settings.registry_url).replace_all(*demo_dossiers(today_in_vietnam()))


if __name__ == "__main__":
    main()
