import { placeOf, type OwnedPath } from "../../uploads/owner";
import type { Arrival } from "./arrival";
import type { UploadEvent } from "./event";
import { temporaryNames } from "./hook/temporaryNames";

/**
 * What an object stored under a decoded key comes to: an upload, unless nobody waits for it. Both sources of events ask
 * here, so they agree on what a file is.
 */
export function arrivalAt(key: string, upload: (place: OwnedPath) => UploadEvent): Arrival {
  if (key.endsWith("/")) {
    return { kind: "ignored", expected: true, reason: "a folder's marker", key };
  }
  if (temporaryNames.some(({ keys }) => keys.test(key))) {
    return { kind: "ignored", expected: true, reason: "a client's temporary file", key };
  }
  const place = placeOf(key);
  return place === undefined
    ? { kind: "ignored", expected: false, reason: "the key belongs to no tenant and no space", key }
    : { kind: "upload", event: upload(place) };
}
