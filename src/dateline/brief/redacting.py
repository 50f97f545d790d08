"""What is asked to be left out of a brief, taken out of every value of it that words of a report can be in."""

from __future__ import annotations

from dataclasses import replace

from dateline.brief.model import Brief, Cited, Group, Reference, Section, Sentence
from dateline.brief.values import Part, Party, Value, Voices, Words
from dateline.export.redaction import NOTHING, Redactor


def redacted(brief: Brief, redactor: Redactor) -> Brief:
    """The brief without what a redaction takes out; ids become those that exports of this redaction have."""
    if redactor.redaction == NOTHING:
        return brief
    return replace(
        brief,
        asked=replace(brief.asked, force=None if brief.asked.force is None else redactor.words(brief.asked.force)),
        sections=tuple(_section(one, redactor) for one in brief.sections),
        references=tuple(_reference(one, redactor) for one in brief.references),
        annex=tuple(_cited(one, redactor) for one in brief.annex),
        charted=redactor.of(brief.charted),
        disputes=redactor.of(brief.disputes),
        days={redactor.of(key): day for key, day in brief.days.items()},
        stays=redactor.of(brief.stays),
    )


def _section(section: Section, redactor: Redactor) -> Section:
    return replace(section, groups=tuple(_group(one, redactor) for one in section.groups))


def _group(group: Group, redactor: Redactor) -> Group:
    lead = None if group.lead is None else _sentence(group.lead, redactor)
    return replace(group, lead=lead, sentences=tuple(_sentence(one, redactor) for one in group.sentences))


def _sentence(sentence: Sentence, redactor: Redactor) -> Sentence:
    ids = ("presence", "event", "dispute", "site")
    return replace(
        sentence,
        parts=tuple(_part(one, redactor) for one in sentence.parts),
        claims=redactor.of(sentence.claims),
        **{name: redactor.of(getattr(sentence, name)) for name in ids},
    )


def _part(part: Part, redactor: Redactor) -> Part:
    return Part(part.key, {name: _value(value, redactor) for name, value in part.values.items()})


def _value(value: Value, redactor: Redactor) -> Value:
    return redactor.of(value) if isinstance(value, Words | Party | Voices) else value


def _reference(reference: Reference, redactor: Redactor) -> Reference:
    return redactor.of(reference)


def _cited(cited: Cited, redactor: Redactor) -> Cited:
    return redactor.of(cited)
