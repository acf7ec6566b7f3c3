"""From statistics to what stands on an analyst's page: plain values and words."""
