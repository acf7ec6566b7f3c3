"""Voluntary answers after handing in: asked, kept apart from whoever gave them, and only ever summed up."""
