import { publicKey } from "../../publicKeys";

/** A tenants.yaml with mistakes, and what is to be said about it. */
export interface WrongFile {
  readonly title: string;
  readonly yaml: string;
  /** All problems, each as `line:column: severity: message`. */
  readonly problems: readonly string[];
}

/** The valid public key of a number. */
export function key(number: number): string {
  return publicKey(number).text;
}
