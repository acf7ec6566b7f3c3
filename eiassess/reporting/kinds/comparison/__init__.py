"""The comparison report: people side by side, on paper."""
