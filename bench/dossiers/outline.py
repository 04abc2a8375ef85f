"""The words around the figures of dossiers."""

from bench.report import Outline

_ABOUT = """\
Written by `make bench-dossiers`; changes made by hand are lost with the next run.

Charts are made up, the same for every run: eight reports to a manager, nine of ten positions held,
every fifth holder judged, some dotted lines, influences and acquaintances. Server times are those
of one client over loopback HTTP with keep-alive, signed in as a director, asked in turn; looks
are written into the history as always. "After a change" is the first read after an edit, for which
the whole chart is read from the database; "again" is every other. A move is one edit through the
API, sent to answered: checks, facts, history, search and commit. The browser is a headless Chromium
with an empty cache on the same machine, 1440 × 900; drawn means painted. Imports are processes of
their own, start included. Questions are asked to random dossiers (moves, appointments, removals,
corrections of the past, changes taken back), about any day as known at any moment, and compared
with a plain memory of every single day; after every deed all believed rows are looked through for
circles, double answers, and what hangs on a position that is not there. A figure in bold misses its
aim.

Paths: a client of 700 positions with a confirmed path of 30 steps, 200 finished runs of some 50
events each, all kept forecasts and lessons. A move is the service and its commit, with comparing,
learning and forecasting. For the calibration 300 made-up clients decide by times of their own,
which their paths name rightly or wrong (by a factor of 1.6 as often as not); the range from one to
nine of ten walks should hold eight of ten signatures. Planted deviations are those of
bench/dossiers/walks.py in runs of random paths; a lesson is found when accepting it makes the
wrong path the true one. Proposed paths are made from 40 runs each under which nothing was written,
and checked on 20 others.

Pulling: a Tryton 8.2 server on SQLite beside the wiki, over loopback; opportunities of two lines,
half of which came on to another stage. The first visit reads them with their history and looks for
deleted ones; most of the time is Tryton's.
"""
OUTLINE = Outline(
    "Benchmark of dossiers",
    _ABOUT,
    {
        "chart": "The chart as JSON, through the server",
        "move": "A position moved under another manager, saved",
        "drawing": "The chart in the browser",
        "changes": "The list of changes between two days",
        "import": "A file of people into an empty dossier",
        "questions": "Questions to random dossiers",
        "answer": "Who must sign, and by when, through the server",
        "simulation": "The forecast of a signature by simulation",
        "path-page": "Pages of a path with many finished runs, through the server",
        "finish": "Moving a step, and ending a run, among finished runs",
        "planted": "Known deviations in random runs, and known mistakes in paths, found again",
        "discovery": "Paths proposed from random runs",
        "pulling": "Opportunities pulled from a real Tryton server on the same machine",
        "calibration": "Whether signatures fall into the forecast range, on made-up clients",
    },
    "positions",
)
