import { keyActionsFor } from "../access/encryption";
import { assumptionContext, encryptionContext, listingContext, sessionContext } from "../access/sessionContext";
import { bucketArn, type AwsScope } from "../iam/arn";
import {
  compilePolicies,
  decide,
  voicesOn,
  withSessionPolicy,
  type AccessRequest,
  type Decision,
  type Policies,
  type PolicySet,
  type Voice,
} from "../iam/evaluate";
import { policyDocument } from "../iam/policy";
import type { DeployedBucket } from "./bucket";
import { evaluable, type DeployedDocument } from "./document";
import type { EncryptionKey } from "./key";
import type { Inventory } from "./inventory";
import { UnreadableDeploymentError, valueOf } from "./resources";
import type { DeployedRole } from "./role";
import type { DeployedUser } from "./user";

/** One request to S3 as IAM sees it. */
export interface S3Request {
  /** For example `s3:GetObject`. */
  readonly action: string;
  readonly bucket: string;
  /** Undefined for requests on the bucket itself. */
  readonly key?: string;
  /** `s3:prefix` of a listing. */
  readonly prefix?: string;
}

/** What a user gets, and by which statement. */
export interface AccessDecision extends Decision {
  /**
   * What decided: S3's own action, one that S3 asks of KMS in the session's name, or `sts:AssumeRole`, by which the service
   * would begin the session. The statement in `by` is one of the documents that decide this action.
   */
  readonly action: string;
  /** ARN of what it was asked on. */
  readonly resource: string;
}

/** One step of what decides a request, with what each document says to it, in the order role, session, resource. */
export interface ExplainedStep extends AccessDecision {
  readonly voices: readonly (Voice & {
    /** Undefined where the deployment has no such document. */
    readonly source: DeployedDocument | undefined;
  })[];
}

/** What one set of documents is asked. */
interface Question {
  readonly policies: () => Policies;
  readonly asked: AccessRequest;
  /** The document of what it is asked on. */
  readonly resource: DeployedDocument | undefined;
  /** Whether that document has to admit by itself. */
  readonly resourceAlone?: true;
}

/** The sessions of a deployment's users. Documents that users share are compiled once for all of them. */
export class Sessions {
  private readonly compiled = new Map<string, Policies>();

  constructor(readonly inventory: Inventory) {}

  /** @throws UnreadableDeploymentError when the user's role or server is not part of the deployment. */
  of(user: DeployedUser): UserSession {
    const role = this.inventory.roles.get(user.roleArn);
    const server = this.inventory.servers.find(({ id }) => id === user.serverId);
    if (role === undefined || server === undefined) {
      const missing = role === undefined ? "role" : "server";
      throw new UnreadableDeploymentError(user.label, `its ${missing} is not part of the deployment`);
    }
    if (valueOf(server.resource, "domain") === "EFS") {
      throw new UnreadableDeploymentError(user.label, "its server has files in EFS, of which no document here decides");
    }
    return new UserSession(user, role, server.arn, this);
  }

  /** @param name Says what the documents are; the same ones have the same name. */
  policies(name: string, documents: () => PolicySet): Policies {
    const policies = this.compiled.get(name) ?? evaluable(name, () => compilePolicies(documents()));
    this.compiled.set(name, policies);
    return policies;
  }
}

/**
 * Part of the name that Transfer Family gives a role session: `USER.SESSION@SERVER`. It is drawn anew for each, so no document
 * can name it. Source: Transfer Family User Guide, "Post upload processing".
 */
const anySessionId = "0123456789abcdef";

const everything = policyDocument({ Effect: "Allow", Action: "*", Resource: "*" });

/** A user who is or could be logged in, and all documents that decide what the session may do. */
export class UserSession {
  /** By the bucket or key that they decide on. */
  private readonly policies = new Map<string, Policies>();
  private begun: AccessDecision | undefined;

  constructor(
    private readonly user: DeployedUser,
    private readonly role: DeployedRole,
    private readonly serverArn: string,
    private readonly sessions: Sessions,
  ) {}

  /** How messages name the user. */
  get label(): string {
    return this.user.label;
  }

  /** Whether the service may take the role on for this user, which the conditions of the role's trust speak of. */
  get assumption(): AccessDecision {
    return (this.begun ??= this.answer(this.assumptionQuestion()));
  }

  /**
   * What trust, role policies, session policy, bucket policy and, where a key encrypts the objects, its documents together
   * decide. A bucket that is not part of the deployment gives nothing.
   * Where they need to know more of the request the decision is unknown, and nothing is allowed.
   * @throws UnreadableDeploymentError when one of them cannot be read.
   */
  decide(request: S3Request): AccessDecision {
    const { action, bucket: name, key } = request;
    const bucket = this.sessions.inventory.buckets.get(name);
    const bucketResource = bucketArn(this.role.partition, name);
    const resource = key === undefined ? bucketResource : `${bucketResource}/${key}`;
    if (!this.assumption.allowed || bucket === undefined) {
      return this.assumption.allowed ? implicitDeny(action, resource) : this.assumption;
    }
    let first: AccessDecision | undefined;
    for (const question of this.questionsOn(request, bucket)) {
      const decision = this.answer(question);
      if (!decision.allowed) {
        return decision;
      }
      first ??= decision;
    }
    return first ?? implicitDeny(action, resource);
  }

  /**
   * Everything that decides a request, step by step, each with what every document says to it: whether the service may begin the
   * session, S3's action, and what S3 asks of the key that encrypts. The request is allowed when every step is; a step may be
   * asked that `decide` would not come to. Empty for a bucket that is not part of the deployment.
   * @throws UnreadableDeploymentError as `decide` does.
   */
  explain(request: S3Request): ExplainedStep[] {
    const bucket = this.sessions.inventory.buckets.get(request.bucket);
    if (bucket === undefined) {
      return [];
    }
    const steps = [this.assumptionQuestion(), ...this.questionsOn(request, bucket)];
    return steps.map((question) => ({
      ...this.answer(question),
      voices: voicesOn(question.policies(), question.asked)
        .filter(({ document }) => document === "resource" || !question.resourceAlone)
        .map((voice) => ({ ...voice, source: this.sourceOf(voice, question.resource) })),
    }));
  }

  private sourceOf(
    { document, statement }: Voice,
    resource: DeployedDocument | undefined,
  ): DeployedDocument | undefined {
    switch (document) {
      case "identity":
        return this.role.policies()[statement?.document ?? 0];
      case "session":
        return this.user.session;
      case "resource":
        return resource;
    }
  }

  /** Reads now what the first question would read. @throws UnreadableDeploymentError as `decide` does. */
  prepare(): void {
    for (const { name, policy, encryptionKey } of this.sessions.inventory.buckets.values()) {
      this.policiesOn(name, policy);
      if (encryptionKey !== undefined) {
        this.policiesOn(encryptionKey.arn, encryptionKey.policy);
      }
    }
  }

  /**
   * What decides on the objects of a bucket, as one text: when it is the same, so is what the user may do. Of the trust only
   * the effect is in it, since its text names server and region.
   */
  textsOn(bucketName: string): string {
    const { policy, encryptionKey } = this.sessions.inventory.buckets.get(bucketName) ?? {};
    const documents = [...this.role.policies(), this.user.session, policy, encryptionKey?.policy];
    const texts = documents.map((document) => document?.text);
    const { arn, aliases } = encryptionKey ?? {};
    return JSON.stringify([this.role.arn, this.assumption.allowed, arn, aliases, texts]);
  }

  private *questionsOn({ action, bucket: name, key, prefix }: S3Request, bucket: DeployedBucket): Generator<Question> {
    const bucketResource = bucketArn(this.role.partition, name);
    const context = { ...sessionContext(this.scope, this.user.userName), ...listingContext(prefix) };
    const resource = key === undefined ? bucketResource : `${bucketResource}/${key}`;
    yield {
      policies: () => this.policiesOn(name, bucket.policy),
      asked: this.bySession({ action, resource, context }),
      resource: bucket.policy,
    };
    const { encryptionKey } = bucket;
    for (const keyAction of encryptionKey === undefined ? [] : keyActionsFor([action])) {
      yield* this.questionsOnKey(encryptionKey!, keyAction);
    }
  }

  private assumptionQuestion(): Question {
    const { arn, account, trust } = this.role;
    const policies = this.sessions.policies(`the trust of ${arn}`, () => ({
      identity: [],
      resource: trust.content,
      resourceAccount: account,
    }));
    const owner = this.serverArn.slice(0, this.serverArn.lastIndexOf(":"));
    const context = assumptionContext(account, `${owner}:user/${this.user.serverId}/${this.user.userName}`);
    const principal = { kind: "service", service: "transfer.amazonaws.com" } as const;
    const asked = { principal, action: "sts:AssumeRole", resource: arn, context };
    return { policies: () => policies, asked, resource: trust };
  }

  /** A key's own policy has to let in whom IAM allows; where it is not known it lets in the account, AWS's default. */
  private *questionsOnKey({ arn, policy, aliases }: EncryptionKey, action: string): Generator<Question> {
    const [, , , , keyAccount = ""] = arn.split(":");
    const context = {
      ...encryptionContext(this.scope, keyAccount, this.user.userName),
      ...(aliases === undefined ? {} : { "kms:ResourceAliases": aliases }),
    };
    const asked = this.bySession({ action, resource: arn, context });
    yield { policies: () => this.policiesOn(arn, policy), asked, resource: policy };
    if (policy !== undefined) {
      // As of a key of another account: there its policy must speak of who asks, however much IAM allows.
      const admitting = () =>
        this.sessions.policies(`the policy of ${arn}`, () => ({
          identity: [everything],
          resource: policy.content,
          resourceAccount: "",
        }));
      yield { policies: admitting, asked, resource: policy, resourceAlone: true };
    }
  }

  private answer({ policies, asked, resourceAlone }: Question): AccessDecision {
    const { action, resource } = asked;
    const decision = { ...decide(policies(), asked), action, resource };
    return resourceAlone && decision.reason !== "unknown" && !decision.allowed
      ? implicitDeny(action, resource)
      : decision;
  }

  /** The policies of role and session beside that of a resource. */
  private policiesOn(name: string, resource: DeployedDocument | undefined): Policies {
    const known = this.policies.get(name);
    if (known !== undefined) {
      return known;
    }
    const { arn, account } = this.role;
    const shared = this.sessions.policies(`${arn} on ${name}`, () => ({
      identity: this.role.policies().map(({ content }) => content),
      resource: resource?.content,
      resourceAccount: account,
    }));
    const session = this.user.session?.content;
    const own = session === undefined ? shared : evaluable(this.user.label, () => withSessionPolicy(shared, session));
    this.policies.set(name, own);
    return own;
  }

  private bySession(asked: Omit<AccessRequest, "principal">): AccessRequest {
    const { account, arn: roleArn, id: roleId } = this.role;
    const { userName, serverId } = this.user;
    const sessionName = `${userName}.${anySessionId}@${serverId}`;
    return { principal: { kind: "role-session", account, roleArn, roleId, sessionName }, ...asked };
  }

  /** Where the session's requests go. */
  private get scope(): AwsScope {
    const [, partition = "", , region = ""] = this.serverArn.split(":");
    return { partition, region, account: this.role.account };
  }
}

function implicitDeny(action: string, resource: string): AccessDecision {
  return { allowed: false, reason: "implicit-deny", action, resource };
}
