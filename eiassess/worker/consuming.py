"""A worker that runs until it is stopped: huey's dispatch and schedule, and a way to end that loses nothing."""

import os
import signal
import threading
from collections.abc import Callable
from types import FrameType

from huey.consumer import Consumer

from eiassess.worker.queue import WakeQueue

SLOWEST_LOOK = 1.0
"""Seconds between looks into a queue that cannot call."""
Work = Callable[[Callable[[], bool]], None]


def consume(open_queue: Callable[[Callable[[], None]], WakeQueue], work: Work, *, watched: bool = False) -> None:
    """Do the work whenever somebody wakes us, and every minute, until SIGINT or SIGTERM; what is under way is finished.

    Parameters
    ----------
    open_queue
        Opens the queue for what is to be done at each wake-up.
    work
        Does all that is due; it is given a function that says whether to stop.
    watched
        Whether to end when the process that started this one has.
    """
    parent = os.getppid() if watched else None
    stopped = threading.Event()
    queue = open_queue(lambda: work(stopped.is_set))
    # One thread: the work of a process is done one after the other, and more is done by more processes
    consumer = Consumer(queue.huey, workers=1, max_delay=SLOWEST_LOOK)
    consumer.start()
    _stop_on_signals(stopped)
    queue.wake()
    _wait(consumer, stopped, parent)
    consumer.stop(graceful=True)
    queue.close()


def _stop_on_signals(stopped: threading.Event) -> None:
    """End by finishing what is under way, whichever signal asks: huey by itself would break off at SIGTERM."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def _wait(consumer: Consumer, stopped: threading.Event, parent: int | None) -> None:
    while not stopped.wait(1):
        consumer.check_worker_health()
        if parent is not None and os.getppid() != parent:
            stopped.set()
