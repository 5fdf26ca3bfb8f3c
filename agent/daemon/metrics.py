"""What Prometheus may ask for. Counts, ages and states: no name, no address, no text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from agent.daemon.health import Health


class Metrics:
    """Counted since the process began, but for what is read from the store at each question."""

    def __init__(self, health: Callable[[], Health]) -> None:
        self.registry = CollectorRegistry()
        self.rounds = Counter("onward_rounds", "Rounds by how they ended.", ["end"], registry=self.registry)
        buckets = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000)
        self.seconds = Histogram("onward_round_seconds", "How long rounds took.", buckets=buckets, registry=self.registry)
        self.leaps = Counter("onward_clock_leaps", "How often the machine slept or its clock was set.", registry=self.registry)
        self.faults = Counter("onward_faults", "Faults that nobody foresaw, by kind.", ["kind"], registry=self.registry)
        self.registry.register(_Stored(health))
        ProcessCollector(registry=self.registry)

    def text(self) -> bytes:
        """In the text format, version 0.0.4."""
        return generate_latest(self.registry)


class _Stored(Collector):
    def __init__(self, health: Callable[[], Health]) -> None:
        self._health = health

    def describe(self) -> Iterable[Metric]:
        return ()  # else it would be asked once when it is registered

    def collect(self) -> Iterator[Metric]:
        found = self._health()
        yield _one("onward_healthy", "Whether nothing needs a person.", float(found.ok))
        yield _one("onward_paused", "Whether the rep has paused everything.", float(found.paused))
        yield _one("onward_last_round_timestamp_seconds", "When the last round began.", _seconds(found.last_round))
        if not found.store:
            yield _states("onward_cards", "Cards by state.", found.cards)
            yield _states("onward_deliveries", "Deliveries by state.", found.deliveries)
            yield from _sources(found)


def _sources(health: Health) -> Iterator[Metric]:
    labels = ["place", "section", "kind"]
    age = GaugeMetricFamily("onward_source_age_seconds", "Since when what is known of a source may be old.", labels=labels)
    up = GaugeMetricFamily("onward_source_ok", "Whether it was read to its end.", labels=labels)
    items = GaugeMetricFamily("onward_source_items", "How much of it is held.", labels=labels)
    for place, source in enumerate(health.sources):
        names = [str(place), source.section, source.kind]
        up.add_metric(names, float(source.status == "ok"))
        items.add_metric(names, source.items)
        if source.fresh_as_of:
            age.add_metric(names, (health.now - source.fresh_as_of).total_seconds())
    yield from (age, up, items)


def _one(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(name, says, value=value)


def _states(name: str, says: str, counts: Mapping[str, int]) -> Metric:
    made = GaugeMetricFamily(name, says, labels=["state"])
    for state, count in sorted(counts.items()):
        made.add_metric([state], count)
    return made


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
