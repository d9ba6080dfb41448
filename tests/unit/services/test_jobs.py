from annotator.services.jobs import Pace, silent


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
