"""One stream for each purpose: what one draws never disturbs another."""

from playground.data.random_streams import sample_stream, split_stream


def test_a_seed_gives_the_same_numbers_again_and_each_stream_its_own() -> None:
    streams = [sample_stream(7), sample_stream(7), split_stream(7), sample_stream(8)]
    first, again, split, other = (stream.random(4).tolist() for stream in streams)
    assert first == again
    assert first != split
    assert first != other
