"""All studies by name, in the order of the README."""

from docs.psychometrics.studies import (
    area_labels,
    coaching,
    dif_classes,
    differences,
    house_scale,
    naming_topics,
    pair_sensitivity,
    parameter_recovery,
    quality_flags,
    response_styles,
    sample_intervals,
    sample_sizes,
    score_intervals,
    standing_out,
)

_MODULES = (
    house_scale,
    score_intervals,
    sample_intervals,
    parameter_recovery,
    quality_flags,
    differences,
    standing_out,
    naming_topics,
    area_labels,
    dif_classes,
    response_styles,
    sample_sizes,
    coaching,
    pair_sensitivity,
)
STUDIES = {module.STUDY.name: module.STUDY for module in _MODULES}
