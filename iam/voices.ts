import { asciiLowerCase } from "./asciiCase";
import { withSpelledKeys } from "./contextKeys";
import type { Statement } from "./policy";
import type { AccessRequest } from "./request";
import type { CompiledStatement, StatementPlace } from "./statement";
import type { DocumentKind } from "./template";

/** What the documents of one kind say to a request, whatever the others say. */
export interface Voice {
  readonly document: DocumentKind;
  /** `unknown`: its statement asks for a condition key that the request does not answer. */
  readonly says: "allows" | "denies" | "nothing" | "unknown";
  /** The statement that says it; none where none speaks of the request. */
  readonly statement?: VoicedStatement;
  /** For `unknown`: the condition key. */
  readonly unanswered?: string;
}

export interface VoicedStatement extends StatementPlace {
  /** Its Sid, or its position in the document, counted from 0. */
  readonly name: string;
  readonly effect: Statement["Effect"];
}

/** Compiled documents by their kind; of a kind that is not there, undefined. */
type Documents = Readonly<Record<DocumentKind, readonly CompiledStatement[] | undefined>>;

/**
 * What each kind of document says by itself: identity, session (where the session has a policy of its own), resource. A
 * statement that denies comes before one that may deny, that before one that allows. `decide` puts the voices together.
 */
export function voicesOn(policies: Documents, asked: AccessRequest): Voice[] {
  const request = withSpelledKeys(asked);
  const { kind } = request.principal;
  const actsByRole = kind === "role-session" || kind === "any-session";
  const kinds: readonly DocumentKind[] = actsByRole ? ["identity", "session", "resource"] : ["resource"];
  return kinds.flatMap((document) => {
    const statements = policies[document];
    return statements === undefined ? [] : [{ document, ...saidBy(statements, request) }];
  });
}

function saidBy(statements: readonly CompiledStatement[], request: AccessRequest): Omit<Voice, "document"> {
  const action = asciiLowerCase(request.action);
  const speaking = statements.filter(
    ({ principal }) => principal === undefined || principal(request.principal) !== undefined,
  );
  const open: Omit<Voice, "document">[] = [];
  for (const effect of ["Deny", "Allow"] as const) {
    for (const statement of speaking.filter((each) => each.effect === effect)) {
      const judgement = statement.applies(action, request);
      const voiced = { statement: { ...statement.place, name: statement.name, effect } };
      if (typeof judgement !== "boolean") {
        open.push({ says: "unknown", ...voiced, unanswered: judgement.key });
      } else if (judgement && !(effect === "Allow" && open.some((each) => each.statement?.effect === "Deny"))) {
        return { says: effect === "Deny" ? "denies" : "allows", ...voiced };
      }
    }
  }
  return open[0] ?? { says: "nothing" };
}
