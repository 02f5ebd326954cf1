import type { Inventory } from "../../inventory/inventory";
import { questionsOfLog } from "../../why/logLine";
import { reasonOf } from "../../why/why";
import { denied } from "../files/failure";
import type { LogEvent } from "./event";

/** What a client is told that is denied something, and no more. */
const { message: deniedMessage } = denied();

/** The event, of a denial with the reason that `npm run why` gives of the line: which document says so, by which statement. */
export function explained(event: LogEvent, inventory: Inventory): LogEvent {
  if (event["activity-type"] !== "ERROR" || event.message !== deniedMessage) {
    return event;
  }
  const [question] = questionsOfLog(JSON.stringify(event), inventory, new Date());
  const reason = question?.about === "file" ? reasonOf(question, { inventory, entries: undefined }) : undefined;
  return reason === undefined ? event : { ...event, reason };
}
