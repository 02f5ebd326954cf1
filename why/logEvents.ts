/** The fields of one line of the structured log. */
export type Fields = Readonly<Record<string, unknown>>;

/** How deep lines may lie in what CloudWatch puts around them: a list of results, of fields, whose value is a line. */
const deepest = 6;

/**
 * The lines of the structured log in a text, in its order, however they were fetched: as they are, one a line, behind the time and
 * stream of `aws logs tail`, in the events of `filter-log-events`, or in the field `@message` of Logs Insights. What is none of
 * that is left out; undefined where the end of the text is, so that nobody is told of another line than the one that is meant.
 */
export function logEventsIn(text: string): readonly Fields[] | undefined {
  const whole = eventsOf(parsed(text), 0);
  if (whole.length > 0) {
    return whole;
  }
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const events = lines.map((line) => eventsOf(parsed(line) ?? parsed(line.slice(Math.max(line.indexOf("{"), 0))), 0));
  return events.at(-1)?.length === 0 ? undefined : events.flat();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function eventsOf(value: unknown, depth: number): Fields[] {
  if (depth > deepest || typeof value !== "object" || value === null) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((each) => eventsOf(each, depth + 1));
  }
  const fields = value as Fields;
  if (typeof fields["activity-type"] === "string") {
    return [fields];
  }
  const { events, results, field } = fields;
  const enclosed = fields["@message"] ?? fields["message"] ?? (field === "@message" ? fields["value"] : undefined);
  return typeof enclosed === "string"
    ? eventsOf(parsed(enclosed), depth + 1)
    : [events, results, enclosed].flatMap((each) => eventsOf(each, depth + 1));
}
