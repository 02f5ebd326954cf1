/** The addresses of `203.0.113.0/24`, or of a single address; undefined when the text is neither. */
export function ipv4Range(text: string): { readonly first: number; readonly last: number } | undefined {
  const [, address = "", bits = "32"] = /^([\d.]+)(?:\/(\d{1,2}))?$/.exec(text) ?? [];
  const number = ipv4Number(address);
  const length = Number(bits);
  if (number === undefined || length > 32) {
    return undefined;
  }
  const size = 2 ** (32 - length);
  const first = Math.floor(number / size) * size;
  return { first, last: first + size - 1 };
}

/** An IPv4 address as a number, so that ranges compare; undefined for anything else, an IPv6 address for example. */
export function ipv4Number(text: string): number | undefined {
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (octets === undefined || octets.some((octet) => octet > 255)) {
    return undefined;
  }
  return octets.reduce((number, octet) => number * 256 + octet, 0);
}
