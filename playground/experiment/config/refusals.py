"""Why a configuration was refused: msgspec's English replaced by our sentences, with the whole path of the field."""

import re
from typing import get_args, get_origin

import msgspec

from playground.experiment.config.choices import ConfigError, is_not_finite
from playground.language import N_, _
from playground.registry import quoted, shown
from playground.suggestions import did_you_mean

TYPE_NAMES = {
    "int": N_("a whole number"),
    "float": N_("a number"),
    "str": N_("a text"),
    "bool": N_("true or false"),
    "array": N_("a list [ … ]"),
    "object": N_("an object { … }"),
    "null": N_("nothing (null)"),
}


def from_msgspec(error: msgspec.ValidationError, struct: type[msgspec.Struct], raw: object) -> ConfigError:
    """Return msgspec's error, or one of ours that it wrapped, as a `ConfigError` with the whole path.

    `raw` is what was refused, out of which the value is shown. msgspec writes ``sentence - at `$.path```; a
    `ConfigError` raised on the way holds the rest of the path.
    """
    text, found, outer = str(error).rpartition(" - at `")
    path = outer.rstrip("`") if found else "$"
    cause = error.__cause__
    if isinstance(cause, ConfigError):
        return ConfigError(path + cause.path, cause.sentence)
    return _translated(text if found else str(error), path, struct, raw)


def refuse_non_finite(value: object, path: str) -> None:
    """Raise `ConfigError` if a number is NaN or infinite, which JSON cannot represent."""
    if isinstance(value, float) and is_not_finite(value):
        raise ConfigError(path, _("“{text}” is not a finite number.").format(text=shown(value)))
    if isinstance(value, dict):
        for key, item in value.items():
            refuse_non_finite(item, f"{path}.{shown(key)}")
    elif isinstance(value, list | tuple):
        for k, item in enumerate(value):
            refuse_non_finite(item, f"{path}[{k}]")


def _translated(text: str, path: str, struct: type[msgspec.Struct], raw: object) -> ConfigError:
    """Return the refusal in the user's language; what is not known stays as msgspec wrote it."""
    if match := re.fullmatch(r"Expected `(.+)`, got `(.+)`", text, re.DOTALL):
        expected, got = (_type_name(name) for name in match.groups())
        value = _found_at(raw, path)[-1]
        if is_not_finite(value) and {"int", "float"} & set(match[1].split(" | ")):
            return ConfigError(path, _("“{text}” is not a finite number.").format(text=shown(value)))
        if isinstance(value, str | int | float):
            got = quoted(value)
        if path == "$":
            return ConfigError(path, _("An experiment is an object { … }; this is {value}.").replace("{value}", got))
        return ConfigError(path, _("expected {expected}, not {value}.").format(expected=expected, value=got))
    if match := re.fullmatch(r"Object contains unknown field `(.*)`", text, re.DOTALL):
        known = getattr(_type_at(struct, path, raw), "__struct_fields__", ())
        sentence = _("there is no such field; there are {known}.").format(known=", ".join(known))
        return ConfigError(f"{path}.{shown(match[1])}", sentence + did_you_mean(match[1], known))
    if text == "Number out of range":
        return ConfigError(path, _("this number is too large."))
    return ConfigError(path, text.rstrip(".") + ".")


_STEP = re.compile(r"\.([A-Za-z_0-9]+)|\[(\d+)\]")


def _found_at(raw: object, path: str) -> list[object]:
    """Return the values on the way of a path such as ``$.network.hidden[1]``, None where it leads nowhere."""
    found = [raw]
    for name, place in _STEP.findall(path):
        value = found[-1]
        if isinstance(value, dict):
            value = value.get(name)
        elif isinstance(value, list | tuple) and place:
            value = value[int(place)] if int(place) < len(value) else None
        found.append(value)
    return found


def _type_name(names: str) -> str:
    """Return msgspec's ``int | null`` in words."""
    return _(" or ").join(_(TYPE_NAMES.get(name, name)) for name in names.split(" | "))


def _type_at(struct: type[msgspec.Struct], path: str, raw: object) -> object:
    """Return the struct that a path leads to, through lists and through what may be one of several structs."""
    found: object = struct
    for (name, place), value in zip(_STEP.findall(path), _found_at(raw, path)[1:], strict=True):
        if name:
            found = next((field.type for field in msgspec.structs.fields(found) if field.name == name), None)  # type: ignore[arg-type]
        elif place:
            found = next(iter(get_args(found)), None)
        found = _struct_of(found, value)
    return found


def _struct_of(kind: object, raw: object) -> object:
    """Return of a type such as ``Choice | Number | None`` the struct that `raw` has the tag of."""
    several = [it for it in get_args(kind) if isinstance(it, type) and issubclass(it, msgspec.Struct)]
    if get_origin(kind) is tuple or not several:
        return kind
    for one in several:
        tag_field = one.__struct_config__.tag_field
        if tag_field is not None and isinstance(raw, dict) and raw.get(tag_field) == one.__struct_config__.tag:
            return one
    return several[0]
