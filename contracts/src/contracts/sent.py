"""What a publisher sent, brought to the one form of the contract.

CloudEvents 1.0.2 and its JSON format leave a producer some ways to say the same: an attribute that is null is unset,
data may come as base64, a media type has parameters and any case, and there may be attributes that nobody here has
heard of.
"""

import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator, Mapping
from typing import Any, Final

from contracts.envelope import Envelope
from contracts.errors import EVENT, InvalidEvent, Problem
from contracts.unreadable import parse_strictly

JSON: Final = "application/json"
"""The media type of all data, as it is recorded."""

_NAME: Final = re.compile(r"[a-z0-9]{1,100}")
_MEDIA_TYPE: Final = re.compile(r"[\w.!#$&^+-]+/(?:[\w.!#$&^-]+\+)*json", re.ASCII)
_CHARSET: Final = re.compile(r"charset\s*=\s*\"?([^\s;\"]*)", re.IGNORECASE)
_UTF8: Final = ("utf-8", "us-ascii")
_KEPT: Final = frozenset({*Envelope.model_fields, "data"})
_KNOWN: Final = _KEPT | {"data_base64"}


def contract_form(sent: object) -> dict[str, Any]:
    """The attributes and `data` of one event, given as parsed JSON: unset ones left out, data decoded, no extensions.

    An extension is an attribute that the envelope does not name. It is checked to be one and dropped unread: what it
    holds would otherwise be published by us without anybody having looked at it. Raises InvalidEvent.
    """
    if not isinstance(sent, Mapping):
        raise InvalidEvent([Problem(EVENT, "Input should be an object")])
    attributes = {name: value for name, value in sent.items() if value is not None}
    if problems := list(_no_extensions(sent)):
        raise InvalidEvent(problems)
    if "data_base64" in attributes:
        attributes["data"] = _decoded(attributes)
    if is_json(attributes.get("datacontenttype")):
        attributes["datacontenttype"] = JSON
    return {name: value for name, value in attributes.items() if name in _KEPT}


def is_json(media_type: object) -> bool:
    """Whether this names JSON in UTF-8, which all JSON is (RFC 8259), as `application/geo+json; charset=utf-8` does."""
    if not isinstance(media_type, str):
        return False
    name, _, parameters = media_type.partition(";")
    charset = _CHARSET.search(parameters)
    return bool(_MEDIA_TYPE.fullmatch(name.strip().lower())) and (not charset or charset[1].lower() in _UTF8)


def _no_extensions(sent: Mapping[str, object]) -> Iterator[Problem]:
    """What we do not know and can be no extension. A name that is none is not repeated: the sender made it up."""
    for index, (name, value) in enumerate(sent.items()):
        if name in _KNOWN or value is None:
            continue
        if not _NAME.fullmatch(name):
            place = f"attributes[{index}]"
            yield Problem(place, "The name of a CloudEvents attribute is made of the letters a to z and of digits")
        elif not isinstance(value, (str, int)):
            yield Problem(name, "The value of an extension is text, a whole number, true or false")


def _decoded(attributes: Mapping[str, object]) -> object:
    if "data" in attributes:
        raise InvalidEvent([Problem("data_base64", "Send data or data_base64, not both")])
    try:
        raw = b64decode(str(attributes["data_base64"]), validate=True)
    except (NotBase64, ValueError):
        raise InvalidEvent([Problem("data_base64", "Input should be base64 (RFC 4648, section 4)")]) from None
    return parse_strictly(raw, below="data_base64")
