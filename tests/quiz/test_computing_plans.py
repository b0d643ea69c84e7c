"""Answers about address plans, as the bank asks for them."""

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.quiz.computing import computed


def words(by: str, **inputs: object) -> dict[str, str]:
    return computed(by, inputs, lambda *_: "")


def test_a_block_is_found_behind_what_is_taken_or_not_at_all() -> None:
    taken = ["10.1.0.0/24", "10.1.1.0/25"]
    found = words("free-block", space="10.1.0.0/22", taken=taken, length=27)
    assert found == {"answer": "10.1.1.128/27", "first": "10.1.1.128", "last": "10.1.1.159"}
    full = words("free-block", space="10.1.0.0/24", taken=["10.1.0.0/16"], length=27)
    assert full["answer"] == "none"


@pytest.mark.parametrize(("machines", "length"), [(123, "25"), (124, "24"), (251, "24"), (3, "29")])
def test_the_smallest_block_has_room_for_all_and_half_of_it_has_not(machines, length) -> None:
    found = words("smallest-block", machines=machines, kept=5)
    assert found["answer"] == length
    assert int(found["usable"]) >= machines > int(found["addresses"]) // 2 - 5


def test_a_plan_s_findings_are_named_in_order_and_a_clean_one_has_none() -> None:
    sizes = {"longest": 27, "gateway": "GatewaySubnet", "smallest": 29, "kept": 5}
    rows = [["space", "", "10.1.0.0/22"], ["subnet", "GatewaySubnet", "10.1.0.0/28"]]
    found = words("plan-findings", rows=[*rows, ["site", "", "9.0.0.0/8"]], **sizes)
    assert (found["answer"], found["count"]) == ("gateway-small, public", "2")
    assert words("plan-findings", rows=rows, **(sizes | {"longest": 28}))["answer"] == "none"


def test_what_is_needed_at_least_is_rounded_up_and_exact_where_it_fits() -> None:
    assert words("at-least", need=10000, each=2300)["answer"] == "5"
    assert words("at-least", need="1.2", each="0.4")["answer"] == "3"
    with pytest.raises(InputError, match="adds up to nothing"):
        words("at-least", need=1, each=0)


def test_a_prefix_with_host_bits_is_an_error_that_names_the_calculation() -> None:
    with pytest.raises(InputError, match="free-block"):
        words("free-block", space="10.1.0.4/22", taken=[], length=27)
