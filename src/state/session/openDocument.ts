import type { DocumentContents, NumberedStep } from '../../core/document/storedDocument'
import type { CreatedDocument } from '../../platform/documentStore'
import type { MaskEditor } from '../../editor/maskEditor'
import type { EditStep } from '../../editor/undoStep'

/** What of a document is to be written. */
export interface DueWrite {
  readonly tip: number
  readonly head: number
  readonly steps: readonly NumberedStep[]
  readonly dropped: number | null
  readonly contents: DocumentContents | null
  readonly created: CreatedDocument | null
  /** It is this page's first write. */
  readonly claims: boolean
}

/** By number, lowest first. */
export interface GatheredSteps {
  readonly tip: number
  readonly head: number
  readonly steps: readonly NumberedStep[]
}

interface KnownDocument {
  readonly id: string
  /** How it is made on disk. */
  readonly created: CreatedDocument
  /** The highest number of all its steps. */
  readonly lastNumber?: number
  /** The one that is shown. */
  readonly tip?: number
  /** The last one of the branch that is open. */
  readonly head?: number | undefined
  /** It is on disk, with these contents. */
  readonly contents?: DocumentContents
}

/**
 * A document that this page has open: which branch of its steps is open, how far it is done, and what of it is not on disk
 * yet. A new step after an undo starts a branch of its own; what was undone keeps its numbers.
 */
export class OpenDocument {
  readonly id: string
  created: CreatedDocument
  /** null while its picture is not open. */
  editor: MaskEditor | null = null
  /** Another tab writes it: here it is only shown. */
  isElsewhere = false
  /** It comes back once no other tab has it. */
  isAwaited = false
  /** Lets go of it for other tabs. */
  release: (() => void) | null = null
  /** As last captured. */
  contents: DocumentContents | null
  /** Of the picture that its thumbnail shows. */
  thumbnailKey: string | null = null
  /** Of the open branch, oldest first: done steps, then undone ones. */
  private readonly branch: number[] = []
  private depth = 0
  /** Of the branch, until its steps are known. */
  private storedHead: number | null = null
  private lastNumber: number
  private isMade: boolean
  private isClaimed = false
  private waiting = new Map<number, NumberedStep>()
  /** A step that is on disk though it is still being drawn. */
  private drawn: number | null = null
  private dropped: number | null = null
  private hasMoved = false
  private areContentsDue = false

  constructor({ id, created, lastNumber = 0, tip = 0, head, contents }: KnownDocument) {
    this.id = id
    this.created = created
    this.lastNumber = lastNumber
    // Until its picture is open, its steps are not known.
    if (tip > 0) this.open([tip])
    this.storedHead = head ?? null
    this.contents = contents ?? null
    this.isMade = contents !== undefined
  }

  /** Number of the last step that is done. */
  get tip(): number {
    return this.branch[this.depth - 1] ?? 0
  }

  /** Number of the last step that Redo does; of the last one that is done where it does none. */
  get head(): number {
    return this.storedHead ?? this.branch.at(-1) ?? 0
  }

  /** Its picture comes with these steps. @param branch their numbers, oldest first @param undone of them, the last ones */
  open(branch: readonly number[], undone = 0): void {
    this.branch.splice(0, Infinity, ...branch)
    this.depth = branch.length - undone
    this.storedHead = null
  }

  /** New steps get numbers that this one has not given to others meanwhile. */
  numberAfter({ lastNumber }: OpenDocument): void {
    this.lastNumber = Math.max(this.lastNumber, lastNumber)
  }

  /** A step was done. @param at ISO 8601 */
  do(step: EditStep, at: string): void {
    const number = this.put(step, at)
    this.lastNumber = number
    this.branch.splice(this.depth, Infinity, number)
    this.depth += 1
    if (this.drawn === number) this.drawn = null
    if (this.dropped === number) this.dropped = null
  }

  /** A step is being drawn: it stands where it will stand once it is done. @param at ISO 8601 */
  draw(step: EditStep, at: string): void {
    this.put(step, at)
  }

  /** What was being drawn was taken back. */
  cancel(): void {
    this.waiting.delete(this.lastNumber + 1)
    if (this.drawn === null) return
    this.dropped = this.drawn
    this.drawn = null
    this.hasMoved = true
  }

  undo(): void {
    this.depth -= 1
    this.hasMoved = true
  }

  redo(): void {
    this.depth += 1
    this.hasMoved = true
  }

  /** Its tip is another one than on disk. */
  move(): void {
    this.hasMoved = true
  }

  setContents(contents: DocumentContents): void {
    this.contents = contents
    this.areContentsDue = true
  }

  /**
   * It is not on disk any more: all that is open of it is written again, as one branch.
   * @param done oldest first @param undone the next one to redo first @param at ISO 8601
   */
  restart(done: readonly EditStep[], undone: readonly EditStep[], at: string): void {
    this.isMade = false
    this.areContentsDue = true
    this.waiting.clear()
    this.branch.length = 0
    this.depth = 0
    this.storedHead = null
    this.lastNumber = 0
    this.drawn = null
    this.thumbnailKey = null
    for (const step of [...done, ...undone]) this.do(step, at)
    this.depth = done.length
  }

  /** None of it is on disk, as it comes from a file. @param steps on all branches, by number, lowest first */
  renew(steps: readonly NumberedStep[]): void {
    this.isMade = false
    this.lastNumber = steps.at(-1)?.number ?? 0
    this.waiting = new Map(steps.map((step) => [step.number, step]))
  }

  /**
   * Its steps on all branches as they are at this moment.
   * @returns adds what is on disk to what is not yet; null where steps of the open branch are on neither
   */
  gather(): (stored: readonly NumberedStep[]) => GatheredSteps | null {
    const { tip, head, lastNumber } = this
    const branch = [...this.branch]
    const waiting = [...this.waiting]
    return (stored) => {
      const byNumber = new Map([...stored.map((step) => [step.number, step] as const), ...waiting])
      if (branch.some((number) => !byNumber.has(number))) return null
      // What was done since then is left out.
      const steps = [...byNumber.values()].filter(({ number }) => number <= lastNumber)
      return { tip, head, steps: steps.toSorted((a, b) => a.number - b.number) }
    }
  }

  /** @returns what is to be written now; null where all is. It counts as written until `giveBack`. */
  take(): DueWrite | null {
    const { contents, isMade, areContentsDue, dropped } = this
    const steps = [...this.waiting.values()]
    if (isMade && steps.length === 0 && !this.hasMoved && !areContentsDue) return null
    const next = this.lastNumber + 1
    const isDrawing = this.waiting.has(next)
    if (isDrawing) this.drawn = next
    const tip = isDrawing ? next : this.tip
    const due = {
      tip,
      head: isDrawing ? next : this.head,
      steps,
      dropped,
      contents: areContentsDue || !isMade ? contents : null,
      created: isMade ? null : this.created,
      claims: !this.isClaimed,
    }
    this.isClaimed = true
    this.waiting = new Map()
    this.dropped = null
    this.hasMoved = false
    this.areContentsDue = false
    this.isMade = true
    return due
  }

  /** The write has failed: the next one writes it too. */
  giveBack({ steps, dropped, contents, created, claims }: DueWrite): void {
    // What was being drawn is written as it stands by then.
    const done = steps.filter(({ number }) => number <= this.lastNumber && !this.waiting.has(number))
    this.waiting = new Map([...done.map((one) => [one.number, one] as const), ...this.waiting])
    if (dropped !== null && dropped > this.lastNumber) this.dropped ??= dropped
    if (contents) this.areContentsDue = true
    if (created) this.isMade = false
    if (claims) this.isClaimed = false
    this.hasMoved = true
  }

  private put(step: EditStep, at: string): number {
    const number = this.lastNumber + 1
    const { command, area, edit } = step
    this.waiting.set(number, { number, parent: this.tip, at, command, area, edit })
    return number
  }
}
