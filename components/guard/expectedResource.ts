import { guardedTypes } from "./guardedTypes";

/** A resource that a gateway registers and that bears access. */
export interface ExpectedResource {
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  /** What stands in its guarded inputs, and in others that are named here; a guarded one that is not named is left out. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** The very Output of a resource that the guard has seen registered. */
export class OutputOf {
  constructor(
    readonly type: string,
    readonly name: string,
    readonly property: string,
  ) {}
}

/** The Output that the guard made of an access role's proven trust and the server's id. */
export class TrustOf {
  constructor(readonly roleName: string) {}
}

/** The archive that the guard made of the function's bundle and the proven records. */
export class RecordsInCode {}

type Kind = keyof typeof guardedTypes;

/** A resource of one of the guarded types. @param name Its logical name. */
export const resource = (kind: Kind, name: string, inputs: ExpectedResource["inputs"]): ExpectedResource => ({
  type: guardedTypes[kind],
  name,
  inputs,
});

/** An Output of a resource by its type and logical name. */
export const outputOf = (kind: Kind, name: string, property: string) =>
  new OutputOf(guardedTypes[kind], name, property);
