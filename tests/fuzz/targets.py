"""Every parser that meets the outside, what it is fed with, and the only faults it may raise."""

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from gateway.conversations import Conversations
from gateway.intake import take_in
from gateway.zalo.bot_events import read_update
from gateway.zalo.oa_events import EVENTS, read_event
from gateway.zalo.settings import load_zalo_settings
from gateway.zalo.signature import read_signed, sign
from motcua.conversations.redaction import mask
from motcua.dossiers.codes import find_dossier_codes
from motcua.places.resolver import Resolver
from motcua.places.units import load_places
from motcua.procedures.catalogue.importing import SourceFault, entries, read_record
from motcua.procedures.catalogue.portal import RecordFault
from motcua.procedures.loader import GuideFault, load_guide
from motcua.settings import ROOT, SettingFault
from motcua.vietnamese.canonical import canonical
from tests.conversations.golden import load_golden
from tests.fuzz.mutating import Input, encoded, fact, text
from tests.gateway.zalo.bench import APP, OA, PERSON, fields_for, settings_for
from tests.motcua.catalogue_samples import portal_facts
from tests.motcua.samples import guide_facts


@dataclass(frozen=True)
class Target:
    """A parser: `make` gives an input, `read` reads it and checks what came out."""

    make: Input
    read: Callable[[Any], object]
    faults: tuple[type[Exception], ...] = ()
    share: int = 1  # how often it is taken; slow ones seldom


def targets(folder: Path) -> Mapping[str, Target]:
    """By name; files are written into the folder."""
    said = [turn.say for _, golden in load_golden() for turn in golden.turns]
    zalo, conversations = settings_for(), Conversations("s" * 32)
    resolver = Resolver(load_places(ROOT / "knowledge_base" / "places.yml"))

    def words(chance: random.Random) -> str:
        return text(chance, said)

    return {
        "signed webhook body": Target(_signed_event, lambda given: _read_signed(*given, zalo.applications), share=4),
        "webhook event": Target(lambda chance: _object(chance, _events(), said), _event, share=4),
        "bot update": Target(
            lambda chance: _object(chance, _updates(), said), lambda found: read_update(found, "bot"), share=4
        ),
        "message": Target(words, _intake, share=4),
        "numbers to mask": Target(words, lambda found: mask(found).text.encode("utf-8", "surrogatepass"), share=4),
        "dossier code": Target(words, find_dossier_codes, share=4),
        "spelling": Target(words, _canonical, share=4),
        "place": Target(words, resolver.resolve),
        "conversation token": Target(lambda chance: text(chance, [conversations.open(), *said]), conversations.read, share=4),
        "guide": Target(_guide, lambda found: _from_file(folder / "guide.yml", found, load_guide), (GuideFault,)),
        "catalogue record": Target(
            lambda chance: fact(chance, [portal_facts()], said), lambda found: read_record(found, "2026-07"), (RecordFault,)
        ),
        "catalogue file": Target(_catalogue_file, _catalogue, (SourceFault,), share=2),
        "Zalo settings": Target(
            _zalo_settings, lambda found: _from_file(folder / "zalo.yml", found, load_zalo_settings), (SettingFault,)
        ),
    }


def _events() -> list[dict[str, Any]]:
    base = {"app_id": APP, "sender": {"id": PERSON}, "recipient": {"id": OA}, "timestamp": "1783000000000", "oa_id": OA}
    message = {"msg_id": "m1", "text": "Đăng ký khai sinh cần gì?", "attachments": [{"type": "image", "payload": {"url": "x"}}]}
    return [{**base, "event_name": name, "message": message, "follower": {"id": PERSON}} for name in EVENTS]


def _updates() -> list[dict[str, Any]]:
    message = {
        "chat": {"id": "c1", "chat_type": "PRIVATE"},
        "from": {"id": "c1", "is_bot": False},
        "message_id": "m",
        "text": "chào",
    }
    bare = {"event_name": "message.text.received", "message": message}
    return [bare, {"ok": True, "result": bare}]


def _object(chance: random.Random, samples: list[dict[str, Any]], said: list[str]) -> dict[str, Any]:
    found = fact(chance, samples, said)
    return found if isinstance(found, dict) else {}


def _signed_event(chance: random.Random) -> tuple[bytes, str]:
    body = encoded(chance, fact(chance, _events(), ["x"]))
    signed = sign(APP, body, timestamp="1783000000000", secret="oa-khoa-bi-mat")
    return body, text(chance, [f"mac={signed}", signed])


def _read_signed(body: bytes, header: str, applications: Any) -> None:
    verdict, event = read_signed(body, header, applications)
    assert verdict == "signed" or not event


def _event(found: dict[str, Any]) -> None:
    happening = read_event(found)
    assert happening.kind != "said" or (happening.account and happening.person and len(happening.external_id) <= 64)


def _intake(found: str) -> None:
    taken = take_in(found)
    taken.text.encode("utf-8")  # what is stored can be stored
    json.dumps(taken.text)


def _canonical(found: str) -> None:
    assert canonical(canonical(found)) == canonical(found)


def _guide(chance: random.Random) -> str:
    if chance.random() < 0.3:
        return text(chance, [yaml.safe_dump(guide_facts(), allow_unicode=True)])
    return json.dumps(fact(chance, [guide_facts()], ["Đăng ký", "1.001193"]), ensure_ascii=False)  # JSON is YAML too


def _zalo_settings(chance: random.Random) -> str:
    if chance.random() < 0.5:
        return text(chance, [yaml.safe_dump(fields_for("http://x"))])
    return json.dumps(fact(chance, [fields_for("http://x")], ["x"]))


def _from_file(path: Path, content: str, load: Callable[[Path], object]) -> None:
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    load(path)


def _catalogue_file(chance: random.Random) -> tuple[str, bytes]:
    name = chance.choice(("2026-07.jsonl", "2026-07.json", "2026-07.jsonl.gz"))
    return name, b"\n".join(encoded(chance, fact(chance, [portal_facts()], ["x"])) for _ in range(chance.randrange(4)))


def _catalogue(given: tuple[str, bytes]) -> None:
    for _ in entries(Path(given[0]), given[1]):
        pass
