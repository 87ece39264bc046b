"""What operators watch. Labels are accounts and kinds of events: never a person."""

from prometheus_client import CollectorRegistry, Counter, Gauge


class ZaloMetrics:
    """The figures of one gateway process."""

    def __init__(self, registry: CollectorRegistry) -> None:
        events = "Events Zalo sent, by what was made of them"
        stopped = "1 while nothing can be sent through an account: an administrator must act"
        consent = "1 while an account has no working tokens: connect it again"
        self.events = Counter("motcua_zalo_events", events, ["channel", "kind"], registry=registry)
        self.stopped = Gauge("motcua_zalo_stopped", stopped, ["account"], registry=registry)
        self.consent_needed = Gauge("motcua_zalo_consent_needed", consent, ["account"], registry=registry)
