import { accessReport, type AccessReport } from "../../access/report/model";
import { deployedAccess } from "../../inventory/access";
import { inventoryOf } from "../../inventory/inventory";
import type { DeployedTenant } from "../../tenancy/deployed";
import { gatewayStack } from "../components/gatewayStack";
import { sshKey, tenant } from "../tenant";

/** By fingerprint, as they are deployed. */
const keys = [{ ...sshKey("b"), expires: "2027-06-30" }, sshKey("a")];

/** A divided home with listeners, a suspended tenant and a plain one, and texts that could become markup. */
const tenants = [
  tenant("acme", {
    userName: "ACME_batch",
    description: "Acme <b>Corporation</b>",
    folders: [
      { name: "inbox", access: "write-only" },
      { name: "outbox", path: "/Out/From Us", access: "read-only" },
    ],
    spaces: [{ name: "catalogue", access: "read-only" }],
    retentionDays: 30,
    notify: [
      { kind: "own-queue", readers: ["arn:aws:iam::123456789012:role/billing"], environments: ["dev"] },
      { kind: "email", endpoint: "ops@acme.example", environments: ["dev"] },
    ],
    sshKeys: keys,
    deployedKeys: keys,
  }),
  tenant("globex", { state: "suspended", deployedKeys: [] }),
  tenant("initech"),
];

/** The report of what `components/` deploys for these tenants. Default: the sample's. */
export async function reportOf(reported: readonly DeployedTenant[] = tenants): Promise<AccessReport> {
  const deployment = await gatewayStack({ tenants: reported });
  const subject = { stack: "dev", today: "2026-06-01", commit: "0123456789ab" };
  return accessReport(subject, reported, deployedAccess(inventoryOf(deployment)));
}
