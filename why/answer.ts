import type { Statement } from "../iam/policy";
import type { OperationName } from "../inventory/operations";
import type { Access } from "../tenancy/access";
import type { Position } from "../tenancy/model";
import type { LoginCause } from "./loginCauses";

/** `unknown`: what decides is not known here, and nothing is concluded. */
export type Verdict = "allowed" | "denied" | "unknown";

/** Where something stands in a file. */
export interface FilePlace extends Position {
  readonly file: string;
}

/** A folder of tenants.yaml: what a path or a statement comes from. */
export interface GrantAnswer {
  /** Path the client sees. */
  readonly entry: string;
  readonly prefix: string;
  readonly access: Access;
  readonly shared: boolean;
  readonly place: FilePlace;
}

/** Where a client's path leads. */
export interface PlaceAnswer {
  /** Absolute, as the client would write it. */
  readonly path: string;
  /** `mapped`: the top of a folder; `virtual`: shown only because folders lie below it; `nowhere`: nothing is there. */
  readonly kind: "below" | "mapped" | "virtual" | "nowhere";
  readonly bucket?: string;
  /** Key of the object, or prefix of the folder. */
  readonly key?: string;
  /** What tenants.yaml says of the folder; absent where it says nothing of it, or is not there. */
  readonly grant?: GrantAnswer;
  /** The user's folders, as it sees them: of `virtual` those below it, of `nowhere` all. */
  readonly folders?: readonly string[];
}

/** What one document says in one step. */
export interface DocumentAnswer {
  readonly document: "role policy" | "session policy" | "bucket policy" | "key policy" | "trust policy";
  /** The resource that holds it: `RolePolicy "gateway-read-only", "policy"`; absent where there is none. */
  readonly source?: string;
  readonly says: "allows" | "denies" | "nothing" | "unknown";
  /** The statement that says it: its Sid, or its number in the document from 0. */
  readonly statement?: string;
  /** Its place in the document, from 0. */
  readonly index?: number;
  /** For `unknown`: the condition key that the statement asks for. */
  readonly unanswered?: string;
}

/** One thing that is asked of AWS, and what is decided. */
export interface StepAnswer {
  readonly action: string;
  readonly resource: string;
  /** `s3:prefix` of a listing. */
  readonly prefix?: string;
  readonly verdict: Verdict;
  /** Each document that has a say, in the order in which AWS asks them. */
  readonly documents: readonly DocumentAnswer[];
}

/** A value of a resource that a change writes. */
export interface Written {
  readonly urn: string;
  readonly input: string;
  readonly value: string;
}

/** What to change to get the other answer. `writes` is what the deployment has then, and the evaluator has been asked of it. */
export type Change =
  /** Lines of tenants.yaml. */
  | { readonly kind: "tenants"; readonly edits: readonly Edit[]; readonly writes: readonly Written[] }
  /** tenants.yaml gives the other answer already; the next deployment does. */
  | { readonly kind: "deploy"; readonly writes: readonly Written[] }
  /** Documents that no line of tenants.yaml would change so. */
  | { readonly kind: "documents"; readonly edits: readonly DocumentEdit[]; readonly writes: readonly Written[] }
  /** Nothing but the path that the client names. */
  | { readonly kind: "path"; readonly paths: readonly string[] }
  /** Nothing but the client, which has to have one of these algorithms. */
  | { readonly kind: "client"; readonly algorithms: readonly string[] };

/** What changes something for files: who has logged in is a client that will do. */
export type FileChange = Exclude<Change, { readonly kind: "client" }>;

/** A key of tenants.yaml that gets another value. */
export interface Edit {
  readonly place: FilePlace;
  readonly tenant: string;
  /** `access`, `folders[0].access`, `sshKeys`. */
  readonly key: string;
  /** As it is, where it is said. */
  readonly from?: string;
  readonly to: string;
}

export type DocumentEdit = { readonly source: string } & (
  | { readonly add: Statement; readonly remove?: undefined }
  | { readonly remove: string; readonly index: number; readonly add?: undefined }
);

/** Why something on files is allowed or denied. */
export interface FileAnswer {
  readonly about: "file";
  readonly stack: string;
  readonly userName: string;
  readonly tenant?: string;
  readonly operation: OperationName;
  /** Of the path and, of a renaming, of the new one. */
  readonly places: readonly PlaceAnswer[];
  readonly verdict: Verdict;
  /** Whether every step has to be allowed, or one is enough. */
  readonly needs: "every" | "some";
  /** What S3 and, where a key encrypts, KMS are asked; none where the path stands for nothing in S3. */
  readonly steps: readonly StepAnswer[];
  readonly change?: FileChange;
  /** Of a line of a log: what failed there, where the documents have no say. */
  readonly failure?: string;
  /** What cannot be known here. */
  readonly notKnown: readonly string[];
}

/** Why a login is let in or not. */
export interface LoginAnswer {
  readonly about: "login";
  readonly stack: string;
  readonly userName: string;
  readonly tenant?: string;
  readonly verdict: Verdict;
  /** What does not hold, or is not known; absent where everything holds. */
  readonly cause?: LoginCause;
  /** What was found where the cause asks. */
  readonly found: readonly string[];
  /** Where tenants.yaml says what the cause is about. */
  readonly place?: FilePlace;
  /** Whose key was shown, where it is another's. */
  readonly keyOf?: string;
  /** Of a line of a log: what it says came of the login, where that is something else. */
  readonly said?: string;
  readonly change?: Change;
  readonly notKnown: readonly string[];
}

export type Answer = FileAnswer | LoginAnswer;
