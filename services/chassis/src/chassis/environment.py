"""Settings as the environment has them, and how a wrong one is refused: by its variable, never by its value."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsError

from chassis.errors import PermanentFailure


class SettingsWrong(PermanentFailure):
    """Settings are missing or cannot be read; each is named by its variable, no value is repeated."""


class Settings(BaseSettings):
    """Settings from the environment. Raises SettingsWrong, which names each variable to correct."""

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            prefix = values.get("_env_prefix") or self.model_config.get("env_prefix", "")
            raise SettingsWrong(" ".join(_complaint(prefix, one) for one in error.errors())) from None
        except SettingsError as error:
            raise SettingsWrong(_unread(self.model_config.get("env_prefix", ""), error)) from None


def _complaint(prefix: str, error: ErrorDetails) -> str:
    setting = _setting_of(error)
    if not setting:
        return f"The settings {prefix}... contradict each other: {_own_words(error)}."
    name = f"{prefix}{setting}".upper()
    if error["type"] == "missing":
        return f"Set {name}."
    return f"Correct {name}: {_own_words(error)}."


def _setting_of(error: ErrorDetails) -> str:
    """Empty where the error is in no single one."""
    if error["loc"]:
        return str(error["loc"][0])
    said = error.get("ctx", {}).get("error")
    return said.setting if isinstance(said, Wrong) else ""


def _own_words(error: ErrorDetails) -> str:
    """Ours are in the error itself; a library's may quote, so they are replaced by their kind."""
    context: Mapping[str, object] = error.get("ctx", {})
    said = context.get("error")
    if error["type"] == "enum":
        return f"it must be {context['expected']}"
    return str(said) if error["type"] == "value_error" and isinstance(said, Wrong) else error["type"].replace("_", " ")


def _unread(prefix: str, error: SettingsError) -> str:
    quoted = str(error).split('"')
    name = quoted[1] if len(quoted) > 1 else ""
    return f"Correct {f'{prefix}{name}'.upper()}: it must be JSON."


class Wrong(ValueError):
    """Why a setting is refused, in words that repeat no value; `setting` is which, where several were looked at."""

    def __init__(self, why: str, *, setting: str = "") -> None:
        super().__init__(why)
        self.setting = setting
