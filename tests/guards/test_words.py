"""Every sentence of the interface is there in Russian."""

import re

from make import words


def test_every_sentence_is_translated() -> None:
    assert [message.id for message in words.lacking(words.merged())] == []


def test_the_catalogue_holds_just_the_sentences_that_the_sources_say() -> None:
    assert words.as_text(words.merged()) == words.PO.read_bytes()


def test_every_translation_keeps_the_named_places_of_its_sentence() -> None:
    places = re.compile(r"%\(\w+\)[sd]")
    wrong = []
    for message in words.merged():
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        wanted = set(places.findall(" ".join(ids)))
        wrong += [text for text in texts if message.id and not set(places.findall(text)) <= wanted]
    assert wrong == []
