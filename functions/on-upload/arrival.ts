import type { UploadEvent } from "./event";

/** What one record that reached the function comes to. */
export type Arrival =
  | { readonly kind: "upload"; readonly event: UploadEvent }
  | {
      /** It announces no upload. */
      readonly kind: "ignored";
      /** True for daily business; false for what somebody should look at. */
      readonly expected: boolean;
      readonly reason: string;
      readonly key?: string;
    }
  | { readonly kind: "unreadable"; readonly error: unknown };
