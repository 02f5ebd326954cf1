import type { Inventory } from "../../inventory/inventory";
import { questionsOfLog } from "../../why/logLine";
import { reasonOf } from "../../why/why";
import { UserError } from "../../userError";
import { denied } from "../files/failure";
import type { LogEvent } from "./event";

/** What a client is told that is denied something, and no more. */
const { message: deniedMessage } = denied();

/** The event, of what is denied with the reason that `npm run why` gives of the line: which document says so, by which statement. */
export function explained(event: LogEvent, inventory: Inventory): LogEvent {
  const isOpen = ["AUTH_FAILURE", "KEX_FAILURE"].includes(event["activity-type"]) && event["reason"] === undefined;
  const isDenied = event["activity-type"] === "ERROR" && event.message === deniedMessage;
  if (!isOpen && !isDenied) {
    return event;
  }
  return { ...event, reason: reasonIn(event, inventory) };
}

function reasonIn(event: LogEvent, inventory: Inventory): string {
  try {
    return reasonOf(questionsOfLog(JSON.stringify(event), inventory, new Date()), { inventory, entries: undefined });
  } catch (error) {
    // A client may name whatever it likes; no session ends because of what its line cannot be asked.
    if (error instanceof UserError) {
      return error.message;
    }
    throw error;
  }
}
