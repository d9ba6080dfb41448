"""The lexicon of divisions: names to codes, codes to names."""

from __future__ import annotations

import subprocess
import sys

import pytest

from annotator.reading import divisions
from annotator.reading.divisions import common, level_of, longest, name_of, official, related


def test_the_longest_name_wins() -> None:
    assert longest("黄石港区人民政府") == ("黄石港区", ("420202",), False)
    assert longest("黄石市人民政府") == ("黄石市", ("4202",), False)
    assert longest("黄石的变化") == ("黄石", ("4202",), True)
    assert longest("我们") is None
    assert longest("") is None
    assert longest("市") is None
    assert longest("在大兴区", 1) == ("大兴区", ("110115",), False)


def test_names_of_several_places_have_all_their_codes() -> None:
    found = longest("朝阳区2024年")
    assert found is not None
    assert found.codes == ("110105", "220104")


def test_every_name_is_found_by_itself() -> None:
    lines = divisions._lexicon().by_name.decode().splitlines()
    assert len(lines) > 36_000
    for line in lines[::41]:
        name = line.split("\t")[0]
        found = longest(name)
        assert found is not None
        assert found.name == name


def test_wholes_have_names_and_what_stands_for_none_has_not() -> None:
    assert [name_of("420202"[:n]) for n in (2, 4, 6)] == ["湖北省", "黄石市", "黄石港区"]
    assert name_of("1101") == "" != name_of("11")
    assert name_of("4690") == ""
    assert name_of("441900") == ""  # a city without counties is no county as well


def test_codes() -> None:
    assert [official(code) for code in ("11", "4419", "420202", "441900106")] == [
        "110000", "441900", "420202", "441900106",
    ]  # fmt: skip
    assert [level_of(code) for code in ("11", "4419", "420202", "441900106")] == [
        "province", "city", "county", "township",
    ]  # fmt: skip
    assert related("4419", "441900106")
    assert not related("4419", "4420")
    assert common(["110105", "110106"]) == "1101"
    assert common(["110105", "220104"]) == ""
    assert common(["4417"]) == "4417"


@pytest.mark.slow
def test_reading_it_is_quick_and_small() -> None:
    script = (
        "import resource, time; from annotator.reading import divisions as d; "
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; start = time.perf_counter(); "
        "d.longest('黄石港区'); print(time.perf_counter() - start, "
        "resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    seconds, kilobytes = out.split()
    assert float(seconds) < 0.2  # 0.012 on the machine it was written on
    assert int(kilobytes) < 12_000
