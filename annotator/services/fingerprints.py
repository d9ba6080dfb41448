"""Fingerprints for reports that have none yet: made once, before something is compared with all of them."""

from __future__ import annotations

from annotator.messages import _
from annotator.services.jobs import Pace
from annotator.services.near_duplicates import fingerprint
from annotator.storage import Batches, Store

_CHUNK = 200


def fill(store: Store, batches: Batches, pace: Pace) -> int:
    """Make every missing fingerprint; returns how many. What is made is kept where this is cancelled half way."""
    made = after = 0
    while ids := store.bodies.missing(after, _CHUNK):
        for row in ids:
            text, furniture = store.reports.text(row), store.reports.furniture(row)
            version = store.reports.detail(row).text_version
            with batches.write():
                store.bodies.put(row, version, *fingerprint(text, furniture))
            made += 1
            if pace.due():
                pace.say(0, 0, _("Comparing with the reports in the project: {n}", n=made))
        after = ids[-1]
    return made
