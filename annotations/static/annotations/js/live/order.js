/**
 * Events in their order: seqs have no gaps, so a page knows what it has, what is an echo of the past, and when something is missing.
 */

export class Order {
  /** @param {number} seq of the last event that the page knows of */
  constructor(seq) {
    this.seq = seq;
  }

  /**
   * Take the next event in; anything else is left to the caller.
   * @param {number} seq
   * @returns {"next"|"old"|"gap"}
   */
  take(seq) {
    if (seq <= this.seq) return "old";
    if (seq > this.seq + 1) return "gap";
    this.seq = seq;
    return "next";
  }
}
