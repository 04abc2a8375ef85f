"""People and clients that stand in the wiki twice: found by rules, merged by a person.

`names` and `pairs` are rules over plain values; `finding` reads what they need; `people` and
`clients` merge, each in one change that can be taken back; `apart` remembers who is not the same.
"""
