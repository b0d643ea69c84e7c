"""Generators about what happens when things fail: BGP, failover, availability."""

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.surviving.availability_chain import AVAILABILITY_CHAIN
from vpnedu.quiz.generators.surviving.availability_pair import AVAILABILITY_PAIR
from vpnedu.quiz.generators.surviving.bgp_path import BGP_PATH
from vpnedu.quiz.generators.surviving.bgp_prepend import BGP_PREPEND
from vpnedu.quiz.generators.surviving.common_cause import COMMON_CAUSE
from vpnedu.quiz.generators.surviving.downtime_a_year import DOWNTIME_A_YEAR
from vpnedu.quiz.generators.surviving.hold_time import HOLD_TIME
from vpnedu.quiz.generators.surviving.outage_seconds import OUTAGE_SECONDS
from vpnedu.quiz.generators.surviving.state_after import STATE_AFTER
from vpnedu.quiz.generators.surviving.weakest_link import WEAKEST_LINK
from vpnedu.quiz.generators.surviving.where_seconds_go import WHERE_SECONDS_GO
from vpnedu.quiz.generators.surviving.which_design_survives import WHICH_DESIGN_SURVIVES
from vpnedu.quiz.generators.surviving.which_fault_survives import WHICH_FAULT_SURVIVES
from vpnedu.quiz.generators.surviving.which_lever import WHICH_LEVER

GENERATORS: tuple[Generator, ...] = (
    BGP_PATH,
    BGP_PREPEND,
    HOLD_TIME,
    OUTAGE_SECONDS,
    WHERE_SECONDS_GO,
    STATE_AFTER,
    WHICH_FAULT_SURVIVES,
    WHICH_DESIGN_SURVIVES,
    WHICH_LEVER,
    AVAILABILITY_CHAIN,
    AVAILABILITY_PAIR,
    DOWNTIME_A_YEAR,
    WEAKEST_LINK,
    COMMON_CAUSE,
)
