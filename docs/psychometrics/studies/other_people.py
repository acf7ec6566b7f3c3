"""People who answer by another model than the product's own simulation, with true scores that are known.

Somebody perceives each option as the key's value, a misperception that all share, and noise with heavy tails whose size
is the person's own, and differs by scenario, for all and for this person. What is perceived becomes a rating by five
cuts that lie unequally far apart and where this person's use of the scale puts them. The product's `simulate` has one
correlation a person, normal noise, and rounds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from docs.psychometrics.studies.population import Generator
from eiassess.psychometrics import AnswerSheets, FormColumns, agreement_leaving_out

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

CUTS = (-1.25, -0.7, -0.1, 0.5, 1.15)
TAILS = 5
RUN, RUNS = 4, 2
ERRATIC = 1.0
LOW_AREA = 0.8
UNEVEN = 0.5


@dataclass(frozen=True)
class World:
    """How the ratings of a scenario hang together.

    ``person`` and ``common`` are SDs of the logarithm of a scenario's noise, for one person and for all; ``shared`` is
    the correlation of the noise within a scenario; ``bias`` the SD of what all misperceive in an option.
    """

    name: str
    person: float
    common: float
    shared: float
    bias: float


MODERATE = World("moderate", 0.35, 0.2, 0.2, 0.1)
STRONG = World("strong", 0.7, 0.4, 0.4, 0.2)


@dataclass(frozen=True)
class Style:
    """A use of the scale: how far the cuts spread, and how far they are shifted."""

    spread: float
    shift: float


STYLES: Mapping[str, Style] = {
    "usual": Style(1.0, 0.0),
    "extreme": Style(0.6, 0.0),
    "middling": Style(1.6, 0.0),
    "generous": Style(1.0, -0.5),
    "strict": Style(1.0, 0.5),
}
STYLE_SHARES = (0.5, 0.125, 0.125, 0.125, 0.125)


@dataclass(frozen=True)
class Kind:
    """A way of answering: SD of noise that comes and goes by scenario, less noise in one area, runs without reading."""

    erratic: float = 0.0
    low_area: float = 0.0
    careless: bool = False


KINDS: Mapping[str, Kind] = {
    "attentive": Kind(),
    "erratic": Kind(erratic=ERRATIC),
    "low in one area": Kind(low_area=LOW_AREA),
    "careless": Kind(careless=True),
}


@dataclass(frozen=True, eq=False)
class Group:
    """People, one a row.

    Parameters
    ----------
    noise
        Shape (people,): logarithm of the noise.
    style, kind
        Shape (people,): numbers in `STYLES` and `KINDS`.
    profile
        Shape (people, competencies), added to the noise.
    """

    noise: Array
    style: Labels
    kind: Labels
    profile: Array | None = None


@dataclass(frozen=True, eq=False)
class Form:
    """A form with what the model asks: the key in standard deviations, and which scenarios are of the first area."""

    columns: FormColumns
    first_area: Flags

    @property
    def key_z(self) -> Array:
        """Shape (ratings,)."""
        z = np.empty_like(self.columns.key)
        for rows in self.columns.kinds:
            values = self.columns.key[rows]
            z[rows] = (values - values.mean()) / values.std()
        return z


@dataclass(frozen=True, eq=False)
class Sat:
    """What people did: perceived values, ratings, shape (people, ratings), and the orders in which they sat."""

    perceived: Array
    ratings: Array
    order: Labels

    def sheets(self, columns: FormColumns, counted: Flags | None = None) -> AnswerSheets:
        """Take the ratings as sheets; all scenarios count unless said."""
        shape = (len(self.ratings), columns.competency.size)
        whole = np.ones(shape, dtype=np.bool_) if counted is None else counted
        return AnswerSheets(columns, self.ratings, np.zeros(shape), whole)


def sit(generator: Generator, form: Form, group: Group, world: World, openings: int) -> Sat:
    """Let people sit a form; people of the same opening stand together and meet the same scenarios."""
    people, scenarios = group.noise.size, form.columns.competency.size
    order = generator.random((people, scenarios)).argsort(axis=1)
    common = generator.standard_normal((openings, scenarios)) * world.common
    bias = generator.standard_normal((openings, form.key_z.size)) * world.bias
    size = group.noise[:, None] + np.repeat(common, people // openings, axis=0)
    size = size + _own(generator, form, group, world)
    noise = _noise(generator, form.columns.scenario, people, world)
    read = 1.0 - _careless(generator, group, order)[:, form.columns.scenario]
    perceived = read * (form.key_z + np.repeat(bias, people // openings, axis=0))
    perceived = perceived + np.exp(size)[:, form.columns.scenario] * noise
    perceived /= np.sqrt(1 + np.exp(2 * group.noise))[:, None]
    return Sat(perceived, _rated(perceived, group.style), order)


def _own(generator: Generator, form: Form, group: Group, world: World) -> Array:
    """Draw what each scenario is to each person, and add what the person's kind and profile say."""
    shape = (group.noise.size, form.columns.competency.size)
    kinds = tuple(KINDS.values())
    erratic = np.array([kind.erratic for kind in kinds])[group.kind]
    low = np.array([kind.low_area for kind in kinds])[group.kind]
    own = np.hypot(world.person, erratic)[:, None] * generator.standard_normal(shape)
    profile = 0.0 if group.profile is None else group.profile[:, form.columns.competency]
    return np.asarray(own + low[:, None] * np.where(form.first_area, 1.0, -1.0) + profile)


def _noise(generator: Generator, scenario: Labels, people: int, world: World) -> Array:
    """Draw noise with heavy tails and variance 1 that hangs together within scenarios."""
    own = generator.standard_normal((people, scenario.size))
    shared = generator.standard_normal((people, int(scenario.max()) + 1))[:, scenario]
    normal = np.sqrt(1 - world.shared) * own + np.sqrt(world.shared) * shared
    tails = np.sqrt(generator.chisquare(TAILS, size=own.shape) / (TAILS - 2))
    return np.asarray(normal / tails)


def _careless(generator: Generator, group: Group, order: Labels) -> Array:
    """Say which scenarios are answered without reading, shape (people, scenarios): two runs of four pages."""
    people, pages = order.shape
    free = pages - RUN * RUNS
    starts = np.sort(generator.integers(0, free + 1, size=(people, RUNS)), axis=1) + RUN * np.arange(RUNS)
    place = order.argsort(axis=1)
    inside = [(place >= start[:, None]) & (place < start[:, None] + RUN) for start in starts.T]
    careless = np.array([kind.careless for kind in KINDS.values()])[group.kind]
    return np.asarray(np.any(inside, axis=0) & careless[:, None], dtype=np.float64)


def _rated(perceived: Array, style: Labels) -> Array:
    styles = tuple(STYLES.values())
    spread, shift = (
        np.array(each)[style][:, None] for each in zip(*((s.spread, s.shift) for s in styles), strict=True)
    )
    ratings = np.ones_like(perceived)
    for cut in CUTS:
        ratings += perceived > shift + spread * cut
    return ratings


GRID = np.linspace(-3.2, 1.8, 21)
PEOPLE_A_POINT = 1_000
DEGREE = 6


@dataclass(frozen=True, eq=False)
class TrueScores:
    """The expected score of each style and kind at each size of noise, and the noise that gives a score."""

    curves: Mapping[tuple[int, int], Array]

    def noise(self, score: Array, style: Labels, kind: Labels) -> tuple[Array, Array]:
        """Give the noise of people who shall have a true score, and the score that they have (the nearest there is)."""
        noise, reached = np.empty_like(score), np.empty_like(score)
        fine = np.linspace(GRID[0], GRID[-1], 600)
        for (one, other), curve in self.curves.items():
            rows = (style == one) & (kind == other)
            scores = np.minimum.accumulate(50 * (1 + np.tanh(np.polyval(curve, fine))))
            reached[rows] = np.clip(score[rows], scores[-1], scores[0])
            noise[rows] = np.interp(-reached[rows], -scores, fine)
        return noise, reached


@cache
def true_scores(form: Form, world: World, seed: int, effort: float) -> TrueScores:
    """Find out by simulation what scores people truly have: the mean over new sittings."""
    generator = np.random.default_rng(seed)
    each = max(20, round(PEOPLE_A_POINT * min(effort, 1.0)))
    pairs = [(style, 0) for style in range(len(STYLES))] + [(0, kind) for kind in range(1, len(KINDS))]
    return TrueScores({pair: _curve(generator, form, world, pair, each) for pair in pairs})


def _curve(generator: Generator, form: Form, world: World, pair: tuple[int, int], each: int) -> Array:
    noise = np.repeat(GRID, each)
    style, kind = (np.full(noise.size, value) for value in pair)
    sat = sit(generator, form, Group(noise, style, kind), world, noise.size)
    r = agreement_leaving_out(sat.sheets(form.columns))[0].reshape(GRID.size, each)
    return np.polyfit(GRID, np.arctanh(np.nanmean(r, axis=1)), DEGREE)
