"""Portions of a log are worked out ahead: in order, never more than one, with their faults in their place."""

from threading import Event, current_thread

import pytest

from plugins.queueing.logs.ahead import ahead


def test_items_come_in_order_from_another_thread_and_one_is_worked_out_meanwhile():
    begun = [Event() for _ in range(4)]
    threads = set()

    def items():
        for place, event in enumerate(begun):
            threads.add(current_thread())
            event.set()
            yield [place]

    coming = ahead(items())
    assert next(coming) == [0]
    # Nobody has asked for it yet.
    assert begun[1].wait(10)
    assert not begun[2].is_set()
    assert list(coming) == [[1], [2], [3]]
    assert (len(threads), current_thread() in threads) == (1, False)


def test_what_goes_wrong_is_raised_after_what_came_before():
    def items():
        yield [1]
        raise ValueError("line 2")

    coming = ahead(items())

    assert next(coming) == [1]
    with pytest.raises(ValueError, match="line 2"):
        next(coming)


def test_nothing_goes_on_when_nobody_takes_any_more():
    made = []

    def items():
        for place in range(100):
            made.append(place)
            yield [place]

    coming = ahead(items())
    next(coming)
    coming.close()

    assert len(made) == 2
