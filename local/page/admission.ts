import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Where the page is, and what its address holds that nobody else knows. */
export interface Place {
  /** `127.0.0.1:41234`. */
  readonly authority: string;
  readonly token: string;
}

export interface Refusal {
  readonly status: 403 | 405;
  readonly why: string;
}

/**
 * Why a request is none of the page's own; undefined for one that is. A page from elsewhere in the same browser fails by each of
 * the checks: it does not know the token; under a name that it has pointed to this machine its Host is that name; what it asks
 * across origins names its Origin, and browsers of today say in Sec-Fetch-Site that another site asks.
 * Sources: RFC 6454 (Origin), W3C Fetch Metadata Request Headers.
 */
export function refusalOf(
  { method, url, headers }: Pick<IncomingMessage, "method" | "url" | "headers">,
  { authority, token }: Place,
): Refusal | undefined {
  if (method !== "GET") {
    return { status: 405, why: "nothing can be changed here: there is only GET" };
  }
  if (headers.host !== authority) {
    return { status: 403, why: `the page is at ${authority}, under no other name` };
  }
  const { origin, "sec-fetch-site": site } = headers;
  if (origin !== undefined && origin !== `http://${authority}`) {
    return { status: 403, why: "another page asks" };
  }
  if (site !== undefined && site !== "same-origin" && site !== "none") {
    return { status: 403, why: "another page asks; open the address from the terminal yourself" };
  }
  return isSame(url?.split("/")[1] ?? "", token)
    ? undefined
    : { status: 403, why: "the address holds a token, which is another one in each run: see the terminal" };
}

function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
