import type { OnUpload } from "./signature";

/** Replace this with your own code; see README.md. As it stands, nothing happens beside the announcement. */
export const onUpload: OnUpload = () => Promise.resolve();
