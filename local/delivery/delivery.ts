import type { Deployment } from "../../synth/deployment";
import type { Appearance } from "../files/s3Session";
import type { ObjectStore } from "../objects/objectStore";
import type { DeployedServer } from "../service/deployedServer";
import { resourcesOf, textOf } from "../../inventory/resources";
import { deployedRoles } from "../../inventory/role";
import { NotServedError } from "../service/notServed";
import type { CutShort } from "../sftp/requestHandler";
import type { SessionFacts } from "../ssh/connection";
import { aboutObject, type About } from "./about";
import type { Surroundings } from "./deployed/surroundings";
import { optionalTextOf } from "./deployed/values";
import type { NotifyingBucket } from "./deployed/buckets";
import type { Queue } from "./queue";
import { routesOf, type Routes } from "./routes";
import { newVersionId, nextSequencer, type CreatedObject } from "./shapes/s3Record";
import { transferEvent } from "./shapes/transferEvent";
import { storedObject } from "./storedObject";

export interface DeliveryOptions extends Omit<Surroundings, "region" | "account" | "roles"> {
  readonly server: Pick<DeployedServer, "id" | "arn">;
  readonly store: ObjectStore;
}

/** The session in which something happens, and the user whose it is. */
export interface Session extends SessionFacts {
  readonly userName: string;
  readonly roleArn: string;
}

/**
 * Hands on what happens in the buckets and at the server, as the deployed notifications, topics, rules, functions and queues
 * would; each hop is decided by the deployed policies. A session's request only notes what happened: the rest comes after
 * its answer, and what goes wrong there never reaches the session.
 */
export class Delivery {
  private readonly routes: Routes;
  private readonly place: Pick<Surroundings, "region" | "account">;
  /** Role ARN -> the id that sessions of the role bear. */
  private readonly roleIds: ReadonlyMap<string, string>;

  /** @throws UnreadableDeploymentError for a deployment whose deliveries cannot be reproduced faithfully. */
  constructor(private readonly options: DeliveryOptions) {
    const { deployment, server } = options;
    const [, , , region = "", account = ""] = server.arn.split(":");
    this.place = { region, account };
    this.routes = routesOf({ ...options, ...this.place, roles: deployedRoles(deployment) });
    this.roleIds = new Map(
      resourcesOf(deployment, "aws:iam/role:Role").map((role) => [
        textOf(role, "arn"),
        // A deployment written by hand may not say.
        optionalTextOf(role, "uniqueId") ?? "AROATHISMACHINE",
      ]),
    );
    if (this.queues.length > 0) {
      refuseBucketInPlaceOfQueues(deployment);
    }
  }

  /** In which something can arrive. */
  get queues(): readonly Queue[] {
    return this.routes.queues;
  }

  /** Tells S3's listeners of an object. */
  appeared(appearance: Appearance, session: Session): void {
    const bucket = this.routes.buckets.get(appearance.bucket);
    if (bucket !== undefined) {
      this.note(aboutObject(`/${appearance.bucket}/${appearance.key}`), () => {
        const created = this.createdObject(appearance, bucket, session);
        return () => bucket.created(created);
      });
    }
  }

  /** Tells Transfer Family's listeners that an upload was cut short. */
  cutShort(upload: CutShort, session: Session): void {
    if (this.routes.rules.length > 0) {
      const about = aboutObject(upload.path);
      this.note(about, () => {
        const event = this.transferEvent(upload, session);
        return () => this.routes.rules.forEach((rule) => rule(event, about));
      });
    }
  }

  /** Gives what is being delivered so much time, then ends the functions. */
  async end(graceMs: number): Promise<void> {
    // What has been noted comes before this.
    await new Promise(setImmediate);
    await Promise.all(this.routes.functions.map((each) => each.end(graceMs)));
  }

  /** Looks at what happened now, and hands it on later. */
  private note(about: About, look: () => () => void): void {
    const unlessLost = (step: () => void) => {
      try {
        step();
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        const reason = code === undefined ? message : `the storage failed (${code})`;
        this.options.report({ event: "lost", server: this.options.server.id, ...about, reason });
      }
    };
    unlessLost(() => {
      const handOn = look();
      setImmediate(() => unlessLost(handOn));
    });
  }

  private createdObject(appearance: Appearance, { name, arn, versioned }: NotifyingBucket, session: Session) {
    const { by, bucket, key } = appearance;
    const { size, etag, inParts } =
      by === "put" && appearance.md5 !== undefined
        ? { size: appearance.size, etag: appearance.md5, inParts: false }
        : storedObject(this.options.store.bucket(bucket), key);
    const put = inParts ? "ObjectCreated:CompleteMultipartUpload" : "ObjectCreated:Put";
    const { userName, roleArn, sessionId, sourceIp } = session;
    return {
      by: by === "copy" ? "ObjectCreated:Copy" : put,
      bucket: { name, arn },
      key,
      size,
      etag,
      versionId: versioned ? newVersionId() : undefined,
      sequencer: nextSequencer(),
      at: new Date(),
      region: this.place.region,
      principalId: `AWS:${this.roleIds.get(roleArn)}:${userName}.${sessionId}@${this.options.server.id}`,
      sourceIp,
    } satisfies CreatedObject;
  }

  private transferEvent({ path, bytes, began }: CutShort, { userName, sessionId, sourceIp }: Session) {
    const [, bucket = "", key = ""] = /^\/([^/]+)\/(.*)$/s.exec(path) ?? [];
    return transferEvent({
      ...this.place,
      server: this.options.server,
      filePath: path,
      bytes,
      etag: storedObject(this.options.store.bucket(bucket), key).etag,
      began,
      ended: new Date(),
      userName,
      sessionId,
      sourceIp,
    });
  }
}

function refuseBucketInPlaceOfQueues(deployment: Deployment): void {
  const bucket = resourcesOf(deployment, "aws:s3/bucket:Bucket").find((each) => textOf(each, "bucket") === "queues");
  if (bucket !== undefined) {
    throw new NotServedError(
      `Bucket "${bucket.name}"`,
      'a bucket called "queues" would lie where the files of the queues lie',
    );
  }
}
