import * as z from "zod/mini";
import type { Inventory } from "../../inventory/inventory";
import { Sessions } from "../../inventory/session";
import { deployedUsers } from "../../inventory/user";
import type { DeployedResource } from "../../synth/deployment";
import { servedUser, type ServedUser } from "../service/users";

const text = z.string().check(z.minLength(1));

/**
 * What an identity provider answers to let somebody in. A field that is not among these is one whose effect is not
 * reproduced. Source: AWS Transfer Family User Guide, "Using AWS Lambda to integrate your identity provider".
 */
const admission = z.strictObject({
  Role: text,
  Policy: z.optional(text),
  HomeDirectoryType: z.literal("LOGICAL"),
  HomeDirectoryDetails: text,
  HomeDirectory: z.optional(z.string()),
  PublicKeys: z.optional(z.array(text)),
});

const mappings = z.array(z.strictObject({ Entry: text, Target: text }));

/** Reads answers as the service does: each makes a session, by the role and the documents that it holds and no others. */
export class Answers {
  private readonly sessions: Sessions;

  constructor(
    private readonly inventory: Inventory,
    private readonly server: { readonly id: string; readonly resource: DeployedResource },
  ) {
    this.sessions = new Sessions(inventory);
  }

  /**
   * @param answer What the function returned; an empty object lets nobody in.
   * @throws Error for an answer that the service does not take.
   */
  userOf(userName: string, answer: unknown): ServedUser | undefined {
    if (typeof answer === "object" && answer !== null && Object.keys(answer).length === 0) {
      return undefined;
    }
    const read = admission.safeParse(answer);
    const details = read.success ? mappingsIn(read.data.HomeDirectoryDetails) : undefined;
    if (!read.success || details === undefined) {
      const places = read.error?.issues.map(({ path }) => path.join(".") || "its beginning") ?? [
        "HomeDirectoryDetails",
      ];
      throw new Error(`the identity provider's answer cannot be read at ${places.join(", ")}`);
    }
    const { Role, Policy, HomeDirectory, PublicKeys = [] } = read.data;
    const inputs = {
      ...{ serverId: this.server.id, userName, role: Role, policy: Policy },
      ...{ homeDirectoryType: "LOGICAL", homeDirectory: HomeDirectory, homeDirectoryMappings: details },
    };
    const keys = PublicKeys.map((body, index) => ({ serverId: this.server.id, userName, body, index }));
    return this.served([
      this.resource("User", userName, inputs),
      ...keys.map((key) => this.resource("SshKey", `${userName} ${key.index}`, key)),
    ]);
  }

  /** The session of the user that a service-managed server would have for it, so that one reader reads both. */
  private served(resources: readonly DeployedResource[]): ServedUser {
    const [user] = deployedUsers({ ...this.inventory.deployment, resources });
    return servedUser(user!, this.inventory, this.sessions.of(user!));
  }

  private resource(type: "User" | "SshKey", name: string, inputs: DeployedResource["inputs"]): DeployedResource {
    const full = `aws:transfer/${type === "User" ? "user" : "sshKey"}:${type}`;
    return { ...this.server.resource, type: full, name, id: name, inputs, outputs: {} };
  }
}

function mappingsIn(details: string): { entry: string; target: string }[] | undefined {
  try {
    return mappings.parse(JSON.parse(details)).map(({ Entry, Target }) => ({ entry: Entry, target: Target }));
  } catch {
    return undefined;
  }
}
