import pytest

from annotator.domain.errors import Cancelled
from annotator.services.jobs import Job, Pace, silent


def test_a_stopped_job_hears_of_it_at_its_next_report():
    heard = []
    job = Job(lambda *said: heard.append(said))
    job.report(1, 2, "half")
    job.stop()
    with pytest.raises(Cancelled):
        job.report(2, 2, "all")
    assert heard == [(1, 2, "half")]


def test_progress_is_not_told_more_often_than_a_person_can_read():
    heard = []
    pace = Pace(lambda *said: heard.append(said), seconds=60)
    assert pace.due()
    pace.say(1, 9, "a")
    assert not pace.due()
    pace.say(2, 9, "b")
    assert [done for done, _total, _words in heard] == [1, 2]


def test_nobody_need_listen():
    silent(1, 2, "")
