"""A packaged Thai font, changed so that text copied out of a PDF reads as it was typed.

Shaping splits สระอำ into a ring and the letter า, so one glyph stands for "า", "ำ" and "้ำ", while a PDF says
of each glyph what it reads: สำนักงาน would copy out as สำนักงำน. Here the letter behind a ring is a glyph of its
own, one for each tone mark. The paper looks the same.
"""

from copy import deepcopy
from io import BytesIO
from pathlib import Path

from fontTools.otlLib.builder import buildCoverage, buildLookup, buildSingleSubstSubtable
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

LETTER, RING = 0x0E32, "uni0E4D"
TONES = ["", "0E48", "0E49", "0E4A", "0E4B"]


def readable(path: Path) -> bytes:
    """The font file at `path` with the letters of สระอำ told apart. Always the same bytes."""
    font = TTFont(path, recalcTimestamp=False)
    letter = font.getBestCmap()[LETTER]
    copies = {tone: f"{letter}.ring{tone}" for tone in TONES}
    _add_copies(font, letter, copies.values())
    _substitute(font, letter, {copies[tone]: _rings(font, tone) for tone in TONES})
    changed = BytesIO()
    font.save(changed, reorderTables=False)
    return changed.getvalue()


def _rings(font, tone: str) -> list[str]:
    """The glyphs of a ring with `tone` above it: the plain one and those made narrower."""
    name = RING + tone
    return [glyph for glyph in font.getGlyphOrder() if glyph == name or glyph.startswith(f"{name}.")]


def _add_copies(font, letter: str, copies) -> None:
    font.setGlyphOrder([*font.getGlyphOrder(), *copies])
    for copy in copies:
        font["glyf"][copy] = deepcopy(font["glyf"][letter])
        font["hmtx"][copy] = font["hmtx"][letter]


def _substitute(font, letter: str, rings_before: dict[str, list[str]]) -> None:
    """Make shaping choose the copy whose ring stands before the letter."""
    table = font["GSUB"].table
    lookups, glyphs = table.LookupList.Lookup, font.getReverseGlyphMap()
    rules = []
    for copy, rings in rings_before.items():
        rules.append(_rule(buildCoverage(rings, glyphs), buildCoverage([letter], glyphs), len(lookups)))
        lookups.append(buildLookup([buildSingleSubstSubtable({letter: copy})]))
    lookups.append(buildLookup(rules))
    table.LookupList.LookupCount = len(lookups)
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "ccmp":
            record.Feature.LookupListIndex.append(len(lookups) - 1)
            record.Feature.LookupCount += 1


def _rule(before, letter, substitution: int):
    """Behind one of `before`, apply lookup number `substitution` to the letter."""
    record = otTables.SubstLookupRecord()
    record.SequenceIndex, record.LookupListIndex = 0, substitution
    rule = otTables.ChainContextSubst()
    rule.Format = 3
    rule.BacktrackCoverage, rule.InputCoverage, rule.LookAheadCoverage = [before], [letter], []
    rule.BacktrackGlyphCount, rule.InputGlyphCount, rule.LookAheadGlyphCount = 1, 1, 0
    rule.SubstLookupRecord, rule.SubstCount = [record], 1
    return rule
