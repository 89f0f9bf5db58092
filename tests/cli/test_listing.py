"""The command that lists what there is."""

from playground.cli import listing
from tests.cli.conftest import Playground


def test_list_has_each_choice_with_its_sentence(playground: Playground) -> None:
    shown = playground("list").out
    answer = playground("list", "--json").json
    assert set(answer) == set(listing.GROUPS)
    for key, (_title, group) in listing.GROUPS.items():
        assert [it["name"] for it in answer[key]] == list(group)
        for it in answer[key]:
            assert it["sentence"].endswith((".", "?"))
            assert f"  {it['name']} " in shown
            assert it["sentence"] in shown
