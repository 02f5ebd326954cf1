/** What a message of the function is about, for whoever watches: `inbox/orders.csv of tenant:acme`. */
export function subjectOf(message: string): string {
  try {
    const { path, owner, complete } = JSON.parse(message) as Record<string, unknown>;
    if (typeof path === "string" && typeof owner === "string") {
      return `${complete === false ? "the part of " : ""}${path} of ${owner}`;
    }
  } catch {
    // The topic takes any text.
  }
  return "a message";
}
