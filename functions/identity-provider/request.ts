import * as z from "zod/mini";
import { readAddress, type Address } from "../../iam/addressRange";
import { readAs } from "./read";

/** What one login asks. */
export interface LoginRequest {
  /** Whatever somebody types: any text. */
  readonly userName: string;
  /** Undefined where a client offers a key, and Transfer Family asks for the tenant's keys. */
  readonly password: string | undefined;
  readonly address: Address;
}

/**
 * Source: AWS Transfer Family User Guide, "Using AWS Lambda to integrate your identity provider". More fields may come; a
 * field that is not as described stops every login, since nobody knows what it would mean.
 */
const event = z.object({
  username: z.string(),
  password: z.optional(z.string()),
  protocol: z.literal("SFTP"),
  serverId: z.string().check(z.regex(/^s-[0-9a-f]{17}$/)),
  sourceIp: z.string(),
});

/**
 * Reads what Transfer Family asks.
 * @throws Error that names the fields at fault and shows no value.
 */
export function readRequest(input: unknown): LoginRequest {
  const { username, password, sourceIp } = readAs(event, input, "the request");
  const address = readAddress(sourceIp);
  if (address === undefined) {
    throw new Error("the request cannot be read at sourceIp");
  }
  // An empty password is none: it would be compared with nothing.
  return { userName: username, password: password === "" ? undefined : password, address };
}
