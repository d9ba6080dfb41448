"""Sentences that look as if their figures contradicted each other and do not, and some in which they do.

`quiet.txt` and `loud.txt` hold invented sentences, one a line. A false alarm costs trust: none is allowed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.quality.consistency import findings
from annotator.quality.model import Statement

DATA = Path(__file__).parents[2] / "data" / "checks"
HEAD = "青溪县2021年法治政府建设年度报告\n一、主要举措\n"


def alarms(body: str) -> list[str]:
    """What the checks find wrong."""
    found = findings(Statement(f"{HEAD}{body}\n", (), 2021))
    return [f"{one.kind} {one.verdict}: {one.working.text()}" for one in found if one.verdict != "agrees"]


def lines(name: str) -> list[str]:
    return (DATA / name).read_text("utf-8").splitlines()


@pytest.mark.parametrize("sentence", lines("quiet.txt"))
def test_no_false_alarm(sentence):
    assert alarms(sentence) == []


@pytest.mark.parametrize("sentence", lines("loud.txt"))
def test_what_is_wrong_is_found(sentence):
    assert len(alarms(sentence)) == 1


def test_the_same_words_under_headings_of_several_bodies_are_about_each():
    sections = "（一）县市场监管局\n全年共受理投诉举报20件。\n（二）县司法局\n全年共受理投诉举报30件。"
    assert alarms(sections) == []
    assert alarms("东区：全年共受理申请20件。西区：全年共受理申请30件。") == []


def test_the_same_words_about_the_whole_body_are_about_one_thing():
    (alarm,) = alarms("全年共受理行政复议申请120件。\n（一）复议\n我局全年共受理行政复议申请125件。")
    assert alarm.startswith("repeated disagrees")


def test_all_sentences_together_give_no_alarm_either():
    together = [one for one in alarms("\n".join(lines("quiet.txt"))) if not one.startswith("repeated")]
    assert together == []


def test_what_agrees_is_still_confirmed():
    body = "应出庭30件,负责人实际出庭应诉28件,出庭应诉率93.3%。\n受理诉求200件,限时办结190件,限时办结率95%。"
    found = findings(Statement(f"{HEAD}{body}\n", (), 2021))
    assert [(one.kind, str(one.verdict), one.stated) for one in found] == [
        ("rate", "agrees", "93.3%"),
        ("rate", "agrees", "95%"),
    ]
