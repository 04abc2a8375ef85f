"""A client's people in and out: files become a plan, a plan becomes one change; charts become CSV.

The way of a file: bytes (`reading`) → rows of cells (`tables`) → what each row says (`entries`) →
positions and who reports to whom (`posts`, `linking`) → which of ours they are (`matching`,
`somebodies`) → the chart as it will be (`assembling`) → facts (`differences`).
"""
