"""What differs between two copies of a text, as a `TextEdit`: quick for texts that are much alike, whatever their length.

Standard library only. Runs of characters that stand in both texts, and once in each, tie them together; only what lies
between them is compared character by character. Crumbs that two different sentences happen to share are not
taken for words that stayed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from annotator.domain.text_edit import TextEdit

#: Lengths of the runs that tie two texts together: the longest first, shorter ones for what lies between.
_RUNS: Final = (24, 8)
#: Steps that comparing one stretch character by character may take before it counts as replaced whole.
_MOST_STEPS: Final = 400


class _Stretch(NamedTuple):
    """`[a, a_end)` of the old text against `[b, b_end)` of the new one."""

    a: int
    a_end: int
    b: int
    b_end: int


class _Match(NamedTuple):
    """`size` characters that are the same at `a` in the old text and `b` in the new one."""

    a: int
    b: int
    size: int


def difference(old: str, new: str) -> TextEdit:
    """The edit that makes `new` of `old`."""
    matches = list(_matches(old, new, _Stretch(0, len(old), 0, len(new)), 0))
    kept = _without_crumbs(_joined(matches), len(old), len(new))
    return TextEdit(_at_line_starts(old, _between(old, new, kept)))


def _matches(old: str, new: str, stretch: _Stretch, level: int) -> Iterator[_Match]:
    """What is the same in a stretch, in order."""
    a, a_end, b, b_end = stretch
    head = _common(old, new, a, b, min(a_end - a, b_end - b))
    if head:
        yield _Match(a, b, head)
    a, b = a + head, b + head
    tail = _common_tail(old, new, a_end, b_end, min(a_end - a, b_end - b))
    inner = _Stretch(a, a_end - tail, b, b_end - tail)
    if inner.a < inner.a_end and inner.b < inner.b_end:
        yield from _inside(old, new, inner, level)
    if tail:
        yield _Match(a_end - tail, b_end - tail, tail)


def _inside(old: str, new: str, stretch: _Stretch, level: int) -> Iterator[_Match]:
    if level == len(_RUNS):
        yield from _by_character(old, new, stretch)
        return
    a, b = stretch.a, stretch.b
    for anchor in _anchors(old, new, stretch, _RUNS[level]):
        yield from _matches(old, new, _Stretch(a, anchor.a, b, anchor.b), level + 1)
        yield anchor
        a, b = anchor.a + anchor.size, anchor.b + anchor.size
    yield from _matches(old, new, _Stretch(a, stretch.a_end, b, stretch.b_end), level + 1)


def _anchors(old: str, new: str, stretch: _Stretch, size: int) -> Iterator[_Match]:
    """Runs of at least `size` characters that stand once in both, in the same order, as long as they go."""
    ours, theirs = _once(old, stretch.a, stretch.a_end, size), _once(new, stretch.b, stretch.b_end, size)
    pairs = [(at, theirs[run]) for run, at in ours.items() if run in theirs]
    a, b = stretch.a, stretch.b
    for at, there in _rising(pairs):
        if at < a or there < b:
            continue  # inside the run before
        back = _common_tail(old, new, at, there, min(at - a, there - b))
        ahead = _common(old, new, at, there, min(stretch.a_end - at, stretch.b_end - there))
        yield _Match(at - back, there - back, back + ahead)
        a, b = at + ahead, there + ahead


def _once(text: str, start: int, end: int, size: int) -> dict[str, int]:
    """Where each run of `size` characters stands that stands there once, in order."""
    found: dict[str, int] = {}
    for at in range(start, end - size + 1):
        run = text[at : at + size]
        found[run] = -1 if run in found else at
    return {run: at for run, at in found.items() if at >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest rising sequence of the second numbers; the first ones rise already."""
    ends: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for number, (_a, b) in enumerate(pairs):
        at = bisect_left(ends, b)
        before.append(places[at - 1] if at else -1)
        ends[at:] = [b]
        places[at:] = [number]
    chain = []
    number = places[-1] if places else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _common(old: str, new: str, a: int, b: int, most: int) -> int:
    """How many characters from `a` and `b` on are the same."""
    return _reach(lambda n, size: old[a + n : a + n + size] == new[b + n : b + n + size], most)


def _common_tail(old: str, new: str, a: int, b: int, most: int) -> int:
    """How many characters before `a` and `b` are the same."""
    return _reach(lambda n, size: old[a - n - size : a - n] == new[b - n - size : b - n], most)


def _reach(same: Callable[[int, int], bool], most: int) -> int:
    """How far two texts are the same, looked at in strides; `same(n, size)`: whether the next `size` are, behind `n`."""
    low, step = 0, 64
    while low < most:
        size = min(step, most - low)
        if not same(low, size):
            if size == 1:
                return low
            step = size // 2
        else:
            low += size
            step = min(step * 2, 4096) if size == step else step
    return low


# ---- character by character: the shortest way from one to the other (Myers) -----------------------


def _by_character(old: str, new: str, stretch: _Stretch) -> Iterator[_Match]:
    """What is the same on a shortest way; nothing where that way is too long to be one."""
    a, b = old[stretch.a : stretch.a_end], new[stretch.b : stretch.b_end]
    trace = _trace(a, b)
    if trace is None:
        return
    matches: list[_Match] = []
    x, y = len(a), len(b)
    for steps in range(len(trace) - 1, -1, -1):
        furthest = trace[steps]
        k = x - y
        down = k == -steps or (k != steps and furthest.get(k - 1, -1) < furthest.get(k + 1, -1))
        before = 0 if steps == 0 else furthest[k + 1] if down else furthest[k - 1]
        from_x = before if down else before + 1
        if steps == 0:
            from_x = 0
        if x > from_x:
            matches.append(_Match(stretch.a + from_x, stretch.b + from_x - k, x - from_x))
        x, y = (before, before - (k + 1)) if down else (before, before - (k - 1))
    yield from reversed(matches)


def _trace(a: str, b: str) -> list[dict[int, int]] | None:
    """For each number of steps how far each diagonal had come before it; None where more would be needed."""
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    for steps in range(min(len(a) + len(b), _MOST_STEPS) + 1):
        trace.append(dict(furthest))
        for k in range(-steps, steps + 1, 2):
            down = k == -steps or (k != steps and furthest.get(k - 1, -1) < furthest.get(k + 1, -1))
            x = furthest[k + 1] if down else furthest[k - 1] + 1
            y = x - k
            while x < len(a) and y < len(b) and a[x] == b[y]:
                x += 1
                y += 1
            furthest[k] = x
            if x >= len(a) and y >= len(b):
                return trace
    return None


# ---- from what is the same to what differs --------------------------------------------------------


def _joined(matches: list[_Match]) -> list[_Match]:
    """Matches that follow each other without a gap, as one."""
    joined: list[_Match] = []
    for match in matches:
        last = joined[-1] if joined else None
        if last and last.a + last.size == match.a and last.b + last.size == match.b:
            joined[-1] = last._replace(size=last.size + match.size)
        else:
            joined.append(match)
    return joined


def _without_crumbs(matches: list[_Match], old_length: int, new_length: int) -> list[_Match]:
    """Leave out what is shorter than the changes on both sides of it: it stayed by chance."""
    kept: list[_Match] = []
    end = _Match(old_length, new_length, 0)
    pending = list(matches)
    at = 0
    while at < len(pending):
        match = pending[at]
        following = pending[at + 1] if at + 1 < len(pending) else end
        before, after = _gap(kept[-1] if kept else None, match), _gap(match, following)
        if match.size <= before and match.size <= after:
            # With it gone the change before has grown, and the one kept last may be a crumb by now.
            if kept:
                pending[at] = kept.pop()
            else:
                at += 1
            continue
        kept.append(match)
        at += 1
    return kept


def _gap(match: _Match | None, following: _Match) -> int:
    """The larger side of the change between two matches."""
    a, b = (match.a + match.size, match.b + match.size) if match else (0, 0)
    return max(following.a - a, following.b - b)


def _between(old: str, new: str, matches: list[_Match]) -> Iterator[tuple[int, int, str]]:
    a = b = 0
    for match in [*matches, _Match(len(old), len(new), 0)]:
        if match.a > a or match.b > b:
            yield a, match.a, new[b : match.b]
        a, b = match.a + match.size, match.b + match.size


def _at_line_starts(old: str, replacements: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """What was put in or taken out might as well be whole lines: then it is them, not the end of one and half another."""
    found = list(replacements)
    reached = 0
    for (start, end, new), following in zip(found, [*(r[0] for r in found[1:]), len(old)], strict=False):
        words = new if start == end else "" if new else old[start:end]
        step = _to_line_start(old, start, end, words, reached, following)
        if step:
            turned = words[step:] + words[:step]  # forwards and backwards alike
            start, end, new = start + step, end + step, new and turned
        yield start, end, new
        reached = end


def _to_line_start(old: str, start: int, end: int, words: str, reached: int, following: int) -> int:
    """How far the change can go, staying the same change between its neighbours, so that it ends with a line; else 0."""
    if "\n" not in words or words.endswith("\n"):
        return 0
    ahead = words.index("\n") + 1
    if ahead <= _common(old, words, end, 0, min(following - end, len(words))):
        return ahead
    back = len(words) - words.rindex("\n") - 1
    return -back if back <= _common_tail(old, words, start, len(words), min(start - reached, len(words))) else 0
