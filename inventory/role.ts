import type { DeployedResource, Deployment } from "../synth/deployment";
import { DeployedDocument } from "./document";
import {
  firstSetInput,
  labelOf,
  resourcesBy,
  resourcesOf,
  textOf,
  UnreadableDeploymentError,
  valueOf,
} from "./resources";

/** A role with everything the deployment says of it. */
export interface DeployedRole {
  readonly arn: string;
  /** Its unique id, which sessions of the role bear; undefined where a deployment written by hand does not say it. */
  readonly id: string | undefined;
  readonly account: string;
  readonly partition: string;
  /** Who may take it on. */
  readonly trust: DeployedDocument;
  /**
   * Those that allow; a permissions boundary can only take away from them, see {@link boundaryNotes}.
   * @throws UnreadableDeploymentError when something adds to them that is not in the deployment.
   */
  readonly policies: () => readonly DeployedDocument[];
}

/** The roles of a deployment by ARN. */
export function deployedRoles(deployment: Deployment): ReadonlyMap<string, DeployedRole> {
  const inline = resourcesBy(deployment, "aws:iam/rolePolicy:RolePolicy", "role");
  const attachments = [
    ...resourcesOf(deployment, "aws:iam/rolePolicyAttachment:RolePolicyAttachment"),
    ...resourcesOf(deployment, "aws:iam/policyAttachment:PolicyAttachment"),
    ...resourcesOf(deployment, "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"),
  ];
  const roles = resourcesOf(deployment, "aws:iam/role:Role").map((role): DeployedRole => {
    const arn = textOf(role, "arn");
    const [, partition = "", , , account = ""] = arn.split(":");
    const names = new Set([role.id, valueOf(role, "name")]);
    const policies = [...names]
      .flatMap((name) => inline.get(String(name)) ?? [])
      .map((policy) => new DeployedDocument(policy, "policy"));
    const attachesTo = (attachment: DeployedResource) =>
      ["role", "roles", "roleName"].flatMap((key) => valueOf(attachment, key)).some((name) => names.has(name));
    const id = valueOf(role, "uniqueId");
    return {
      arn,
      id: typeof id === "string" ? id : undefined,
      account,
      partition,
      trust: new DeployedDocument(role, "assumeRolePolicy"),
      policies: () => {
        refuseMore(role, attachments.find(attachesTo));
        return policies;
      },
    };
  });
  return new Map(roles.map((role) => [role.arn, role]));
}

function refuseMore(role: DeployedResource, attachment: DeployedResource | undefined): void {
  const input = firstSetInput(role, ["inlinePolicies", "managedPolicyArns"]) ?? attachedElsewhere(role);
  if (input !== undefined) {
    throw new UnreadableDeploymentError(labelOf(role), `"${input}" is not read, so what the role may do is not known`);
  }
  if (attachment !== undefined) {
    throw new UnreadableDeploymentError(labelOf(attachment), "only inline policies of roles are read");
  }
}

/** What AWS has told of a role's managed policies, whoever attached them: a state that was refreshed has it. */
function attachedElsewhere({ outputs }: DeployedResource): string | undefined {
  const attached = outputs["managedPolicyArns"];
  return Array.isArray(attached) && attached.length > 0 ? "managedPolicyArns" : undefined;
}

/** A sentence for each permissions boundary: its document is made elsewhere, so what it takes away is not known here. */
export function boundaryNotes(deployment: Deployment): string[] {
  const boundaries = resourcesOf(deployment, "aws:iam/role:Role").flatMap((role) =>
    firstSetInput(role, ["permissionsBoundary"]) === undefined ? [] : [textOf(role, "permissionsBoundary")],
  );
  return [...new Set(boundaries)].map(
    (arn) =>
      `the permissions boundary ${arn} is not read here: it can take away from what the roles may do, and add nothing`,
  );
}
