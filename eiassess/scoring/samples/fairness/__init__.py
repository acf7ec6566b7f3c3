"""Sums of voluntary answers: groups counted, compared in score and by stage, and nothing of a few people.

What is made here is kept and shown as it is: nothing finer goes out. Only tables of Local Law 144 show small groups.
"""
