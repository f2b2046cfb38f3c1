"""Answers questions about sources, one JSON object a line: {"do": "judge" | "rewrite" | "check", …}."""

import json
import signal
import sys

sys.setrecursionlimit(100_000)

from arrays import NoValue
from judge import Case, Misprint, Place
from read import Unreadable


class Late(Exception):
    pass


def late(*_):
    raise Late()


signal.signal(signal.SIGVTALRM, late)


def within(seconds, f, *args):
    """f, for so many seconds of this process's own time."""
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        return f(*args)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def judge(q):
    try:
        case = Case(q["source"], q["shapes"], q["name"], q["derivative"], q["seed"])
        derivative = within(q["seconds"], case.differences)
    except Misprint as e:
        return {"derivative": ("wrong", str(e)), "verdicts": [("unreadable", "")] * len(q["claims"])}
    except Unreadable as e:
        return {"unreadable": str(e)}
    except Late:
        return {"unreadable": "too slow"}
    verdicts = []
    for claim in q["claims"]:
        try:
            verdicts.append(within(q["seconds"], case.judge, claim))
        except Unreadable as e:
            verdicts.append(("unreadable", str(e)))
        except Late:
            verdicts.append(("late", ""))
        except Exception as e:  # A fault of this program: the test fails and shows it.
            verdicts.append(("crash", repr(e)))
    return {"derivative": derivative, "verdicts": verdicts}


def at(q):
    case = Case(q["source"], q["shapes"], q["name"], q["derivative"], 0)
    try:
        return {"differs": within(q["seconds"], case.judge_at, q["claim"], Place(q["at"], q["sizes"]))}
    except (Unreadable, Late):
        return {"differs": ""}


def rewrite(q):
    from rewrite import rewritings

    try:
        return {"texts": rewritings(q["text"], lambda f: within(q["seconds"], f), Late)}
    except (Unreadable, NoValue):
        return {"texts": []}


def check(_):
    from selfcheck import failures

    return {"failures": failures()}


for line in sys.stdin:
    question = json.loads(line)
    answer = {"judge": judge, "at": at, "rewrite": rewrite, "check": check}[question["do"]](question)
    print(json.dumps({"id": question["id"], **answer}), flush=True)
