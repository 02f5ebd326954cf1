/** What users hold of something there is not enough of: each for itself, and all of them together. */
export class Quota {
  private readonly held = new Map<string, number>();
  private total = 0;

  /**
   * @param ofUser The most that one may hold.
   * @param ofAll The most that all may hold.
   */
  constructor(
    private readonly ofUser: number,
    private readonly ofAll: number,
  ) {}

  /** @returns What gives it back, which may be called more than once; undefined when it would be too much. */
  take(user: string, amount = 1): (() => void) | undefined {
    const held = this.held.get(user) ?? 0;
    if (held + amount > this.ofUser || this.total + amount > this.ofAll) {
      return undefined;
    }
    this.add(user, amount);
    let given = true;
    return () => {
      if (given) {
        given = false;
        this.add(user, -amount);
      }
    };
  }

  private add(user: string, amount: number): void {
    const held = (this.held.get(user) ?? 0) + amount;
    this.total += amount;
    if (held === 0) {
      this.held.delete(user);
    } else {
      this.held.set(user, held);
    }
  }
}
