"""The JSON API as a whole: how its operations are described, checked and shown."""

from typing import Any

from flask import Blueprint, Request, Response, current_app, jsonify, render_template
from flask.blueprints import BlueprintSetupState
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ValidationError
from spectree import SecurityScheme, SpecTree
from spectree.models import SecureType, SecuritySchemeData

from wiki.errors import Refusal
from wiki.version import VERSION

api = Blueprint("api", __name__, url_prefix="/api")

Answer = Response | tuple[Response, int]

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class Failure(BaseModel):
    """What every refused request is answered with: one sentence for a person."""

    error: str


def _refuse(asked: Request, _response: Any, error: Exception | None, *_rest: Any) -> None:
    """Answer what does not fit the description with one sentence, like every other refusal."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "request"
        raise Refusal("%(place)s: %(problem)s", place=place, problem=first["msg"])
    # The fields of a form would not be looked at, and nothing be left of the request.
    if error is not None or asked.mimetype in _FORMS:
        raise Refusal("The request is not valid JSON.")


spec = SpecTree(
    "flask",
    title="Dossier Wiki",
    version=VERSION,
    # Not "api": routes below this path are left out of the description.
    path="api/openapi",
    mode="strict",
    openapi_version="3.1.0",
    page_templates={},
    before=_refuse,
    naming_strategy=lambda model: str(model.__name__),
    nested_naming_strategy=lambda _parent, child: child,
    validation_error_model=Failure,
    security_schemes=[
        SecurityScheme(
            name="token",
            data=SecuritySchemeData(type=SecureType.HTTP, scheme="bearer", description="dw_…"),
        )
    ],
    security={"token": []},
)


def description() -> dict[str, Any]:
    """The OpenAPI 3.1 document of all operations."""
    kept: dict[str, Any] | None = current_app.extensions.get("openapi")
    if kept is None:
        spec.app = current_app
        kept = current_app.extensions["openapi"] = spec.spec
    return kept


class _BoundedJson(DefaultJSONProvider):
    """JSON as Flask reads it; one nested without end is no JSON and not our mishap."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """The value. Raises `ValueError` when there is none."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


@api.record_once
def _bound_json(state: BlueprintSetupState) -> None:
    state.app.json = _BoundedJson(state.app)


@api.get("/openapi.json")
def openapi() -> ResponseReturnValue:
    """The description for programs."""
    return jsonify(description())


@api.get("")
def readable() -> ResponseReturnValue:
    """The same description for people."""
    return render_template("wiki/api/index.html", document=description())
