import { actionOfVerb, listAction } from "../access/actions";
import type { S3Request } from "./session";

/** Where an object lies or would lie. */
export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
}

/** What an operation of SFTP, on something below a mapped folder, asks of S3. */
export interface ClientOperation {
  /** `some`: one of the requests is enough, each tells whether something has the name. */
  readonly needs: "every" | "some";
  /** @param to Where it goes, of a renaming. */
  readonly requests: (place: ObjectPlace, to?: ObjectPlace) => readonly S3Request[];
}

/**
 * Every operation that the documents decide, by the word that people know it by; the local gateway asks for nothing else, and
 * whoever explains a denial asks for the same. A folder is an empty object, its marker, whose key ends in `/`.
 * Source: AWS Transfer Family User Guide, "Transferring files over a server endpoint using a client", and what S3's API
 * reference says of each action.
 */
export const clientOperations = {
  ls: { needs: "every", requests: (folder) => [namesIn(folder)] },
  stat: {
    needs: "some",
    requests: (place) =>
      [
        namesFrom(place),
        { action: actionOfVerb.read, ...place },
        namesIn(place),
        { action: actionOfVerb.read, ...markerOf(place) },
      ] as const,
  },
  get: { needs: "every", requests: (place) => [{ action: actionOfVerb.read, ...place }] },
  put: { needs: "every", requests: (place) => [{ action: actionOfVerb.write, ...place }] },
  rm: { needs: "every", requests: (place) => [{ action: actionOfVerb.delete, ...place }] },
  rename: {
    needs: "every",
    requests: (from, to = from) => [
      { action: actionOfVerb.read, ...from },
      { action: actionOfVerb.delete, ...from },
      { action: actionOfVerb.write, ...to },
    ],
  },
  mkdir: { needs: "every", requests: (folder) => [{ action: actionOfVerb.write, ...markerOf(folder) }] },
  rmdir: {
    needs: "every",
    requests: (folder) => [{ action: actionOfVerb.delete, ...markerOf(folder) }, namesIn(folder)],
  },
} as const satisfies Readonly<Record<string, ClientOperation>>;

export type OperationName = keyof typeof clientOperations;

export const operationNames = Object.keys(clientOperations) as readonly OperationName[];

/** The folder's own marker. */
export function markerOf({ bucket, key }: ObjectPlace): ObjectPlace {
  return { bucket, key: key === "" || key.endsWith("/") ? key : `${key}/` };
}

/** The listing of a folder. */
function namesIn(folder: ObjectPlace): S3Request {
  return { action: listAction, bucket: folder.bucket, prefix: markerOf(folder).key };
}

/** The listing of whatever begins with the key, by which S3 tells that nothing has the name. */
function namesFrom({ bucket, key }: ObjectPlace): S3Request {
  return { action: listAction, bucket, prefix: key };
}
