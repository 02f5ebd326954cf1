import type { UploadEvent } from "./event";

/** What one record that reached the function comes to. */
export type Arrival =
  | { readonly kind: "upload"; readonly event: UploadEvent }
  | Ignored
  | { readonly kind: "unreadable"; readonly error: unknown };

/** A record that announces no upload. */
export interface Ignored {
  readonly kind: "ignored";
  /** True for daily business; false for what somebody should look at. */
  readonly expected: boolean;
  readonly reason: string;
  readonly key?: string;
}
