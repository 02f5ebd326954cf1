import type { AccessDecision, S3Request, Sessions, UserSession } from "../../inventory/session";
import { UnreadableDeploymentError } from "../../inventory/resources";
import type { DeployedUser } from "../../inventory/user";

/**
 * What an open session may do while one deployment follows another: its session policy is the one with which it began, the
 * documents of role, buckets and keys are those of the moment, as on AWS.
 */
export class LastingSession {
  private known: { readonly sessions: Sessions; readonly session: UserSession | undefined } | undefined;

  /** @param current Of what is deployed now. */
  constructor(
    private readonly user: DeployedUser,
    private readonly current: () => Sessions,
  ) {}

  decide(request: S3Request): AccessDecision {
    const sessions = this.current();
    if (this.known?.sessions !== sessions) {
      this.known = { sessions, session: sessionIn(sessions, this.user) };
    }
    const { roleArn } = this.user;
    const roleIsGone = {
      allowed: false,
      reason: "implicit-deny",
      action: "sts:AssumeRole",
      resource: roleArn,
    } as const;
    return this.known.session?.decide(request) ?? roleIsGone;
  }
}

function sessionIn(sessions: Sessions, user: DeployedUser): UserSession | undefined {
  try {
    return sessions.of(user);
  } catch (error) {
    if (error instanceof UnreadableDeploymentError) {
      return undefined;
    }
    throw error;
  }
}
