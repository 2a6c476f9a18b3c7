"""What `conftest.py` holds every test to really fails a test, and fails no other."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
CASES = """
    import atexit, logging, os, threading, time
    import pytest

    def sleep(seconds):
        threading.Thread(target=time.sleep, args=(seconds,), daemon=True).start()

    def test_leaks(): sleep(9)
    def test_warns(): logging.getLogger("embedding.walks").warning("odd")
    def test_fails(): logging.getLogger("galaxy_desktop").error("bad")
    @pytest.mark.expects_log("odd")
    def test_keeps_quiet(): pass

    def test_leaves_a_way_out(): atexit.register(lambda: os._exit(0))
    def test_ends_soon(): sleep(0.1)
    def test_informs(): logging.getLogger("embedding").info("fine")
    def test_is_others(): logging.getLogger("gensim").warning("not ours")
    @pytest.mark.expects_log("odd")
    def test_is_expected(): logging.getLogger("embedding").warning("odd")
"""


def test_only_what_breaks_a_rule_fails(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")  # pytest cuts its summary to the width of the terminal
    pytester.makeconftest(CONFTEST.read_text("utf-8"))
    pytester.makeini("[pytest]\nmarkers = expects_log(pattern): as in the project")
    pytester.makepyfile(test_cases=textwrap.dedent(CASES))
    # In a process of its own, for in this one the same rules would hear it too.
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-rE")
    result.assert_outcomes(passed=9, errors=4)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines_random(
        [
            "ERROR *::test_leaks - *threads outlive*",
            "ERROR *::test_warns - *unexpected in the log*",
            "ERROR *::test_fails - *unexpected in the log*",
            "ERROR *::test_keeps_quiet - *expected in the log, and not there*",
        ]
    )
