/** A button has to be seen this long before a press on it counts, ms. */
export const SHOWN_MS = 700

/**
 * Tells presses meant for a button from those meant for what was in its place before: it takes only a press that begins
 * on the button, at least SHOWN_MS after it came. A press that is too early starts the wait again, so that a row of
 * clicks is never taken half way. Times are ms of one clock.
 */
export class PressGuard {
  private since = Infinity
  /** Of the press that is on; null between two. */
  private accepted: boolean | null = null

  /** The button has come. */
  show(now: number): void {
    this.since = now
  }

  /** A pointer or a key goes down on the button. @param now when it did, not when that is handled */
  begin(now: number): void {
    this.accepted = now - this.since >= SHOWN_MS
    // A busy page hands over presses of before the button came: they do not bring the wait forward.
    if (!this.accepted) this.since = Math.max(this.since, now)
  }

  /**
   * The press is over: the button is clicked.
   * @param noPointer without one a click may come from software, such as a screen reader, and begins where it ends
   * @returns whether it counts
   */
  end(now: number, noPointer = false): boolean {
    if (this.accepted === null && noPointer) this.begin(now)
    const { accepted } = this
    this.accepted = null
    return accepted === true
  }

  /** @returns how long until a press would count, ms */
  waitMs(now: number): number {
    return Math.max(0, this.since + SHOWN_MS - now)
  }
}
