"""A pattern is tried only on lines that hold one of its calls: so no line that it matches may be without one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.page import words
from annotator.formats.page.lines import Line
from annotator.formats.page.word_calls import CALLS


@pytest.mark.parametrize("name", CALLS)
def test_whatever_a_pattern_matches_calls_it(name):
    own = getattr(words, name)

    @settings(max_examples=60, deadline=None)
    @given(st.from_regex(own.pattern), st.sampled_from(["", "县", "分", "上一", " "]))
    def check(line, before):
        line = before + line
        if own.search(line):
            assert words.calls_in(line) & own.bit, line

    check()


def test_a_line_is_asked_once_and_remembers():
    line = Line("来源：县政府办公室", 0, 0, 0)
    assert line.says(words.META) and line.says(words.META)
    assert not line.says(words.SHARE) and not line.may_say(words.CRUMB)


def test_a_call_that_begins_inside_another_is_seen():
    assert words.calls_in("全文章评论：") & words.META.bit
    assert not words.calls_in("全镇团结一心")
