import { blockOf, labelOf, resourcesOf, textOf } from "../../inventory/resources";
import type { DeployedRole } from "../../inventory/role";
import type { DeployedResource } from "../../synth/deployment";
import { keyGateOfTable } from "../delivery/deployed/keys";
import { Gate, guardedResource } from "../delivery/gate";
import type { FunctionPlace } from "../function/deployedFunction";
import { NotServedError } from "../service/notServed";
import { Table } from "../table/table";
import { TableError } from "../table/tableError";

/**
 * The table that a function's environment names, with these items. What the function's role may not read there it does not get.
 * @throws NotServedError when the deployment has no such table.
 */
export function localTable(
  lambda: DeployedResource,
  role: DeployedRole,
  { deployment, account }: Pick<FunctionPlace, "deployment" | "account">,
  items: Table["items"],
): Table {
  const variables = blockOf(lambda, "environment")["variables"] as Readonly<Record<string, unknown>> | undefined;
  const resource = resourcesOf(deployment, "aws:dynamodb/table:Table").find(
    (table) => textOf(table, "name") === variables?.["TABLE_NAME"],
  );
  if (resource === undefined) {
    throw new NotServedError(labelOf(lambda), "its environment variable TABLE_NAME names no table of the deployment");
  }
  const gate = new Gate(guardedResource(resource, account, undefined, keyGateOfTable(resource, deployment)));
  const admit = gate.forRole("dynamodb:GetItem", role, textOf(lambda, "name"));
  return new GuardedTable(textOf(resource, "name"), items, admit);
}

class GuardedTable extends Table {
  /** @param admit Throws when whoever reads may not. */
  constructor(
    name: string,
    items: Table["items"],
    private readonly admit: () => void,
  ) {
    super(name, items);
  }

  override answer(operation: string, parameters: Readonly<Record<string, unknown>>): object {
    if (operation === "GetItem") {
      this.requireAdmitted();
    }
    return super.answer(operation, parameters);
  }

  private requireAdmitted(): void {
    try {
      this.admit();
    } catch (error) {
      throw new TableError("AccessDeniedException", (error as Error).message);
    }
  }
}
