/**
 * Whether something holds for a request: yes, no, or it cannot be told because the request does not answer a condition key.
 * An open question stays open only as long as the others do not decide without it.
 */
export type Judgement = boolean | Unanswered;

export interface Unanswered {
  /** The condition key, as AWS spells it. */
  readonly key: string;
}

/** Whether all hold: one that does not is enough to say no. */
export function every<T>(items: readonly T[], judge: (item: T) => Judgement): Judgement {
  return untilOne(false, items, judge);
}

/** Whether one holds: one that does is enough to say yes. */
export function some<T>(items: readonly T[], judge: (item: T) => Judgement): Judgement {
  return untilOne(true, items, judge);
}

function untilOne<T>(decisive: boolean, items: readonly T[], judge: (item: T) => Judgement): Judgement {
  let open: Unanswered | undefined;
  for (const item of items) {
    const judgement = judge(item);
    if (judgement === decisive) {
      return decisive;
    }
    if (typeof judgement !== "boolean") {
      open ??= judgement;
    }
  }
  return open ?? !decisive;
}

export function not(judgement: Judgement): Judgement {
  return typeof judgement === "boolean" ? !judgement : judgement;
}
