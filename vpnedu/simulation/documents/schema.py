"""The format of a document as a JSON Schema: `document.schema.json` is what this gives.

It says what stands where, of what type and how much of it. That names are told apart, and that a
tunnel ends at a gateway that is there, only the reader knows.
"""

from typing import Any

from vpnedu.network.encapsulation import AES_GCM
from vpnedu.network.gateways import CARRIERS
from vpnedu.network.policies import ACTIONS
from vpnedu.simulation.documents import designs, limits, networks, sends, tables
from vpnedu.simulation.profile_data import PROFILES
from vpnedu.simulation.profiles import TIMERS

Schema = dict[str, Any]
FLAG: Schema = {"type": "boolean"}


def schema() -> Schema:
    """The schema of a document (JSON Schema, draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A network or a design of vpnedu",
        "oneOf": [_network_document(), _design_document()],
    }


def _text(longest: int = limits.TEXT, words: str = "") -> Schema:
    return _said({"type": "string", "minLength": 1, "maxLength": longest}, words)


def _said(what: Schema, words: str) -> Schema:
    return what | ({"description": words} if words else {})


def _whole(least: int, most: int, words: str = "") -> Schema:
    return _said({"type": "integer", "minimum": least, "maximum": most}, words)


def _number(least: float, most: float, words: str = "") -> Schema:
    return _said({"type": "number", "minimum": least, "maximum": most}, words)


def _one_of(words: tuple[str, ...]) -> Schema:
    return {"enum": list(words)}


def _list(of: Schema, most: int, least: int = 0) -> Schema:
    few = {"minItems": least} if least else {}
    return {"type": "array", "items": of, **few, "maxItems": most}


def _or_null(what: Schema) -> Schema:
    return {"anyOf": [what, {"type": "null"}]}


def _object(needed: tuple[str, ...], **members: Schema) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(needed),
        "properties": members,
    }


def _head(kind: str) -> dict[str, Schema]:
    version = "The version of the format: it grows when an old reader would misread a new file."
    return {
        "vpnedu": _said({"const": limits.VERSION}, version),
        "kind": {"const": kind},
        "title": _text(limits.TITLE, "What its runs are called."),
    }


def _network_document() -> Schema:
    settled = (
        "Whether every gateway has learned what its peers announce. Then learned routes are worked "
        "out anew; with false they stand as they are written."
    )
    return _object(
        ("vpnedu", "kind", "title", *networks.TOP),
        **_head("network"),
        between=_text(limits.NAME, "What lies between the gateways, in words."),
        mtu=_whole(*limits.MTU, "The largest packet, in bytes, that the path carries."),
        icmp=_said(FLAG, "Whether a sender hears that it has sent too much."),
        settled=_said(FLAG, settled),
        networks=_list(_network(), limits.NETWORKS),
        gateways=_list(_gateway(), limits.GATEWAYS),
        tunnels=_list(_tunnel(), limits.TUNNELS),
        send=_send(),
    )


def _network() -> Schema:
    row = _number(0, limits.LOWEST)
    side = _one_of(("left", "right"))
    place = {"type": "array", "prefixItems": [side, row], "minItems": 2, "maxItems": 2}
    host = _object(("name", "address"), name=_text(limits.NAME), address=_text())
    return _object(
        ("name", "kind", "prefixes", "hosts", "place"),
        name=_text(limits.NAME),
        kind=_one_of(networks.KINDS),
        prefixes=_list(_text(), limits.PREFIXES, 1),
        hosts=_list(host, limits.HOSTS),
        place=_said(place, "The side of the picture, and the row from the top."),
    )


def _gateway() -> Schema:
    return _object(
        ("name", "address", "inside", "kind"),
        name=_text(limits.NAME),
        address=_text(),
        inside=_text(limits.NAME, "The network that it serves."),
        kind=_one_of(networks.GATEWAY_KINDS),
        policies=_list(_policy(), limits.POLICIES),
        otherwise=_said(_one_of(tables.DEFAULTS), "What becomes of a packet that no policy holds."),
        routes=_list(_route(), limits.ALL_ROUTES),
        filters=_list(_one_of(CARRIERS), len(CARRIERS)),
        translates=_said(FLAG, "Whether it puts its own address in place of a source first."),
    )


def _policy() -> Schema:
    return _object(
        (*tables.SIDES, "action"),
        local=_text(words="Prefixes, addresses and ranges, with commas."),
        remote=_text(words="The same, of the far side."),
        protocol=_text(words="A name, a number, or any."),
        local_ports=_text(words="Ports and ranges with commas, or any."),
        remote_ports=_text(),
        action=_one_of(ACTIONS),
        tunnel=_or_null(_text(limits.NAME)),
    )


def _route() -> Schema:
    return _object(
        ("prefix",),
        prefix=_text(),
        via={"type": "string", "maxLength": limits.NAME},
        preference=_whole(0, limits.PREFERENCE),
        metric=_whole(0, limits.METRIC),
        origin=_one_of(tables.ORIGINS),
        blackhole=FLAG,
        order=_whole(0, limits.METRIC),
        weight=_whole(1, limits.WEIGHT),
    )


def _tunnel() -> Schema:
    pair = _list(_text(), len(tables.SIDES) + len(tables.ASPECTS), 2)
    offers = _list(pair, limits.OFFERS, 1)
    return _object(
        ("name", "ends"),
        name=_text(limits.NAME),
        ends=_list(_text(limits.NAME), 2, 2),
        suite=_one_of((AES_GCM.name,)),
        nat_t=FLAG,
        up=FLAG,
        negotiated=FLAG,
        announces=FLAG,
        offers={"type": "object", "maxProperties": 2, "additionalProperties": offers},
        keys={"type": "object", "maxProperties": 2, "additionalProperties": _text(limits.KEY)},
    )


def _send() -> Schema:
    return _object(
        sends.NEEDED,
        source=_text(limits.NAME),
        destination=_text(limits.NAME),
        protocol=_text(limits.NAME),
        port=_or_null(_whole(0, 65535)),
        length=_whole(*limits.LENGTH, "The whole IP packet, in bytes."),
        source_port=_or_null(_whole(0, 65535)),
        fragment=FLAG,
        answered=FLAG,
        sender=_or_null(_text(limits.NAME)),
    )


def _design_document() -> Schema:
    part = _text(limits.PART)
    where = {"region": part, "network": part}
    instance = _object(("name",), name=part, zone={"type": "string", "maxLength": limits.PART})
    gateway = _object(
        ("name", "mode", "instances"),
        name=part,
        mode=_one_of(designs.MODES),
        instances=_list(instance, limits.INSTANCES, 1),
        **where,
        prepend=_whole(0, limits.PREPEND),
    )
    circuit = _object(
        ("name", "router", "location"), name=part, router=part, location=part, **where
    )
    device = _object(("name", "provider"), name=part, provider=part)
    return _object(
        ("vpnedu", "kind", "title", *designs.TOP),
        **_head("design"),
        devices=_list(device, limits.DEVICES),
        gateways=_list(gateway, limits.CLOUD_GATEWAYS),
        circuits=_list(circuit, limits.CIRCUITS),
        bgp=_said(FLAG, "Whether routes are learned; otherwise they are typed in."),
        ports=_list(_whole(1, 65535), limits.PORTS, 1),
        run=_run(),
    )


def _run() -> Schema:
    value = {"anyOf": [_text(limits.NAME), _number(0, 1e9), FLAG]}
    return _object(
        (),
        faults=_list(_text(limits.TITLE), limits.FAULTS),
        profile=_one_of(tuple(PROFILES)),
        settings=_object((), **dict.fromkeys(TIMERS, value)),
        seed=_whole(0, limits.SEED),
        until=_number(1, limits.LONGEST),
    )
