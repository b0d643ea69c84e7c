"""Networks and designs as documents: JSON that a form edits, a link carries and a file keeps.

A document of a network:

    {"vpnedu": 1, "kind": "network", "title": "Two sites",
     "between": "internet", "mtu": 1500, "icmp": true, "settled": true,
     "networks": [{"name", "kind": "site" | "virtual network" | "user" | "server",
                   "prefixes": ["10.1.0.0/16"], "hosts": [{"name", "address"}],
                   "place": ["left" | "right", row]}],
     "gateways": [{"name", "address", "inside": network, "kind": "policy-based" | "route-based",
                   "policies": [{"local": "10.1.0.0/16, 10.4.0.1-10.4.0.9", "remote",
                                 "protocol": "any" | "tcp" | "99", "local_ports": "any",
                                 "remote_ports": "443, 1000-2000", "tunnel": name | null,
                                 "action": "protect" | "bypass" | "discard"}],
                   "otherwise": "discard" | "bypass",
                   "routes": [{"prefix", "via": tunnel | network | "internet" | "",
                               "preference": 1, "metric": 0,
                               "origin": "static" | "connected" | "learned", "blackhole": false}],
                   "filters": ["udp 500" | "udp 4500" | "esp"], "translates": false}],
     "tunnels": [{"name", "ends": [gateway, gateway], "suite": "AES-GCM-16", "nat_t": false,
                  "up": true, "negotiated": true, "announces": false,
                  "offers": {gateway: [[local, remote], …]}, "keys": {gateway: text}}],
     "send": {"source", "destination", "protocol": "tcp", "port": 80 | null, "length": 100}}

A text with addresses or ports lists them with commas. `send` may also have `source_port`,
`fragment` (the path may cut it), `answered` (the receiver sends one back) and `sender` (who sends
it, where `source` is forged); a route may have `order` and `weight`.

`settled`: every gateway has learned what its peers announce. Then the reader works the learned
routes out anew, so that an edit of a prefix or of a tunnel is followed by what everybody learns:
what is still learned keeps its row, what nobody announces any more is gone, what is new comes last.
With `"settled": false` the routes of origin "learned" stand as they are written: a network in
which the news has not arrived.

A document of a design:

    {"vpnedu": 1, "kind": "design", "title": "Two devices",
     "devices": [{"name", "provider"}],
     "gateways": [{"name", "mode": "active/standby" | "active/active",
                   "instances": [{"name", "zone": "" | "zone 1"}],
                   "region": "region 1", "network": "network", "prepend": 0}],
     "circuits": [{"name", "router", "location", "region", "network"}],
     "bgp": true, "ports": [40000],
     "run": {"faults": ["instance-crash@30"], "profile": "azure", "settings": {"hold-time": "30"},
             "seed": 1, "until": 300}}

A key whose value is as usual may be left out; `written` and `design_written` write all but `send`,
`run` and the rare ones. `document.schema.json` beside this file says the same to an editor; the
limits stand in `limits.py`. The version `vpnedu` grows when a reader of old documents would misread
a new one.
"""

from vpnedu.simulation.documents import limits
from vpnedu.simulation.documents.designs import Run, check_work, run_of
from vpnedu.simulation.documents.document import DesignDocument, NetworkDocument, read
from vpnedu.simulation.documents.sends import Send, send_of, sending
from vpnedu.simulation.documents.writing import (
    design_written,
    run_written,
    scenario_written,
    send_written,
    written,
)

__all__ = [
    "DesignDocument",
    "NetworkDocument",
    "Run",
    "Send",
    "check_work",
    "design_written",
    "limits",
    "read",
    "run_of",
    "run_written",
    "scenario_written",
    "send_of",
    "send_written",
    "sending",
    "written",
]
