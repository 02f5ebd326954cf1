import { Table } from "../../local/table/table";
import { TableError } from "../../local/table/tableError";
import type { CredentialsTable } from "../../operator/credentialsTable";
import type { StoredItem } from "../../operator/update";

export const key = { table: "sftp-gateway-dev-identity-provider", tenant: "acme" };

/** The local table without the network between. Something may happen before a write arrives. */
export class MemoryTable implements CredentialsTable {
  readonly table = new Table(key.table);
  beforeWrite: (() => void | Promise<void>) | undefined;

  /** What is stored of the tenant. */
  get item(): StoredItem | undefined {
    return this.table.items.get(key.tenant) as StoredItem | undefined;
  }

  read: CredentialsTable["read"] = ({ table, tenant }) => {
    const answer = this.table.answer("GetItem", { TableName: table, Key: { tenant: { S: tenant } } });
    return Promise.resolve((answer as { Item?: StoredItem }).Item);
  };

  write: CredentialsTable["write"] = async (update) => {
    const meanwhile = this.beforeWrite;
    this.beforeWrite = undefined;
    await meanwhile?.();
    try {
      this.table.answer("UpdateItem", { ...update });
      return { isWritten: true };
    } catch (error) {
      if (error instanceof TableError && error.code === "ConditionalCheckFailedException") {
        return { isWritten: false, item: (error.more as { Item?: StoredItem }).Item };
      }
      throw error;
    }
  };
}
