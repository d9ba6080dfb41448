"""Requests that wait for the helper process: one for each key. Not safe for threads by itself."""

from __future__ import annotations

import heapq
from collections.abc import Hashable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Request:
    """One request: `future` where somebody waits for it, `deaths` how often the process ended at it."""

    revision: int
    task: str
    payload: Any
    key: Hashable
    priority: int
    future: Future[Any] | None = None
    deaths: int = 0
    cancelled: bool = False
    told: bool = False  # the process knows that it is cancelled


class Queue:
    """Higher priority first, then in the order of asking. A newer request takes the place of the one with its key."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int]] = []
        self._waiting: dict[int, Request] = {}
        self._by_key: dict[Hashable, int] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, request: Request) -> None:
        """Let `request` wait; one of the same key that is newer stays instead."""
        if self._by_key.get(request.key, -1) > request.revision:
            return
        self.drop(request.key)
        self._waiting[request.revision] = request
        self._by_key[request.key] = request.revision
        heapq.heappush(self._heap, (-request.priority, request.revision))

    def drop(self, key: Hashable) -> None:
        """Forget what waits under `key`."""
        self._waiting.pop(self._by_key.pop(key, -1), None)

    def take(self) -> Request | None:
        """The next one; None where none waits."""
        while self._heap:
            request = self._waiting.pop(heapq.heappop(self._heap)[1], None)
            if request is not None:
                del self._by_key[request.key]
                return request
        return None
