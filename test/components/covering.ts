/** A choice for each thing that can be chosen. */
export type Choices = Readonly<Record<string, unknown>>;

/** Everything that can be chosen together. */
export function everyChoice(values: Readonly<Record<string, readonly unknown[]>>): Choices[] {
  return Object.entries(values).reduce<Choices[]>(
    (chosen, [name, each]) => chosen.flatMap((choices) => each.map((value) => ({ ...choices, [name]: value }))),
    [{}],
  );
}

/**
 * A few that have between them every two values that any of the given ones has beside each other: what goes wrong for two of them
 * goes wrong here. Each is the one with the most that are still missing.
 */
export function coveringPairs<Each extends Choices>(given: readonly Each[]): Each[] {
  const all = given.map((choices) => ({ choices, pairs: pairsOf(choices) }));
  const missing = new Set(all.flatMap(({ pairs }) => pairs));
  const taken: Each[] = [];
  while (missing.size > 0) {
    const gains = all.map(({ pairs }) => pairs.filter((pair) => missing.has(pair)).length);
    const { choices, pairs } = all[gains.indexOf(Math.max(...gains))]!;
    taken.push(choices);
    pairs.forEach((pair) => missing.delete(pair));
  }
  return taken;
}

function pairsOf(choices: Choices): string[] {
  const texts = Object.entries(choices).map((entry) => JSON.stringify(entry));
  return texts.flatMap((one, index) => texts.slice(index + 1).map((other) => `${one} ${other}`));
}
