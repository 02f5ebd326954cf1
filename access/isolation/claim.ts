import type { AwsScope } from "../../iam/arn";
import type { AccessRequest } from "../../iam/evaluate";
import type { PolicyDocument } from "../../iam/policy";
import type { KeyReference } from "../encryption";
import type { Grant } from "../grant";

/** A document as a value, or the text that is stored in AWS. */
export type Document = PolicyDocument | string;

/** What is to be proven: the declared grants, and the documents that are or would be deployed for them. */
export interface Claim {
  readonly scope: AwsScope;
  /** The landing bucket's name. */
  readonly bucket: string;
  readonly users: readonly UserClaim[];
  /** The roles that the users take on. */
  readonly roles: readonly RoleClaim[];
  /** The landing bucket's own policy; undefined: not checked. */
  readonly bucketPolicy?: Document | undefined;
  /** How documents may name the key that the files lie under. Default: they lie under none. */
  readonly keys?: readonly KeyReference[];
  /** The policy of that key; undefined: not checked, as of a key that is somebody else's. */
  readonly keyPolicy?: Document | undefined;
  /** Whether Transfer may take roles on for the server as well as for its users: where a function knows these. */
  readonly serverAssumes?: boolean;
}

export interface UserClaim {
  readonly tenant: string;
  readonly userName: string;
  /** What the file grants: the measure of everything else. */
  readonly grants: readonly Area[];
  /** The user's `Policy`; undefined when it has none, which is a finding. */
  readonly session: Document | undefined;
  /** One of the claim's roles. */
  readonly roleArn: string;
  /** The logical home directory; undefined: not checked. */
  readonly mappings?: readonly { readonly entry: string; readonly target: string }[];
}

export interface RoleClaim {
  readonly arn: string;
  /** All its policies, inline and attached. */
  readonly policies: readonly Document[];
  /** Who may take it on; undefined: not checked, because the server that it names does not exist yet. */
  readonly trust?: Document;
}

/** A part of the bucket and what may be done there: a grant, without the client's view of it. */
export type Area = Pick<Grant, "prefix" | "access" | "shared">;

/** Something that keeps the claim from being proven. */
export interface Finding {
  /** The tenant whose documents or grants are at fault. */
  readonly tenant?: string;
  /** The ARN of the role at fault. */
  readonly role?: string;
  /** The statement at fault by its Sid or its position counted from 0, or what else is: `mapping /inbox`. */
  readonly statement: string;
  /** A sentence for people. */
  readonly message: string;
  /**
   * A request that AWS would wrongly allow, as `iam/evaluate` confirms, or may allow where a Deny asks for what is not known of
   * it; none where the fault opens nothing today, or
   * where the document cannot be evaluated.
   */
  readonly counterexample?: AccessRequest | undefined;
}
