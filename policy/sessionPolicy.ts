import { compilePolicies, UnsupportedPolicyError } from "../iam/evaluate";
import { readDocument, type DocumentReading } from "./document";
import type { UserType } from "./resourceTypes";
import type { SeenResource } from "./seenResource";

/** A user's session policy, of which every element is one whose meaning is known. */
export function readSessionPolicy(user: SeenResource<UserType>): DocumentReading {
  const reading = readDocument(user.get("policy"));
  if (reading.kind !== "document") {
    return reading;
  }
  try {
    compilePolicies({ identity: [], session: reading.document });
    return reading;
  } catch (error) {
    if (error instanceof UnsupportedPolicyError) {
      return { kind: "unreadable" };
    }
    throw error;
  }
}
