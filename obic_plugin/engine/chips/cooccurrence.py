"""Which tags occur together, and what follows from that for whoever wants to tell them apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from .tags import RARE, counted, lists, variants

ENOUGH_ALONE = 5  # chips of one class alone, after which more teach little
OFTEN = 0.9  # of the chips of a class


class Cooccurrence(NamedTuple):
    """Of K tags in n chips: ``together`` (K, K) chips that have both, on the diagonal those that have the one;
    ``alone`` (K,) chips that have no other; ``n_empty`` more chips have none."""

    names: tuple
    together: np.ndarray
    alone: np.ndarray
    n_chips: int
    n_empty: int

    @classmethod
    def of(cls, chips: Iterable) -> Cooccurrence:
        """Of the tags of chips, a tuple of names each."""
        every = list(chips)
        chips = [tags for tags in every if tags]
        names = tuple(counted(chips))
        has = np.array([[name in tags for name in names] for tags in chips], np.int64).reshape(
            len(chips), len(names)
        )
        return cls(names, has.T @ has, has[has.sum(1) == 1].sum(0), len(chips), len(every) - len(chips))

    @property
    def counts(self) -> np.ndarray:
        """(K,) chips that have each tag."""
        return np.diagonal(self.together)

    @property
    def chips_of(self) -> dict:
        """{name: number of chips that have it}."""
        return dict(zip(self.names, self.counts.tolist()))

    @property
    def conditional(self) -> np.ndarray:
        """(K, K): P(j | i), the share of the chips with tag i (row) that have tag j (column), too."""
        return self.together / np.maximum(self.counts, 1)[:, None]


def advice(found: Cooccurrence) -> list:
    """What to do so that more can be learned from the tags: sentences, the most pressing first."""
    several, twins = lists(found.chips_of), variants(found.chips_of)
    lines = [f"{each.written} looks like several tags: write {each.meant}." for each in several]
    lines += [f"{each.written} looks like {each.meant}: write both the same." for each in twins]
    misspelled = {each.written for each in several + twins}
    lines += [
        f"{name} is in {n} of {found.n_chips} chips, and fewer than {RARE} teach nothing of it: tag more of {name}, or"
        " take the tag away."
        for name, n in zip(found.names, found.counts.tolist())
        if n < RARE and name not in misspelled
    ]
    everywhere = [name for name, n in zip(found.names, found.counts) if n == found.n_chips > 1]
    lines += [
        f"{name} is in every chip, so that nothing shows what it is not: add chips without it."
        for name in everywhere
    ]
    lines += _inseparable(found, everywhere)
    lines += _never_alone(found, misspelled)
    lines = lines or ["The tags are varied: each class has chips of its own, and none hides behind another."]
    if found.n_empty:
        lines.append(f"Chips without tags are left out: {found.n_empty} of {found.n_empty + found.n_chips}.")
    return lines


def refusals(found: Cooccurrence) -> list:
    """Why no classes can be learned from the tags at all, in sentences."""
    if found.n_chips == 0:
        return ["No chip has a tag. Type the classes that it shows into the field tags, with ; between them."]
    if len(found.names) < 2:
        return [
            f"All tags are {found.names[0]}, and a map needs two classes or more. Tag something else too."
        ]
    lines, several = [], ", ".join(map(str, lists(found.chips_of)))
    if several:
        lines.append(f"Some tags look like several in one: {several}. Write ; between them.")
    twins = ", ".join(map(str, variants(found.chips_of)))
    if twins:
        lines.append(f"Some tags look like one class written in two ways: {twins}. Write them the same.")
    rare = [f"{name} ({n})" for name, n in zip(found.names, found.counts.tolist()) if n < RARE]
    if rare and not lines:
        lines.append(
            f"Fewer than {RARE} chips have {', '.join(rare)}: that teaches nothing. Tag more of it, or take the tag"
            " away."
        )
    everywhere = [name for name, n in zip(found.names, found.counts) if n == found.n_chips]
    if everywhere:
        lines.append(
            f"All {found.n_chips} chips have {', '.join(everywhere)}: nothing shows what it is not. Add chips without"
            " it, or make the chips smaller."
        )
    return lines


def _inseparable(found: Cooccurrence, everywhere: list) -> list:
    """Of classes that occur only with another one, or nearly so."""
    lines, shares, names = [], found.conditional, found.names
    for i, j in np.argwhere((shares >= OFTEN) & ~np.eye(len(names), dtype=bool)).tolist():
        if found.counts[i] < RARE or names[i] in everywhere:
            continue
        both = shares[j, i] == 1.0
        if both and j < i:
            continue  # said of the other one
        if shares[i, j] < 1:
            lines.append(
                f"{names[i]} occurs without {names[j]} in only {found.counts[i] - found.together[i, j]} of its"
                f" {found.counts[i]} chips: about {ENOUGH_ALONE} chips of {names[i]} alone would tell them apart"
                " better."
            )
            continue
        how = (
            f"{names[i]} and {names[j]} always occur together: no method can tell them apart from these tags"
            if both
            else f"{names[i]} never occurs without {names[j]}: the tags do not say which of the two is where"
        )
        lines.append(f"{how}. Tag about {ENOUGH_ALONE} chips of {names[i]} alone, or halve the chip size.")
    return lines


def _never_alone(found: Cooccurrence, misspelled: set) -> list:
    alone = zip(found.names, found.alone.tolist())
    few = [name for name, n in alone if n < ENOUGH_ALONE and name not in misspelled]
    if not few:
        return []
    return [
        f"Classes with fewer than {ENOUGH_ALONE} chips that show nothing else: {', '.join(few)}. Chips of one class"
        " alone teach most: look for some, or make the chips smaller."
    ]
