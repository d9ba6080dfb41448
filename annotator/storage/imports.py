"""What an import brought, as a whole: shown or set aside when its step is redone or undone.

An import has no change rows: its reports and sets point to it. Whether a set is live follows from the steps it names:
it is where the one that brought it stands and none that replaced it does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from annotator.storage import counters

#: Reports set aside or brought back in one transaction: some 20 ms.
CHUNK = 500

_TOUCHED = """
    SELECT id FROM report WHERE step_id = :step
    UNION SELECT report_id FROM annotation_set WHERE step_id = :step
    UNION SELECT report_id FROM annotation_set WHERE replaced_by = :step
    ORDER BY 1
"""
#: Whether the step in a column stands, once the step in hand (:step) does (:stands = 1) or does not.
_STANDS = (
    "CASE WHEN {column} = :step THEN :stands "
    "ELSE (SELECT state IN ('done', 'running') FROM step WHERE id = {column}) END"
)
_LIVE = (
    f"(step_id IS NULL OR {_STANDS.format(column='step_id')}) "
    f"AND (replaced_by IS NULL OR NOT {_STANDS.format(column='replaced_by')})"
)
# "+" keeps SQLite from walking all that the step brought by the step's index: the chunk's ids are the short way.
_OF_CHUNK = "report_id IN (SELECT value FROM json_each(:ids)) AND (+step_id = :step OR +replaced_by = :step)"

# Later work that rests on what a step brought: each query gives the row id of one such step.
# A set says what replaced it only while that stands; the one that replaced it remembers which it was. (The replaced one
# may be deleted and made again meanwhile, by undo and redo of what made it.)
_REPLACED = """
    UPDATE annotation_set SET replaced_by = :step
    WHERE uid IN (SELECT replaces FROM annotation_set WHERE +step_id = :step
                  AND report_id IN (SELECT value FROM json_each(:ids)))
"""
_NO_LONGER_REPLACED = """
    UPDATE annotation_set SET replaced_by = NULL
    WHERE +replaced_by = :step AND report_id IN (SELECT value FROM json_each(:ids))
"""

_LATER_STANDS = "s.id > :step AND s.state IN ('done', 'running') AND s.undoes IS NULL"
_ON_A_REPORT = f"""
    SELECT s.id FROM report r JOIN step s ON s.report_id = r.id
    WHERE r.step_id = :step AND {_LATER_STANDS} LIMIT 1
"""
_OVER_SEVERAL_REPORTS = f"""
    SELECT s.id FROM step s CROSS JOIN change c ON c.step_id = s.id CROSS JOIN report r ON r.id = c.report_id
    WHERE s.report_id IS NULL AND {_LATER_STANDS} AND r.step_id = :step LIMIT 1
"""
_ADDED_A_SET = f"""
    SELECT s.id FROM report r JOIN annotation_set a ON a.report_id = r.id JOIN step s ON s.id = a.step_id
    WHERE r.step_id = :step AND {_LATER_STANDS} LIMIT 1
"""
_REPLACED_A_SET = f"""
    SELECT s.id FROM annotation_set a JOIN step s ON s.id = a.replaced_by
    WHERE a.step_id = :step AND {_LATER_STANDS} LIMIT 1
"""
#: On one of the sets that it added to a report that was there before.
_ON_A_SET = f"""
    SELECT s.id FROM annotation_set a JOIN report r ON r.id = a.report_id AND r.step_id <> :step
    JOIN step s ON s.report_id = a.report_id JOIN change c ON c.step_id = s.id
    WHERE a.step_id = :step AND {_LATER_STANDS} AND (
        c.row_uid = a.uid OR json_extract(coalesce(c.after, c.before), '$.set') = a.uid
        OR EXISTS (SELECT 1 FROM span WHERE report_id = c.report_id AND uid = c.row_uid AND set_id = a.id)
        OR EXISTS (SELECT 1 FROM relation WHERE report_id = c.report_id AND uid = c.row_uid AND set_id = a.id)
    ) LIMIT 1
"""
_LATER = (_ON_A_REPORT, _OVER_SEVERAL_REPORTS, _ADDED_A_SET, _REPLACED_A_SET, _ON_A_SET)


def touched(conn: sqlite3.Connection, step_id: int) -> list[int]:
    """The reports that a step brought or brought sets to; empty for a step that is no import."""
    return [report for (report,) in conn.execute(_TOUCHED, {"step": step_id})]


def later_work(conn: sqlite3.Connection, step_id: int) -> int | None:
    """The row id of a later step that rests on what this one brought, None where there is none."""
    for query in _LATER:
        row = conn.execute(query, {"step": step_id}).fetchone()
        if row is not None:
            return int(row[0])
    return None


def show(conn: sqlite3.Connection, step_id: int, report_ids: Sequence[int], *, stands: bool) -> None:
    """Bring back (`stands`) or set aside what a step brought to these reports, counters included.

    Saying it twice changes nothing, so a run that was cut off is simply run again.
    """
    ids = "[" + ",".join(map(str, report_ids)) + "]"
    values = {"step": step_id, "stands": int(stands), "ids": ids}
    before = counters.shares(conn, report_ids)
    conn.execute(
        "UPDATE report SET removed = NOT :stands WHERE +step_id = :step AND id IN (SELECT value FROM json_each(:ids))",
        values,
    )
    if stands:
        conn.execute(_REPLACED, values)
    conn.execute(f"UPDATE annotation_set SET removed = 1 WHERE {_OF_CHUNK} AND NOT ({_LIVE})", values)
    conn.execute(f"UPDATE annotation_set SET removed = 0 WHERE {_OF_CHUNK} AND {_LIVE}", values)
    if not stands:
        conn.execute(_NO_LONGER_REPLACED, values)
    counters.recount(conn, report_ids, before)
