"""Suggestions of a spaCy model: a folder that a person chose, with entities (`ner`) or span groups (`spancat`) in it.

Labels are those of the project by name; others are left out by whoever asked. The model is loaded on first need and only
in the process that suggests. Where it cannot be, the source says so in one sentence.
"""

from __future__ import annotations

import functools
import importlib
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from annotator.domain.changes import Wording
from annotator.domain.errors import KnownError
from annotator.domain.selection import trim
from annotator.domain.suggestion import Proposal
from annotator.messages import N_
from annotator.suggest.reading import Reading
from annotator.suggest.segmenter import pieces

SOURCE: Final = "model"
#: What every folder of a spaCy model holds; written anew with it.
CONFIG: Final = "config.cfg"
#: Entities come without a score.
_ENTITY: Final = 0.75
_REASON: Final = N_("found by the model {name}")
_MISSING: Final = N_(
    "The spaCy model suggests nothing: spaCy is not installed (the extra “train”). The other sources go on."
)
_NO_FOLDER: Final = N_(
    "The spaCy model suggests nothing: there is no model in {folder}. Choose its folder again; the other sources go on."
)
_BROKEN: Final = N_(
    "The spaCy model in {folder} cannot be used ({reason}). Choose another one; the other sources go on."
)
_FINDS_NOTHING: Final = N_(
    "The spaCy model in {folder} finds no spans: it has neither entities nor span groups. The other sources go on."
)


def suggest(reading: Reading) -> Iterator[Proposal]:
    """What the model finds, line by line. Raises KnownError where it cannot be used."""
    folder = str(reading.taught.get(SOURCE) or "")
    model = load(folder)
    reason = Wording(_REASON, {"name": Path(folder).name})
    for start, end in pieces(reading.text):
        reading.pulse()
        if not reading.text[start:end].strip():
            continue
        for low, high, label, score in _found(model, folder, reading.text[start:end]):
            begin, stop = trim(reading.text, start + low, start + high)
            if begin < stop:
                yield Proposal(begin, stop, label, SOURCE, score, reason)


def load(folder: str) -> Any:
    """The model in a folder; loaded once. Raises KnownError with one sentence where it cannot be."""
    config = Path(folder, CONFIG)
    if not folder or not config.is_file():
        raise KnownError(_NO_FOLDER, folder=folder)
    return _loaded(folder, config.stat().st_mtime_ns)


def labels(folder: str) -> list[str]:
    """The labels that the model in a folder knows, for whoever chooses one. Raises KnownError like `load`."""
    model = load(folder)
    return sorted({label for name in model.pipe_names for label in getattr(model.get_pipe(name), "labels", ())})


@functools.lru_cache(maxsize=1)
def _loaded(folder: str, _changed: int) -> Any:
    try:
        spacy = importlib.import_module("spacy")
    except ImportError as error:
        raise KnownError(_MISSING) from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a model of another patch version is no news for the person
            model = spacy.load(folder)
    except Exception as error:
        raise KnownError(_BROKEN, folder=folder, reason=_first_line(error)) from error
    if not {"ner", "entity_ruler", "spancat", "spancat_singlelabel", "span_ruler"} & set(_kinds(model)):
        raise KnownError(_FINDS_NOTHING, folder=folder)
    return model


def _kinds(model: Any) -> list[str]:
    return [model.get_pipe_meta(name).factory for name in model.pipe_names]


def _found(model: Any, folder: str, text: str) -> Iterator[tuple[int, int, str, float]]:
    """Start, end, label and score of what the model finds in a piece of text."""
    try:
        doc = model(text)
    except Exception as error:
        raise KnownError(_BROKEN, folder=folder, reason=_first_line(error)) from error
    for entity in doc.ents:
        yield entity.start_char, entity.end_char, entity.label_, _ENTITY
    for group in doc.spans.values():
        scores = group.attrs.get("scores")
        for at, span in enumerate(group):
            score = float(scores[at]) if scores is not None and len(scores) > at else _ENTITY
            yield span.start_char, span.end_char, span.label_, round(min(max(score, 0.0), 1.0), 4)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
