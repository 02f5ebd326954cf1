import type { Operated } from "./operated";
import { comment } from "./shell";

/** Shell commands that take all keys from a user that the service manages, and what keeps the next update from giving them back. */
export function deleteKeys({ stack, settings, tenant, place }: Operated): string {
  const user = `--region ${settings.region} --server-id "$server" --user-name ${tenant.userName}`;
  const suspended =
    tenant.state === "suspended"
      ? `${place}: tenant "${tenant.name}" is suspended there; deploy that, if it is not yet.`
      : `${place}: add "state: suspended" to tenant "${tenant.name}" and deploy it, or the next update with a refresh gives the keys back.`;
  return [
    comment(
      `The service manages the users of stack "${stack}": nothing is stopped until these commands have run, in this folder.`,
      "They delete the tenant's keys, whose ids AWS has drawn; nobody logs in with them from then on.",
    ),
    `server=$(npx pulumi stack output serverId -s ${stack})
aws transfer describe-user ${user} --query 'User.SshPublicKeys[].[SshPublicKeyId]' --output text |
  while read -r key; do
    aws transfer delete-ssh-public-key ${user} --ssh-public-key-id "$key"
  done
`,
    comment(suspended),
  ].join("");
}

/** What gives the keys back. */
export function restoreKeys({ stack, tenant, place }: Operated): string {
  const suspended =
    tenant.state === "suspended" ? `${place}: take "state: suspended" from tenant "${tenant.name}". ` : "";
  return [
    comment(
      `The service manages the users of stack "${stack}". ${suspended}An update that looks at AWS first gives the`,
      "keys back that tenants.yaml has:",
    ),
    `npx pulumi up -s ${stack} --refresh --policy-pack policy\n`,
  ].join("");
}
