/** A step of the history. Packing makes it smaller; using it unpacks it. */
export interface UndoEntry {
  /** What the step holds now, with its buffers. */
  readonly bytes: number
  readonly isPacked: boolean
  /** Besides its bytes it holds a whole picture. */
  readonly holdsPicture?: boolean
  /** Packs until `timeLeft` returns false; the next call continues. */
  pack(timeLeft: () => boolean): void
}

interface UndoLimits {
  /** For undo and redo together. */
  readonly budgetBytes: number
  /** This many steps are kept, whatever they weigh. */
  readonly minSteps: number
  /** Max steps that hold a picture; what is older than the first of them is dropped. No limit unless given. */
  readonly maxPictures?: number
}

/** Steps next to the present, on each side, that stay unpacked while the budget allows, so that they undo at once. */
const UNPACKED_STEPS = 2

/**
 * Undo and redo within a budget of bytes. Beyond it steps are packed, then dropped, farthest from the present first.
 * Only `pack`, called when the page is idle, counts the `UNPACKED_STEPS` on each side too.
 */
export class UndoStack<Entry extends UndoEntry> {
  /** The next step to undo is last. */
  private readonly past: Entry[] = []
  /** The next step to redo is last. */
  private readonly future: Entry[] = []
  private readonly limits: UndoLimits

  constructor(limits: UndoLimits) {
    this.limits = limits
  }

  get canUndo(): boolean {
    return this.past.length > 0
  }

  get canRedo(): boolean {
    return this.future.length > 0
  }

  /** What Redo does, the next step first. */
  get undone(): readonly Entry[] {
    return this.future.toReversed()
  }

  /** Of all steps, undo and redo. */
  get bytes(): number {
    return bytesOf(this.past) + bytesOf(this.future)
  }

  /** Adds a step; undone ones can no longer be redone. */
  push(entry: Entry): void {
    this.past.push(entry)
    this.future.length = 0
    this.dropPictures()
    this.enforce()
  }

  /**
   * Moves the last step to the redo side.
   * @param change called with the step, whose bytes may change with it
   * @returns the step; null where there is none
   */
  undo(change: (entry: Entry) => void): Entry | null {
    return this.shift(this.past, this.future, change)
  }

  /** The inverse of `undo`. */
  redo(change: (entry: Entry) => void): Entry | null {
    return this.shift(this.future, this.past, change)
  }

  /**
   * Packs steps until `timeLeft` says false, to be called when the page is idle.
   * @returns false where nothing is left to pack
   */
  pack(timeLeft: () => boolean): boolean {
    for (const entry of this.farthestFirst()) {
      if (entry.isPacked || (this.isNear(entry) && this.bytes <= this.limits.budgetBytes)) continue
      entry.pack(timeLeft)
      if (!entry.isPacked) return true
    }
    this.drop(this.bytes)
    return false
  }

  private shift(from: Entry[], to: Entry[], change: (entry: Entry) => void): Entry | null {
    const entry = from.pop()
    if (!entry) return null
    change(entry)
    to.push(entry)
    this.enforce()
    return entry
  }

  /** Packs over the budget at once, where the page had no idle time for it; then drops. */
  private enforce(): void {
    const far = this.farthestFirst().filter((entry) => !this.isNear(entry))
    let bytes = bytesOf(far)
    for (const entry of far) {
      if (bytes <= this.limits.budgetBytes) return
      if (entry.isPacked) continue
      bytes -= entry.bytes
      entry.pack(() => true)
      bytes += entry.bytes
    }
    this.drop(bytes)
  }

  private dropPictures(): void {
    const { maxPictures = Infinity } = this.limits
    const places = [...this.past.keys()].filter((place) => this.past[place].holdsPicture)
    if (places.length > maxPictures) this.past.splice(0, places[places.length - maxPictures - 1] + 1)
  }

  /** @param bytes that count against the budget */
  private drop(bytes: number): void {
    const { budgetBytes, minSteps } = this.limits
    let rest = bytes
    while (rest > budgetBytes && this.past.length + this.future.length > minSteps) {
      const side = this.past.length >= this.future.length ? this.past : this.future
      rest -= side.shift()!.bytes
    }
  }

  private farthestFirst(): Entry[] {
    const depth = Math.max(this.past.length, this.future.length)
    return Array.from({ length: depth }, (_, k) =>
      [this.past, this.future].flatMap((side) => side.at(k - depth) ?? []),
    ).flat()
  }

  private isNear(entry: Entry): boolean {
    return [this.past, this.future].some((side) => side.slice(-UNPACKED_STEPS).includes(entry))
  }
}

function bytesOf(entries: readonly UndoEntry[]): number {
  return entries.reduce((sum, entry) => sum + entry.bytes, 0)
}
