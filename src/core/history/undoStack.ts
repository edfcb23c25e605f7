/** Undo and redo with a budget: the newest `minSteps` are always kept, older ones only while bytes allow. */
export class UndoStack<Entry> {
  private readonly past: Entry[] = []
  private future: Entry[] = []
  private readonly bytesOf: (entry: Entry) => number
  private readonly budgetBytes: number
  private readonly minSteps: number

  constructor(options: { bytesOf: (entry: Entry) => number; budgetBytes: number; minSteps: number }) {
    this.bytesOf = options.bytesOf
    this.budgetBytes = options.budgetBytes
    this.minSteps = options.minSteps
  }

  get canUndo(): boolean {
    return this.past.length > 0
  }

  get canRedo(): boolean {
    return this.future.length > 0
  }

  /** Done entries, oldest first. */
  get done(): readonly Entry[] {
    return this.past
  }

  push(entry: Entry): void {
    this.past.push(entry)
    this.future = []
    this.trim()
  }

  /** The entry to take back, now on the redo side. */
  undo(): Entry | null {
    const entry = this.past.pop()
    if (!entry) return null
    this.future.push(entry)
    return entry
  }

  redo(): Entry | null {
    const entry = this.future.pop()
    if (!entry) return null
    this.past.push(entry)
    return entry
  }

  /** Drops the oldest entries over the budget. Called by itself on push; call it after entries grew. */
  trim(): void {
    let bytes = this.past.reduce((sum, entry) => sum + this.bytesOf(entry), 0)
    let drop = 0
    while (bytes > this.budgetBytes && this.past.length - drop > this.minSteps) {
      bytes -= this.bytesOf(this.past[drop])
      drop++
    }
    if (drop > 0) this.past.splice(0, drop)
  }
}
