import program from "../../index";
import { requireSettings } from "../../settings/stackSettings";
import type { DeployedResource } from "../../synth/deployment";
import { synthesised } from "../fixtures/synthesised";
import { projectDirectory } from "../components/gatewayStack";
import { rightsFor, type Rights } from "./rights";
import { RolesTemplate } from "./rolesTemplate";

export interface DeployedWithRoles {
  readonly template: RolesTemplate;
  readonly serverId: string;
  readonly resources: readonly DeployedResource[];
  /** What each of the resources takes, in their order. */
  readonly rights: readonly Rights[];
}

/** The project's own stack under its boundary, perhaps with other settings, and the roles of its workflows once they know the server. */
export async function deployedWithRoles(
  stack: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<DeployedWithRoles> {
  const { boundaryArn } = new RolesTemplate({ Stack: stack });
  const overrides = { "sftp-gateway:permissionsBoundary": boundaryArn, ...settings };
  const { encryption, kmsKeyArn, endpoint, hostedZoneId, hostname } = requireSettings(
    projectDirectory,
    stack,
    overrides,
  );
  const synthesis = await synthesised({ directory: projectDirectory, stack, program, overrides });
  const resources = synthesis.resources.filter(({ custom }) => custom);
  const serverId = resources.find(({ type }) => type === "aws:transfer/server:Server")?.id ?? "";
  return {
    template: new RolesTemplate({
      Stack: stack,
      ServerId: serverId,
      Encryption: encryption,
      KmsKeyArn: kmsKeyArn,
      Endpoint: endpoint,
      HostedZoneId: hostedZoneId,
      Hostname: hostname,
    }),
    serverId,
    resources,
    rights: resources.map((resource) => rightsFor(resource, boundaryArn)),
  };
}
