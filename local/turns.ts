/** For how long, in milliseconds, one piece of work may go on before others have their turn. */
export const turnMs = 10;

/** `map` for a list of any length: every 10 ms others have their turn, so that clients are answered meanwhile. */
export async function mappedInTurns<Item, Result>(
  items: Iterable<Item>,
  each: (item: Item) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  let turnEnds = performance.now() + turnMs;
  for (const item of items) {
    if (performance.now() > turnEnds) {
      await new Promise(setImmediate);
      turnEnds = performance.now() + turnMs;
    }
    results.push(each(item));
  }
  return results;
}
