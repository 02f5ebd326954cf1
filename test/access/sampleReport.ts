import { accessReport } from "../../access/report/model";
import { sshKey, tenant } from "../tenant";

/** A report with a divided home, a suspended tenant and a plain one, and with texts that could become markup. */
export const sampleReport = accessReport("dev", "2026-06-01", [
  tenant("acme", {
    userName: "ACME_batch",
    description: "Acme <b>Corporation</b>",
    folders: [
      { name: "inbox", access: "write-only" },
      { name: "outbox", access: "read-only" },
    ],
    spaces: [{ name: "catalogue", access: "read-only" }],
    deployedKeys: [{ ...sshKey("a"), expires: "2027-06-30" }, sshKey("b")],
  }),
  tenant("globex", { state: "suspended", deployedKeys: [] }),
  tenant("initech"),
]);
