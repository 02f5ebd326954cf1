/** Memory for one packet after the other: a fresh piece for each costs more than what is done with it. */
export class Scratch {
  private memory = Buffer.alloc(0);

  /** A piece of this length, with anything in it; the piece taken before must no longer be in use. */
  take(length: number): Buffer {
    if (this.memory.length < length) {
      this.memory = Buffer.allocUnsafeSlow(length);
    }
    return this.memory.subarray(0, length);
  }

  /** Leaves the piece taken last to whoever still uses it. */
  giveAway(): void {
    this.memory = Buffer.alloc(0);
  }
}
