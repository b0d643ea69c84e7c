"""BGP's choice: cases worked by hand from RFC 4271, 9.1.2.2, and laws."""

from dataclasses import replace
from ipaddress import IPv4Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError
from vpnedu.simulation.best_path import STEPS, Choice, Origin, Path, best, prepended

OWN = 65000
IGP, EGP, INCOMPLETE = Origin


def path(via: str, as_path=(65001,), *, router_id="192.0.2.9", peer="192.0.2.9", **told) -> Path:
    """A path to one and the same prefix; what isn't told is the same for all."""
    prefix = ip_network("10.1.0.0/16")
    return Path(prefix, as_path, IPv4Address(router_id), ip_address(peer), via, **told)


def names(choice: Choice) -> str:
    return " ".join(judged.path.via for judged in choice.candidates)


# What it shows, the paths, the names best first, and the reasons in that order.
CASES = [
    ("one path is best", [path("a")], "a", ["it is the only path"]),
    (
        "local preference comes before the length of the AS path",
        [path("a", (65001,)), path("b", (65002, 65003, 65004), local_preference=200)],
        "b a",
        [
            "its local preference is higher: 200 against 100",
            "its local preference is lower: 100 against 200",
        ],
    ),
    (
        "a shorter AS path wins",
        [path("a", (65001, 65003, 65004)), path("b", (65002,))],
        "b a",
        ["its AS path is shorter: 1 against 3", "its AS path is longer: 3 against 1"],
    ),
    (
        "the AS path comes before the origin",
        [path("a", (65001, 65003)), path("b", (65002,), origin=INCOMPLETE)],
        "b a",
        ["its AS path is shorter: 1 against 2", "its AS path is longer: 2 against 1"],
    ),
    (
        "an AS counts each time it stands in the path",
        [path("a", prepended((65001,), 65001, 2)), path("b", (65002, 65003))],
        "b a",
        ["its AS path is shorter: 2 against 3", "its AS path is longer: 3 against 2"],
    ),
    (
        "a set of ASes counts as one",
        [path("a", (65001, frozenset({65003, 65004, 65005}))), path("b", (65002, 65003, 65004))],
        "a b",
        ["its AS path is shorter: 2 against 3", "its AS path is longer: 3 against 2"],
    ),
    (
        "an empty AS path is the shortest",
        [path("a", (), external=False), path("b", (65001,))],
        "a b",
        ["its AS path is shorter: 0 against 1", "its AS path is longer: 1 against 0"],
    ),
    (
        "IGP comes before EGP, and EGP before INCOMPLETE",
        [path("a", origin=INCOMPLETE), path("b", origin=EGP), path("c", origin=IGP)],
        "c b a",
        [
            "its origin is preferred: IGP against EGP",
            "its origin is less preferred: EGP against IGP",
            "its origin is less preferred: INCOMPLETE against IGP",
        ],
    ),
    (
        "the origin comes before the MED",
        [path("a", origin=EGP, med=0), path("b", origin=IGP, med=500)],
        "b a",
        [
            "its origin is preferred: IGP against EGP",
            "its origin is less preferred: EGP against IGP",
        ],
    ),
    (
        "a lower MED wins among paths from one AS",
        [path("a", med=20), path("b", med=10)],
        "b a",
        [
            "its MED is lower: 10 against 20 from the same AS",
            "its MED is higher: 20 against 10 from the same AS",
        ],
    ),
    (
        "a missing MED is 0, the best there is",
        [path("a", med=1, router_id="192.0.2.1"), path("b", router_id="192.0.2.2")],
        "b a",
        [
            "its MED is lower: 0 against 1 from the same AS",
            "its MED is higher: 1 against 0 from the same AS",
        ],
    ),
    (
        "MEDs from two ASes are not compared",
        [
            path("a", (65001,), med=50, router_id="192.0.2.1"),
            path("b", (65002,), med=10, router_id="192.0.2.2"),
        ],
        "a b",
        [
            "its BGP identifier is lower: 192.0.2.1 against 192.0.2.2",
            "its BGP identifier is higher: 192.0.2.2 against 192.0.2.1",
        ],
    ),
    (
        "the neighbour is the first AS of the path, whatever the rest is",
        [path("a", (65001, 65003), med=50), path("b", (65001, 65004), med=10)],
        "b a",
        [
            "its MED is lower: 10 against 50 from the same AS",
            "its MED is higher: 50 against 10 from the same AS",
        ],
    ),
    (
        "inside paths that begin here or with a set count as the own AS's",
        [
            path("a", (frozenset({65003, 65004}),), med=50, external=False),
            path("b", (frozenset({65005, 65006}),), med=10, external=False),
        ],
        "b a",
        [
            "its MED is lower: 10 against 50 from the same AS",
            "its MED is higher: 50 against 10 from the same AS",
        ],
    ),
    (
        "the MED comes before external over internal",
        [path("a", med=20), path("b", med=10, external=False)],
        "b a",
        [
            "its MED is lower: 10 against 20 from the same AS",
            "its MED is higher: 20 against 10 from the same AS",
        ],
    ),
    (
        "an external peer comes before an internal one",
        [path("a", external=False), path("b")],
        "b a",
        [
            "its peer is preferred: external against internal",
            "its peer is less preferred: internal against external",
        ],
    ),
    (
        "external over internal comes before the IGP cost",
        [path("a", external=False, igp_cost=1), path("b", igp_cost=10)],
        "b a",
        [
            "its peer is preferred: external against internal",
            "its peer is less preferred: internal against external",
        ],
    ),
    (
        "a lower IGP cost wins",
        [path("a", igp_cost=10), path("b", igp_cost=1)],
        "b a",
        ["its IGP cost is lower: 1 against 10", "its IGP cost is higher: 10 against 1"],
    ),
    (
        "the IGP cost comes before the BGP identifier",
        [path("a", igp_cost=10, router_id="192.0.2.1"), path("b", router_id="192.0.2.2")],
        "b a",
        ["its IGP cost is lower: 0 against 10", "its IGP cost is higher: 10 against 0"],
    ),
    (
        "BGP identifiers are numbers: .9 comes before .10",
        [path("a", router_id="192.0.2.10"), path("b", router_id="192.0.2.9")],
        "b a",
        [
            "its BGP identifier is lower: 192.0.2.9 against 192.0.2.10",
            "its BGP identifier is higher: 192.0.2.10 against 192.0.2.9",
        ],
    ),
    (
        "the BGP identifier comes before the peer's address",
        [
            path("a", router_id="192.0.2.2", peer="198.51.100.1"),
            path("b", router_id="192.0.2.1", peer="198.51.100.2"),
        ],
        "b a",
        [
            "its BGP identifier is lower: 192.0.2.1 against 192.0.2.2",
            "its BGP identifier is higher: 192.0.2.2 against 192.0.2.1",
        ],
    ),
    (
        "the lowest address of a peer decides between two sessions with one router",
        [path("a", peer="198.51.100.10"), path("b", peer="198.51.100.9")],
        "b a",
        [
            "its peer's address is lower: 198.51.100.9 against 198.51.100.10",
            "its peer's address is higher: 198.51.100.10 against 198.51.100.9",
        ],
    ),
    (
        "what holds out longer comes first among the losers",
        [
            path("a", local_preference=50),
            path("b", (65001, 65003)),
            path("c", med=7),
            path("d"),
            path("e", igp_cost=3),
        ],
        "d e c b a",
        [
            "its IGP cost is lower: 0 against 3",
            "its IGP cost is higher: 3 against 0",
            "its MED is higher: 7 against 0 from the same AS",
            "its AS path is longer: 2 against 1",
            "its local preference is lower: 50 against 100",
        ],
    ),
    (
        "a path through one's own AS is a loop, however good it looks",
        [path("a", (65001, OWN), local_preference=900), path("b", (65002, 65003, 65004))],
        "b a",
        ["it is the only path", "AS 65000 is in its AS path already: a loop"],
    ),
    (
        "one's own AS in a set is a loop too",
        [path("a", (65001, frozenset({65003, OWN}))), path("b", (65002, 65003, 65004))],
        "b a",
        ["it is the only path", "AS 65000 is in its AS path already: a loop"],
    ),
]


@pytest.mark.parametrize(
    ("paths", "order", "reasons"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_a_case_worked_by_hand(paths, order, reasons) -> None:
    choice = best(paths, OWN)
    assert names(choice) == order
    assert [judged.reason for judged in choice.candidates] == reasons
    assert choice.best == choice.candidates[0].path
    assert choice.equal_cost == (choice.best,)


# Better in one step, worse in every later one: (for the left path, for the right path).
LADDER = [
    {"local_preference": (200, 100)},
    {"as_path": ((65001,), (65001, 65001))},
    {"origin": (IGP, EGP)},
    {"med": (1, 2)},
    {"external": (True, False)},
    {"igp_cost": (1, 2)},
    {"router_id": (IPv4Address(1), IPv4Address(2))},
    {"peer": (IPv4Address(1), IPv4Address(2))},
    {"via": ("a", "b")},
]


@pytest.mark.parametrize("place", range(len(LADDER)), ids=[step.what for step in STEPS])
def test_each_step_comes_before_all_that_follow(place) -> None:
    left, right = path("x"), path("y")
    for later, step in enumerate(LADDER[place:]):
        ((name, (good, bad)),) = step.items()
        left = replace(left, **{name: bad if later else good})
        right = replace(right, **{name: good if later else bad})
    choice = best([right, left], OWN)
    assert choice.best == left
    assert STEPS[place].what in choice.candidates[0].reason


def test_three_paths_can_beat_each_other_in_a_circle() -> None:
    """Why a MED is no number to sort by: a beats b, b beats c, c beats a."""
    a = path("a", (65001,), med=20, router_id="192.0.2.1")
    b = path("b", (65002,), med=0, router_id="192.0.2.2")
    c = path("c", (65001,), med=10, router_id="192.0.2.3")
    assert best([a, b], OWN).best == a
    assert best([b, c], OWN).best == b
    assert best([c, a], OWN).best == c
    # All three: a falls to c by MED, then c to b by its identifier.
    choice = best([a, b, c], OWN)
    assert names(choice) == "b c a"
    assert choice.candidates[2].reason == "its MED is higher: 20 against 10 from the same AS"


def test_a_path_that_goes_can_change_the_choice_between_two_others() -> None:
    a = path("a", (65001,), med=20, router_id="192.0.2.1")
    b = path("b", (65002,), med=0, router_id="192.0.2.2")
    c = path("c", (65001,), med=10, router_id="192.0.2.3")
    assert best([a, b, c], OWN).best == b
    assert best([a, b], OWN).best == a


def test_no_path_and_only_loops_leave_nothing_to_choose() -> None:
    assert best([], OWN) == Choice((), None, ())
    choice = best([path("a", (OWN,))], OWN)
    assert (choice.best, choice.equal_cost) == (None, ())
    assert not choice.candidates[0].eligible


def test_multipath_shares_down_to_the_igp_cost_whatever_the_paths_go_through() -> None:
    """As FRR with multipath-relax and BIRD with merge paths were seen to do (MED 50 and 10)."""
    a = path("a", (65001, 65003), med=50, router_id="192.0.2.2", peer="192.0.2.2")
    b = path("b", (65002, 65004), med=10, router_id="192.0.2.1", peer="192.0.2.1")
    choice = best([a, b], OWN, multipath=True)
    assert choice.equal_cost == (b, a)
    assert choice.best == b
    why = "it ties with the best down to the IGP cost, so it carries a share"
    assert choice.candidates[1].reason == why


@pytest.mark.parametrize(
    "worse",
    [
        {"local_preference": 90},
        {"as_path": (65001, 65001)},
        {"origin": EGP},
        {"med": 1},
        {"external": False},
        {"igp_cost": 1},
        {"as_path": (65001, OWN)},
    ],
    ids=str,
)
def test_multipath_shares_with_no_path_that_is_worse(worse) -> None:
    a, b, c = path("a"), path("b"), replace(path("c"), **worse)
    assert best([c, b, a], OWN, multipath=True).equal_cost == (a, b)


def test_prepending_moves_the_traffic_and_nothing_else_does_need_to_change() -> None:
    a = path("a", (65001,), router_id="192.0.2.1")
    b = path("b", (65001,), router_id="192.0.2.2")
    assert best([a, b], OWN).best == a
    longer = replace(a, as_path=prepended(a.as_path, 65001, 1))
    assert best([longer, b], OWN).best == b
    assert prepended((65001,), 65001, 0) == (65001,)


def test_a_path_is_not_shortened() -> None:
    with pytest.raises(InputError, match="times: -1 is negative"):
        prepended((65001,), 65001, -1)


def test_a_choice_is_about_one_prefix_and_one_path_a_session() -> None:
    other = replace(path("b"), prefix=ip_network("10.2.0.0/16"))
    with pytest.raises(InputError, match="different prefixes"):
        best([path("a"), other], OWN)
    with pytest.raises(InputError, match="over one session"):
        best([path("a"), path("a", med=1)], OWN)


few = st.integers(1, 3)
asn = st.integers(65000, 65003)
paths = st.lists(
    st.builds(
        path,
        st.text("abcdefgh", min_size=1, max_size=2),
        st.lists(asn | st.frozensets(asn, min_size=1), max_size=3).map(tuple),
        router_id=few,
        peer=few,
        med=few,
        origin=st.sampled_from(Origin),
        local_preference=st.sampled_from([100, 100, 100, 200]),
        external=st.booleans(),
        igp_cost=few,
    ),
    max_size=7,
    unique_by=lambda made: made.via,
)


@given(paths.flatmap(lambda made: st.tuples(st.just(made), st.permutations(made))), st.booleans())
def test_the_order_in_which_paths_came_makes_no_difference(both, multipath) -> None:
    made, shuffled = both
    assert best(made, OWN, multipath=multipath) == best(shuffled, OWN, multipath=multipath)


@given(paths)
def test_the_best_is_what_the_pseudo_code_of_the_rfc_leaves(made) -> None:
    """9.1.2.2 once more, naively: each step removes from the list what some other path beats."""
    left = [p for p in made if OWN not in p.as_path]
    left = [p for p in left if not any(OWN in s for s in p.as_path if isinstance(s, frozenset))]
    ranks = [
        lambda p: -p.local_preference,
        lambda p: len(p.as_path),
        lambda p: int(p.origin),
        None,
        lambda p: 0 if p.external else 1,
        lambda p: p.igp_cost,
        lambda p: int(p.router_id),
        lambda p: int(p.peer),
        lambda p: p.via,
    ]

    def neighbour(p: Path) -> int:
        return p.as_path[0] if p.as_path and isinstance(p.as_path[0], int) else OWN

    for rank in ranks:
        for m in list(left):
            if rank:
                beaten = any(rank(n) < rank(m) for n in left)
            else:
                beaten = any(neighbour(n) == neighbour(m) and n.med < m.med for n in left)
            if beaten:
                left.remove(m)
    assert [best(made, OWN).best] == (left or [None])


@given(paths)
def test_every_path_is_judged_once_and_sharing_never_changes_the_best(made) -> None:
    one, many = best(made, OWN), best(made, OWN, multipath=True)
    assert sorted(j.path.via for j in one.candidates) == sorted(p.via for p in made)
    assert one.best == many.best
    assert set(one.equal_cost) <= set(many.equal_cost)
    assert names(one) == names(many)
