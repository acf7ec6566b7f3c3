#!/usr/bin/env bash
# A huey task that was given a name is still found by its module too.
#
# One would guess: huey.task(name="work")(function) is the task "work", whichever module wraps it, so that a web process and a
#   worker that both name it so mean the same task.
# What is true (huey 3.5.4): it is registered as "<module of the function>.work". A process that wraps another function, of
#   another module, under the same name asks for a task that the worker does not know: the message is taken off the queue, the
#   worker's log says that the task was not found, and nothing is run.
# Why it matters here: the web process only wakes, the worker only works, so each had a function of its own under one agreed
#   name, and no wake-up ever arrived; the mails went out by the sweep, a minute late. Both now wrap the same function.
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet huey==3.5.4
printf 'def wake():\n    return "web"\n' >"$room/asking.py"
printf 'def wake():\n    return "worker"\n' >"$room/working.py"
cd "$room"
"$room/venv/bin/python" - <<'PYTHON'
import sys

import asking
import huey
import working
from huey.exceptions import HueyException

print("huey", huey.__version__)
web, worker, same = (huey.SqliteHuey("q", filename="queue.db") for _ in range(3))
task = web.task(name="work")(asking.wake)
worker.task(name="work")(working.wake)
same.task(name="work")(asking.wake)
names = [next(iter(each._registry._registry)) for each in (web, worker)]
print("one name in two processes:", names)


def found_by(other):
    task()
    try:
        return other.dequeue() is not None
    except HueyException as error:
        print("the worker says:", error)
        return False


answers = [found_by(worker), found_by(same)]
print("found by the worker with a function of its own:", answers[0], "- with the same function:", answers[1])
sys.exit(not (names == ["asking.work", "working.work"] and answers == [False, True]))
PYTHON
