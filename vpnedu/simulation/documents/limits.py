"""The limits of a document, all in one place, each with its reason.

A document may come from anybody: a link, a file, a form half filled in. Whatever passes these can
be simulated within a second and drawn without a thing standing over another or off the canvas.
"""

from vpnedu.network.topology import INTERNET

VERSION = 1

# What a person reads at a glance, and the scene has room for: networks stand in two columns on a
# page and in a single one on a phone, each with its gateway beside it.
NETWORKS = 12
HOSTS = 24
GATEWAYS = 12
TUNNELS = 24
PREFIXES = 6  # of one network: a line each in its box
LOWEST = 24  # the last row of a picture; rows are only an order

# A table that is shown row by row. Narrowing compares every policy of one end with every policy of
# the other (RFC 7296, 2.9), so what counts is the square of the ranges; and a packet that two
# gateways send to and fro has it done at every one of its 64 hops.
POLICIES = 32  # of one gateway
ROUTES = 64  # of one gateway, beside those it learns
ALL_ROUTES = 160  # of one gateway
RANGES = 8  # on one side of a policy, and of ports
ALL_RANGES = 64  # of all policies of one gateway, on one side
OFFERS = 16  # of one end of one tunnel

# Texts. A name is cut where its box is narrow, and told in full to who points at it.
NAME = 40
TITLE = 100
KEY = 64  # a pre-shared key; IKE would take longer ones
TEXT = 400  # anything else: a list of addresses is the longest
MARKS = 2  # accents above one another; more build towers over the rows above

# A packet. RFC 791 has every host accept 576 bytes; 9,216 is what large switches carry. Each hop
# of a larger packet would be sealed byte by byte.
MTU = (576, 9216)
LENGTH = (20, 9216)
PREFERENCE = 255
METRIC = 2**32 - 1
WEIGHT = 255

# A design. Wide, devices, instances and regions stand below each other; upright, side by side on
# 306 units, of which a circuit takes a column of its own.
PART = 20  # letters of a name; lanes say "session 3 at instance 1" beside their bars
DEVICES = 2
CLOUD_GATEWAYS = 2
INSTANCES = 2  # of one gateway
CIRCUITS = 1
PREPEND = 10
PORTS = 8  # conversations, each a lane of its own
FAULTS = 6
LONGEST = 3600.0  # seconds of a run that a picture can still tell
SETTINGS = 32
# Keepalives, liveness checks and BFD packets of one run, sent one by one: a second's work.
MESSAGES = 150_000
DECIMALS = 3
SEED = 999_999_999  # what the page's field takes

# Words that the engine says where the name of a thing could stand.
RESERVED = frozenset(
    {INTERNET, "inside", "blackhole", "no route", "discard", "bypass", "protect", "let in"}
)
# How the engine calls things of a design itself, and what it joins names by.
NUMBERED = ("tunnel ", "session ")
JOINTS = ("|", "/")
