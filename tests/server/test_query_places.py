"""Cheap queries find a place, whatever the others do."""

import threading
import time
from collections.abc import Callable

import pytest

from server.query_places import NoPlace, Places, Turn


def places(**changes: float) -> Places:
    """Two fresh and two long places; a slice of no time at all, so that every query at work is a long one."""
    settings = {"places": 2, "queue": 8, "slice_": 0.0, "patience": 5.0, **changes}
    return Places(**settings)  # type: ignore[arg-type]


def waiting(enter: Callable[[], Turn]) -> tuple[threading.Thread, list[Turn | NoPlace]]:
    """Enter in a thread; what comes of it is in the list once the thread has ended."""
    result: list[Turn | NoPlace] = []

    def go() -> None:
        try:
            result.append(enter())
        except NoPlace as error:
            result.append(error)

    thread = threading.Thread(target=go)
    thread.start()
    return thread, result


def queue(
    found: Places, *texts: str, client: str = ""
) -> list[tuple[threading.Thread, list[Turn | NoPlace]]]:
    """Have queries wait, one after the other."""
    out = []
    for text in texts:
        before = len(found._waiting)
        out.append(waiting(lambda text=text: found.enter(text, client)))  # type: ignore[misc]
        while len(found._waiting) == before:
            threading.Event().wait(0.001)
    return out


def test_a_query_starts_in_a_fresh_place() -> None:
    """And gives it back."""
    found = places()
    turn = found.enter("a")
    assert (turn.place, found.count("fresh")) == ("fresh", 1)
    found.leave(turn)
    assert found.count("fresh") == 0


def test_a_long_query_makes_room() -> None:
    """When its slice is over it moves to a long place, and the fresh one is free."""
    found = places()
    turn = found.enter("a")
    assert found.review(turn)
    assert (turn.place, found.count("fresh"), found.count("long")) == ("long", 0, 1)
    assert not found.review(turn)


def test_within_its_slice_a_query_stays() -> None:
    """Nothing moves before the slice is over."""
    found = places(slice_=60)
    turn = found.enter("a")
    assert not found.review(turn)
    assert turn.place == "fresh"


def test_a_long_query_without_room_stays_while_nobody_waits() -> None:
    """And is ended as soon as a fresh query waits."""
    found = places()
    turns = [found.enter(text) for text in "ab"]
    assert all(found.review(turn) for turn in turns)
    stayers = [found.enter(text) for text in "cd"]
    assert not any(found.review(turn) for turn in stayers)
    ((thread, result),) = queue(found, "cheap")
    with pytest.raises(NoPlace, match="others wait"):
        found.review(stayers[0])
    found.leave(stayers[0])
    thread.join()
    assert isinstance(result[0], Turn)


def test_a_slow_text_is_remembered() -> None:
    """What overstayed once goes to a long place from the start, however it is laid out."""
    found = places(slice_=0.01)
    turn = found.enter("SELECT  *\n{ }")
    while not found.review(turn):
        threading.Event().wait(0.005)
    threading.Event().wait(0.01)
    found.leave(turn)
    assert found.enter("SELECT * { }").place == "long"
    assert found.enter("ASK {}").place == "fresh"


def test_a_slow_text_that_is_quick_is_forgotten() -> None:
    """A slow text that ends within its slice is a fresh one again."""
    found = places(slice_=60)
    found._slow["a"] = None
    turn = found.enter("a")
    assert turn.place == "long"
    found.leave(turn)
    assert found.enter("a").place == "fresh"


def test_slow_texts_leave_the_last_fresh_place() -> None:
    """However many slow queries come, a quick one finds a place."""
    found = places()
    found._slow["slow"] = None
    assert [found.enter("slow").place for _ in range(3)] == ["long", "long", "fresh"]
    ((thread, _),) = queue(found, "slow")
    quick = found.enter("quick")
    assert quick.place == "fresh"
    found.leave(quick)
    found.leave(next(iter(found._taken["long"])))
    thread.join()


def test_the_last_to_come_goes_first() -> None:
    """Of those that wait, the newest gets the next place."""
    found = places()
    taken = [found.enter(text) for text in "ab"]
    (first, first_result), (second, second_result) = queue(found, "first", "second")
    found.leave(taken[0])
    second.join()
    assert second_result
    assert not first_result
    found.leave(taken[1])
    first.join()


def test_a_client_with_nothing_at_work_goes_first() -> None:
    """A client that floods the server waits behind one that asks once."""
    found = places()
    taken = [found.enter(text, "flood") for text in "ab"]
    ((quiet, quiet_result),) = queue(found, "quiet", client="quiet")
    ((flood, flood_result),) = queue(found, "more", client="flood")
    found.leave(taken[0])
    quiet.join()
    assert quiet_result
    assert not flood_result
    found.leave(taken[1])
    flood.join()


def test_a_full_queue() -> None:
    """Where too many wait, the answer comes at once."""
    found = places(places=1, queue=0)
    found.enter("a")
    with pytest.raises(NoPlace, match="too many"):
        found.enter("b")


def test_patience_ends() -> None:
    """A query that waits for too long is told so, and waits no longer."""
    found = places(places=1, patience=0.01)
    found.enter("a")
    with pytest.raises(NoPlace, match="in time"):
        found.enter("b")
    assert not found._waiting


def test_who_fills_the_queue_keeps_itself_out() -> None:
    """Past the limit the last comer of the client with most queries waiting is sent away, nobody else."""
    places = Places(places=1, queue=2, slice_=10, patience=5)
    at_work = places.enter("first", "greedy")
    outcome: dict[str, str] = {}

    def wait(name: str, client: str) -> None:
        try:
            places.leave(places.enter(name, client))
            outcome[name] = "served"
        except NoPlace:
            outcome[name] = "sent away"

    threads = []
    for name, client in (("greedy 1", "greedy"), ("greedy 2", "greedy"), ("modest", "modest")):
        thread = threading.Thread(target=wait, args=(name, client))
        thread.start()
        threads.append(thread)
        deadline = time.monotonic() + 5
        while places.waiting() + len(outcome) < len(threads):
            assert time.monotonic() < deadline
            time.sleep(0.005)
    places.leave(at_work)
    for thread in threads:
        thread.join()
    assert outcome == {"greedy 1": "served", "greedy 2": "sent away", "modest": "served"}


def test_the_last_place_is_kept_from_who_overstays() -> None:
    """A client with a long query gets all fresh places but one; another finds that one free at once."""
    places = Places(places=2, queue=8, slice_=0.01, patience=0.05)
    slow = places.enter("slow", "hostile")
    time.sleep(0.02)
    assert places.review(slow)
    assert places.enter("next", "hostile").place == "fresh"
    with pytest.raises(NoPlace):
        places.enter("one too many", "hostile")
    assert places.enter("cheap", "other").place == "fresh"
