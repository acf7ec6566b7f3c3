"""Where a request comes from, as limits count it."""

from ipaddress import IPv6Address, ip_address, ip_network

NETWORK_OF_ONE_VISITOR = 64  # bits: RFC 6177 gives no site less, so one visitor has all addresses in it


def origin_of(address: str | None) -> str:
    """Return an IPv4 address, or the network of an IPv6 address: whoever has one address of it has all.

    What is no address, such as the name of a socket, stays as it is.
    """
    text = address or ""
    try:
        parsed = ip_address(text.partition("%")[0])
    except ValueError:
        return text
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, NETWORK_OF_ONE_VISITOR), strict=False))
