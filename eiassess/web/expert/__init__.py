"""An expert's own link: notice, scenarios to rate, review, thank-you. No key is reached from here."""
