"""A bad entry is one clear line that names file, entry and field, and exit code 2."""

import json
from typing import Any

import pytest

POLICY = 'local = "10.1.0.0/16"\nremote = "10.2.0.0/16"\ntunnel = "t"\n'
PACKET = '[[packets]]\nsource = "10.1.0.1"\ndestination = "10.2.0.1"\n'
GOOD = f"[[policies]]\n{POLICY}{PACKET}[[policies]]\n"
ROUTES = 'destinations = ["10.1.0.1"]\n[[routes]]\nprefix = "10.0.0.0/8"\nvia = "a"\n[[routes]]\n'

# TOML text -> what follows "tables.toml: " in the error.
ENTRIES = {
    # addresses and prefixes
    GOOD + POLICY.replace("10.2.0.0/16", "10.2.0.1/16"): (
        "policies[1].remote: '10.2.0.1/16' has host bits set; the prefix is 10.2.0.0/16"
    ),
    GOOD + POLICY.replace("10.1.0.0/16", "10.1.0.256"): (
        "policies[1].local: '10.1.0.256' is not an IPv4 or IPv6 prefix"
    ),
    GOOD + POLICY.replace("10.1.0.0/16", "10.1.0.9-10.1.0.1"): (
        "policies[1].local: 10.1.0.9-10.1.0.1 is reversed"
    ),
    GOOD + POLICY.replace("10.1.0.0/16", "2001:db8::/32"): (
        "policies[1].remote: 2001:db8::/32 and 10.2.0.0/16 are of different families"
    ),
    GOOD + 'local = ["10.0.0.0/8", "::/0"]\nremote = "10.2.0.0/16"\ntunnel = "t"': (
        "policies[1].local: IPv4 and IPv6 are mixed; one selector holds one family"
    ),
    GOOD + 'local = []\nremote = "10.2.0.0/16"\ntunnel = "t"': (
        "policies[1].local: an empty list holds no address"
    ),
    GOOD + 'local = [["10.0.0.0/8"]]\nremote = "10.2.0.0/16"\ntunnel = "t"': (
        "policies[1].local: a list stands where one value belongs"
    ),
    GOOD + 'local = {}\nremote = "10.2.0.0/16"\ntunnel = "t"': (
        "policies[1].local: a table (an object) stands where one value belongs"
    ),
    GOOD + 'local = true\nremote = "10.2.0.0/16"\ntunnel = "t"': (
        "policies[1].local: True is not a prefix"
    ),
    # ports and protocols
    GOOD + POLICY + 'remote_ports = "2000-1000"': (
        "policies[1].remote_ports: 2000-1000 is reversed"
    ),
    GOOD + POLICY + "local_ports = 65536": "policies[1].local_ports: 65536 is not a port; por",
    GOOD + POLICY + "local_ports = true": "policies[1].local_ports: True is not a port",
    GOOD + POLICY + "local_ports = 443.0": "policies[1].local_ports: 443.0 is not a port",
    GOOD + POLICY + "local_ports = nan": "policies[1].local_ports: nan is not a port",
    GOOD + POLICY + 'protocol = "icmp"\nremote_ports = 80': (
        "policies[1].remote_ports: icmp has no ports"
    ),
    GOOD + POLICY + 'protocol = "tpc"': "policies[1].protocol: 'tpc' is not a protocol",
    GOOD + POLICY + "protocol = 256": "policies[1].protocol: 256 is not a protocol",
    GOOD + POLICY + "protocol = 1979-05-27": "policies[1].protocol: datetime.date",
    GOOD + POLICY + f"local_ports = 0x{'f' * 5000}": (
        "policies[1].local_ports: the number has too many digits"
    ),
    # what is done
    GOOD + POLICY + 'action = "drop"': "policies[1].action: 'drop' is not one of protect, bypass",
    GOOD + POLICY + "action = true": "policies[1].action: True is not one of protect, bypass",
    GOOD + POLICY + 'action = "bypass"': "policies[1].tunnel: bypass uses no tunnel; remove 't'",
    GOOD + POLICY.replace('tunnel = "t"', "tunnel = 1"): (
        "policies[1].tunnel: 1 is not text; put it in quotes"
    ),
    GOOD + POLICY.replace('tunnel = "t"', ""): (
        "policies[1].action: missing; it is protect (with a tunnel), bypass or discard"
    ),
    GOOD + POLICY.replace('tunnel = "t"', 'action = "protect"'): (
        "policies[1].tunnel: protect needs the name of a tunnel"
    ),
    'default = "protect"\n' + PACKET: "default: 'protect' is not one of discard, bypass",
    "default = []\n" + PACKET: "default: a list stands where one value belongs",
    # keys
    GOOD + POLICY.replace("remote", "remot"): "policies[1].remot: unknown key; nearest: remote",
    GOOD + 'local = "10.1.0.0/16"\ntunnel = "t"': "policies[1].remote: missing",
    PACKET + "port = 443": "packets[0].port: unknown key; nearest: source_port, destination_port",
    PACKET.replace("source", "src"): "packets[0].src: unknown key; nearest: source",
    'polices = []\n' + PACKET: "polices: unknown key; nearest: policies",
    '"a\\u001b b" = 1\n' + PACKET: r"'a\x1b b': unknown key; nearest: default, policies, packets",
    ROUTES + 'prefix = "10.0.0.0/8"\nvia = "a"\nweight = 1': "routes[1].weight: unknown key; near",
    # packets
    PACKET.replace("10.1.0.1", "10.1.0.0/16"): (
        "packets[0].source: '10.1.0.0/16' is not an IPv4 or IPv6 address"
    ),
    PACKET.replace("10.1.0.1", "::1"): (
        "packets[0].destination: ::1 and 10.2.0.1 are of different families"
    ),
    PACKET + 'protocol = "any"': "packets[0].protocol: a packet has one protocol; any is for pol",
    PACKET + 'protocol = "esp"\nsource_port = 1': "packets[0].source_port: esp has no ports",
    PACKET + "destination_port = -1": "packets[0].destination_port: -1 is not a port",
    PACKET + "destination_port = false": "packets[0].destination_port: False is not a port",
    PACKET + 'destination_port = "1-2"': "packets[0].destination_port: '1-2' is not a port",
    # routes and destinations
    ROUTES + 'prefix = "10.0.0.1/8"\nvia = "a"': "routes[1].prefix: '10.0.0.1/8' has host bits set",
    ROUTES + 'via = "a"': "routes[1].prefix: missing",
    ROUTES + 'prefix = "10.0.0.0/8"': "routes[1].via: a route needs somewhere to send packets",
    ROUTES + 'prefix = "10.0.0.0/8"\nvia = " "': "routes[1].via: the text is empty",
    ROUTES + 'prefix = "10.0.0.0/8"\nvia = 7': "routes[1].via: 7 is not text",
    ROUTES + 'prefix = "10.0.0.0/8"\nvia = "a"\nmetric = true': (
        "routes[1].metric: True is not a whole number of 0 or more"
    ),
    ROUTES + 'prefix = "10.0.0.0/8"\nvia = "a"\npreference = "1"': (
        "routes[1].preference: '1' is not a whole number of 0 or more"
    ),
    ROUTES + 'prefix = "10.0.0.0/8"\nblackhole = 1': "routes[1].blackhole: 1 is neither true nor f",
    'destinations = ["10.0.0.1", "10.0.0.0/8"]': (
        "destinations[1]: '10.0.0.0/8' is not an IPv4 or IPv6 address"
    ),
    "destinations = [1]": "destinations[0]: 1 is not an address",
    'destinations = "10.0.0.1"': "destinations: '10.0.0.1' stands where a list belongs",
    # shapes
    "[policies]\n" + POLICY: "policies: a table (an object) stands where a list belongs",
    'packets = ["10.0.0.1"]': "packets[0]: '10.0.0.1' stands where a table (an object) belongs",
    # whole files
    "": "the file is empty",
    " \n\t\n": "the file is empty",
    "# nothing but this": "neither packets nor destinations, so nothing is asked",
    f"[[policies]]\n{POLICY}": "neither packets nor destinations, so nothing is asked",
    "destinations = [\n": "broken TOML: Invalid value (at end of document)",
    "a b": "broken TOML: Expected '=' after a key in a key/value pair (at line 1, column 3)",
    "default = 'a'\ndefault = 'b'": "broken TOML: Cannot overwrite a value",
    "\n\ndestinations = [" + "9" * 5000 + "]": "line 3: a number has too many digits",
    "destinations = " + "[" * 100_000: "lists or objects are nested too deep",
    "\n" + ".".join("a" * 100_000) + " = 1": f"line 2: '{'a.' * 16}a' has too many dots",
    "\n" + " . ".join(['"a"'] * 1000) + " = 1": "line 2: '\"a\" . \"a\" . \"a\" . \"a…a",
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), ENTRIES.items(), ids=[s[:70] for s in ENTRIES.values()])
def test_the_entry_and_the_field_are_named(vpnedu, tables, refused, text: str, said: str) -> None:
    path = tables(text)
    refused(vpnedu("lookup", path), path, said)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({}, "standard input: [1].dst: missing"),
        ({"dst": "10.0.0.1/8"}, "[1].dst: '10.0.0.1/8' has host bits set; the prefix is 10.0"),
        ({"dst": "defautl", "dev": "a"}, "[1].dst: 'defautl' is not an IPv4 or IPv6 prefix"),
        ({"dst": 5}, "[1].dst: 5 is not text; put it in quotes"),
        ({"dst": None}, "[1].dst: null is no value; leave the key out"),
        ({"dst": "default"}, "[1].dev: missing, and gateway too: the entry leads nowhere"),
        ({"dst": "default", "dev": ""}, "[1].dev: the text is empty"),
        ({"dst": "default", "gateway": "x"}, "[1].gateway: 'x' is not an IPv4 or IPv6 address"),
        ({"dst": "default", "via": {"family": "inet6"}}, "[1].via.host: missing"),
        ({"dst": "default", "dev": "a", "metric": True}, "[1].metric: True is not a whole number"),
        ({"dst": "default", "dev": "a", "metric": -1}, "[1].metric: -1 is not a whole number"),
        ({"dst": "default", "dev": "a", "metric": "5"}, "[1].metric: '5' is not a whole number"),
        ({"dst": "default", "type": "blackhol"}, "[1].type: unknown: 'blackhol'; nearest: black"),
        ({"dst": "default", "flags": "dead"}, "[1].flags: 'dead' stands where a list belongs"),
        ({"dst": "default", "table": [[]]}, "[1].table: a list stands where one value belongs"),
        ({"dst": "default", "nexthops": [7]}, "[1].nexthops[0]: 7 stands where a table"),
        (
            {"dst": "default", "nexthops": [{"dev": "a"}, {"dev": "b", "weight": 0}]},
            "[1].nexthops[1].weight: 0 is not a whole number of 1 or more",
        ),
    ],
)
def test_an_entry_of_a_machines_table_is_named_by_its_place(
    vpnedu, entry: dict[str, Any], said: str
) -> None:
    stdin = json.dumps([{"dst": "10.0.0.0/8", "dev": "a"}, entry]).encode()
    done = vpnedu("lookup", "--routes", "-", "10.0.0.1", stdin=stdin)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("standard input: [1]")
    assert said in done.err
    assert done.err.count("\n") == 1
