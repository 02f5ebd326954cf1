import type { Item, Table } from "./table";
import { serveTable, type TableServer } from "./tableServer";

/** The table of one run: its items and its address stay, whatever deployment is served. Who may read it is the deployment's. */
export class RunTable {
  readonly items = new Map<string, Item>();
  private table: Table | undefined;
  private server: TableServer | undefined;

  /**
   * Answers as the table of a deployment from now on.
   * @param table Has the items of this one.
   * @returns Where DynamoDB's client finds it.
   */
  async serveAs(table: Table): Promise<string> {
    this.table = table;
    this.server ??= await serveTable({ answer: (...asked) => this.table!.answer(...asked) });
    return this.server.endpoint;
  }

  async close(): Promise<void> {
    await this.server?.close();
  }
}
