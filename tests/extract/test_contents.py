"""What a verb says, by its frames: a passage for every row of the lexicon that the verbs use."""

from __future__ import annotations

import pytest

from dateline.extract.contents import PREPOSITIONS
from sayings import by_cue, said

FRAMES = [
    ("infinitive", "The junta vowed to expel the trainers.", "vowed", "The junta", "to expel the trainers"),
    ("infinitive", "Chad refused to open its airspace.", "refused", "Chad", "to open its airspace"),
    ("infinitive", "The militia claims to control the mine.", "claims", "The militia", "to control the mine"),
    ("told_to", "The minister urged Bamako to leave the camp.", "urged", "The minister", "Bamako to leave the camp"),
    ("told_to", "The UN called on the rebels to free the nurses.", "called", "The UN", "the rebels to free the nurses"),
    ("told_to", "The envoy pleaded with the rebels to leave.", "pleaded", "The envoy", "the rebels to leave"),
    ("told_to", "Villagers were ordered by the army to leave.", "were ordered", "the army", "to leave"),
    ("object", "The African Union condemned the raid.", "condemned", "The African Union", "the raid"),
    ("object", "Berlin denounced the raid as piracy.", "denounced", "Berlin", "the raid as piracy"),
    ("object", "The president called the rebels bandits.", "called", "The president", "the rebels bandits"),
    ("object", "Niger accused Benin of arming rebels.", "accused", "Niger", "Benin of arming rebels"),
    ("object", "The raid was condemned by the African Union.", "was condemned", "the African Union", "The raid"),
    (
        "object",
        "The video showed the column in retreat.",
        "showed",
        "The video",
        "the column in retreat",
    ),
    ("of", "The bishop spoke of a massacre.", "spoke", "The bishop", "a massacre"),
    ("for", "The bishop called for a pause.", "called", "The bishop", "a pause"),
    ("about", "The mayor complained about the patrols.", "complained", "The mayor", "the patrols"),
    ("on", "The spokesman commented on the raid.", "commented", "The spokesman", "the raid"),
    ("to", "The envoy alluded to a secret deal.", "alluded", "The envoy", "a secret deal"),
    ("with", "The minister disagreed with the report.", "disagreed", "The minister", "the report"),
    ("against", "The bishop warned against a new war.", "warned", "The bishop", "a new war"),
    ("at", "The junta scoffed at the ultimatum.", "scoffed", "The junta", "the ultimatum"),
    ("in", "The general believes in the truce.", "believes", "The general", "the truce"),
    ("over", "Diplomats worried over the delay.", "worried", "Diplomats", "the delay"),
    ("as", "The bishop was hailed as a saint.", "was hailed", "", "a saint"),
    ("held_of", "The column is expected to reach Gao.", "is expected", "", "The column … to reach Gao"),
    ("held_of", "The militia is seen as weak.", "is seen", "", "The militia … as weak"),
    ("held_of", "It is believed that the hostages are alive.", "is believed", "", "that the hostages are alive"),
    ("seeming", "The garrison seems to have left.", "seems", "", "The garrison … to have left"),
    ("seeming", "It appears that the garrison has left.", "appears", "", "that the garrison has left"),
]
NOTHING_SAID = [
    "The patrol left the base on Friday.",
    "The general made a bridge of wood.",
    "The general said.",
    "He said so.",
    "The ambassador was told of a plot against him.",
]


@pytest.mark.parametrize(("frame", "text", "cue", "source", "content"), FRAMES)
def test_frames(frame: str, text: str, cue: str, source: str, content: str) -> None:
    one = by_cue(said(text), cue)
    assert (one.frame, one.source, one.content) == (frame, source, content)


@pytest.mark.parametrize("text", NOTHING_SAID)
def test_where_nothing_is_said(text: str) -> None:
    assert said(text) == ()


def test_what_follows_a_picture_belongs_to_it() -> None:
    one = by_cue(said("The video shows soldiers in retreat, with the rebels close behind."), "shows")
    assert one.content == "soldiers in retreat … with the rebels close behind"


def test_every_frame_has_a_passage() -> None:
    shown = {row[0] for row in FRAMES}
    assert {"infinitive", "told_to", "object", "held_of", "seeming", *PREPOSITIONS} <= shown
