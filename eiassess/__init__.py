"""EIAssess: hire people for customer service by what they know about feelings, fairly and openly."""

__version__ = "0.1.0"
