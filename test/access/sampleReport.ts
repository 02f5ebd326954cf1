import { accessReport, type AccessReport } from "../../access/report/model";
import { deployedAccess } from "../../inventory/access";
import { inventoryOf } from "../../inventory/inventory";
import type { DeployedTenant } from "../../tenancy/deployed";
import type { IdentityProvider } from "../../tenancy/signIn";
import { gatewayStack } from "../components/gatewayStack";
import { sshKey, tenant } from "../tenant";

/** By fingerprint, as they are deployed. */
const keys = [{ ...sshKey("b"), expires: "2027-06-30" }, sshKey("a")];

/** A divided home, a suspended tenant and a plain one, and texts that could become markup. */
const tenants = [
  tenant("acme", {
    userName: "ACME_batch",
    description: "Acme <b>Corporation</b>",
    folders: [
      { name: "inbox", access: "write-only" },
      { name: "outbox", path: "/Out/From Us", access: "read-only" },
    ],
    spaces: [{ name: "catalogue", access: "read-only" }],
    sshKeys: keys,
    deployedKeys: keys,
  }),
  tenant("globex", { state: "suspended", deployedKeys: [] }),
  tenant("initech"),
];

/** The report of what `components/` deploys for these tenants. Default: the sample's. */
export async function reportOf(
  reported: readonly DeployedTenant[] = tenants,
  identityProvider: IdentityProvider = "service-managed",
): Promise<AccessReport> {
  const deployment = await gatewayStack({ tenants: reported, identityProvider });
  return accessReport("dev", "2026-06-01", reported, deployedAccess(inventoryOf(deployment)));
}
