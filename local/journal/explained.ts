import { questionsOfLog } from "../../why/logLine";
import type { Entries, Known } from "../../why/subject";
import { reasonOf } from "../../why/why";
import { UserError } from "../../userError";
import { denied } from "../files/failure";
import type { LogEvent } from "./event";

/** What a client is told that is denied something, and no more. */
const { message: deniedMessage } = denied();

/**
 * The event, of what is denied with the reason that `npm run why` gives of the line: which folder is what by which line of
 * tenants.yaml, and which document says so.
 */
export function explained(event: LogEvent, known: Pick<Known, "inventory" | "entries">): LogEvent {
  const isOpen = ["AUTH_FAILURE", "KEX_FAILURE"].includes(event["activity-type"]) && event["reason"] === undefined;
  const isDenied = event["activity-type"] === "ERROR" && event.message === deniedMessage;
  if (!isOpen && !isDenied) {
    return event;
  }
  return { ...event, reason: reasonIn(event, known) };
}

function reasonIn(event: LogEvent, { inventory, entries }: Pick<Known, "inventory" | "entries">): string {
  const known = { inventory, entries: entries && thoseNamed(entries) };
  try {
    return reasonOf(questionsOfLog(JSON.stringify(event), inventory, new Date()), known);
  } catch (error) {
    // A client may name whatever it likes; no session ends because of what its line cannot be asked.
    if (error instanceof UserError) {
      return error.message;
    }
    throw error;
  }
}

/** Whose a key is that nobody of the deployment has only all entries tell, which a client must not have read at each attempt. */
function thoseNamed(entries: Entries): Entries {
  return {
    file: entries.file,
    find: (text, wanted) => (text === "" ? undefined : entries.find(text, wanted)),
  };
}
