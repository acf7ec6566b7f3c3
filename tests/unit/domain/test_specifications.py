from eiassess.domain.specifications import CountRule, Facet
from tests.assembling import make_pool, make_specification
from tests.builders import make_scenario


def test_a_rule_covers_scenarios_that_have_all_its_values() -> None:
    scenario = make_scenario(style="warm")
    assert CountRule({Facet.CHANNEL: "phone", Facet.STYLE: "warm"}).covers(scenario)
    assert not CountRule({Facet.CHANNEL: "phone", Facet.STYLE: "direct"}).covers(scenario)
    assert Facet.STYLE.of(make_scenario()) is None
    assert Facet.KIND.of(scenario) == "responses"


def test_length_and_seconds() -> None:
    assert make_specification(3).length == 24
    pool = make_pool([make_scenario()])
    assert pool.seconds(pool.scenarios[0]) == pool.form.expected_seconds(pool.scenarios)
