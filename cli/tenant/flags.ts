import { keyOfFile } from "../../editing/keyFile";
import { isIsoDate } from "../../tenancy/date";
import type { PublicKey } from "../../tenancy/publicKey";
import { quoted } from "../../tenancy/quote";
import { UsageError } from "../arguments";
import { fileText, nameOfInput } from "../fileText";
import { otherTenantsFlag } from "../flags";

export const fileFlags = {
  tenants: { ...otherTenantsFlag, description: "Instead of the stacks' tenants file." },
  json: { description: "Print one JSON object." },
} as const;

export const keyFlag = {
  value: "FILE",
  default: "-",
  description: "The public key, in any form that ssh-keygen -i reads; - is standard input.",
} as const;

export const fingerprintFlag = (description: string) =>
  ({
    value: "SHA256:...",
    description,
    fault: (text: string) =>
      /^SHA256:[A-Za-z0-9+/]{43}$/.test(text) ? undefined : "is what npm run tenant -- list shows",
  }) as const;

export const dayFlag = (description: string) =>
  ({
    value: "YYYY-MM-DD",
    description,
    fault: (text: string) =>
      isIsoDate(text) ? undefined : `${quoted(text)} is not a day of the calendar as YYYY-MM-DD`,
  }) as const;

export const environmentsFlag = {
  value: "STACK,STACK",
  description: "Stacks that deploy it. Default: every stack.",
} as const;

/** The names of a list with commas. */
export const namesIn = (list: string | undefined) => list?.split(",").map((name) => name.trim());

/** @throws UserError for a key that cannot be deployed; UsageError where there is a terminal instead of one. */
export function readKey(file: string): PublicKey {
  if (file === "-" && process.stdin.isTTY) {
    throw new UsageError("which key is meant is missing: --key FILE, or the key on standard input");
  }
  return keyOfFile(nameOfInput(file), fileText(file));
}
