"""Assembling parallel forms from a content specification by integer programming."""
