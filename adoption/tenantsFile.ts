import type { Content, Edit } from "../editing/edit";
import { edited } from "../editing/edited";
import { scalarText } from "../editing/written";
import { tenantContent } from "../editing/tenantEdits";
import type { TenantsText } from "../editing/tenantsText";
import { identityOf } from "../tenancy/publicKey";
import type { Adoption, Taken } from "./adopted";

/** What a new file begins with. */
const head = `# yaml-language-server: $schema=./tenants.schema.json
#
# Who may log in to the SFTP gateway, and to what. After a change: npm run check.
`;

/** What a file has that nobody else can get. */
export function takenIn({ file, tenants, retired }: TenantsText): Taken {
  return {
    names: new Map([
      ...retired.map((name) => [name, "which is retired"] as const),
      ...tenants.map(({ name }) => [name, `which is in ${file} already`] as const),
    ]),
    logins: new Set(tenants.map(({ userName }) => userName.toLowerCase())),
    keys: new Map(tenants.flatMap(({ name, keys }) => keys.map(({ key }) => [identityOf(key), name] as const))),
  };
}

/** The text of a file of adopted tenants alone; names that are retired stay so. */
export function newTenantsText(file: string, adoption: Adoption, retired: readonly string[]): string {
  const [first = {}, ...rest] = tenantsOf(adoption);
  const begun = `${head}\ntenants:\n  - name: ${scalarText(adoption.adopted[0]?.tenant.name ?? "")}\n`;
  const others = Object.entries(first).filter(([key]) => key !== "name");
  const edits: Edit[] = [
    ...others.map(([key, value]) => ({ kind: "set", path: ["tenants", 0], key, value }) as const),
    ...(rest.length === 0 ? [] : [{ kind: "append", path: [], key: "tenants", values: rest } as const]),
    ...spaceEdits(adoption),
    ...(retired.length === 0 ? [] : [{ kind: "append", path: [], key: "retired", values: retired } as const]),
  ];
  return edited(file, begun, edits);
}

/** What adds the adopted tenants to a file. */
export function adoptionEdits(adoption: Adoption): Edit[] {
  const tenants = tenantsOf(adoption);
  return [
    ...(tenants.length === 0 ? [] : [{ kind: "append", path: [], key: "tenants", values: tenants } as const]),
    ...spaceEdits(adoption),
  ];
}

function spaceEdits({ spaces }: Adoption): Edit[] {
  return spaces.length === 0
    ? []
    : [{ kind: "append", path: [], key: "spaces", values: spaces.map((space) => ({ ...space })) }];
}

function tenantsOf({ adopted }: Adoption): { readonly [key: string]: Content }[] {
  return adopted.map(({ tenant }) => tenantContent(tenant));
}
