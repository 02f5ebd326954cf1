import type { UploadHook } from "./signature";

/** Replace this with your own code; see README.md. As it stands, nothing happens beside the announcement. */
export const onUpload: UploadHook = () => Promise.resolve();
