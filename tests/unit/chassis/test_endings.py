"""How a program ends: one sentence and a code for each kind of failure, and no words of others."""

import asyncpg
import pytest
from aiokafka.errors import KafkaError
from chassis.endings import Ending, PortTaken, ending_of, ends_plainly
from chassis.environment import SettingsWrong
from chassis.errors import Fenced, PermanentFailure, TransientFailure

FAILURES = [
    (SettingsWrong("Set INTAKE_DATABASE_URL."), Ending.USAGE),
    (PortTaken("Another program listens on port 8000."), Ending.CONFLICT),
    (Fenced("Another relay has taken over."), Ending.TRY_AGAIN),
    (TransientFailure("The issuer does not answer."), Ending.AWAY),
    (ConnectionRefusedError(111, "SENTINEL"), Ending.AWAY),
    (OSError("SENTINEL"), Ending.AWAY),
    (TimeoutError("SENTINEL"), Ending.AWAY),
    (KafkaError("SENTINEL"), Ending.AWAY),
    (asyncpg.CannotConnectNowError("SENTINEL"), Ending.AWAY),
    (asyncpg.InvalidPasswordError("SENTINEL"), Ending.NOT_ALLOWED),
    (asyncpg.InvalidCatalogNameError("SENTINEL"), Ending.NOT_FOUND),
    (asyncpg.UndefinedTableError("SENTINEL"), Ending.NOT_FOUND),
    (FileNotFoundError("SENTINEL"), Ending.NOT_FOUND),
    (PermissionError("SENTINEL"), Ending.NOT_ALLOWED),
    (PermanentFailure("The chain is broken."), Ending.CHECK_FAILED),
    (RuntimeError("SENTINEL"), Ending.CHECK_FAILED),
    (KeyboardInterrupt(), Ending.INTERRUPTED),
]


@pytest.mark.parametrize(("failure", "ending"), FAILURES)
def test_each_failure_ends_a_program_with_its_code_and_one_sentence(failure: BaseException, ending: Ending) -> None:
    for error in (failure, BaseExceptionGroup("some", [failure])):
        code, sentence = ending_of(error)
        assert code == ending
        assert sentence.endswith(".")
        assert "\n" not in sentence
        assert "SENTINEL" not in sentence


def test_a_program_says_how_it_ended_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    told: list[BaseException] = []
    with pytest.raises(SystemExit) as ended, ends_plainly("intake", unforeseen=told.append):
        raise SettingsWrong("Set INTAKE_DATABASE_URL.")
    assert ended.value.code == Ending.USAGE
    assert capsys.readouterr() == ("", "intake: Set INTAKE_DATABASE_URL.\n")
    assert told == []


def test_what_nobody_foresaw_goes_to_the_log_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    told: list[BaseException] = []
    failure = RuntimeError("SENTINEL")
    with pytest.raises(SystemExit) as ended, ends_plainly("intake", unforeseen=told.append):
        raise failure
    assert (ended.value.code, told) == (Ending.CHECK_FAILED, [failure])
    assert "SENTINEL" not in capsys.readouterr().err
