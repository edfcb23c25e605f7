import type { PixelKey } from '../document'
import { keysOfDraft, keysOfSteps } from '../draft'
import { readDraft } from './draftCodec'
import { readJournal } from './journalCodec'
import { keysOfRun, readRunRecord } from './recordCodec'

/** Which stored files are named, as runs and drafts are read one by one. */
export class NamedFiles {
  private readonly named = new Set<PixelKey>()
  private hasUnread = false

  /** @param stored a record of any version */
  addRun(stored: unknown): void {
    const record = readRunRecord(stored)
    this.add(record && keysOfRun(record))
  }

  /** @param stored a draft of any version */
  addDraft(stored: unknown): void {
    const draft = readDraft(stored)
    this.add(draft && keysOfDraft(draft))
  }

  /** @param entries of any version; a damaged one brings nothing back, and names nothing */
  addJournal(entries: readonly unknown[]): void {
    this.add(keysOfSteps(readJournal(entries).steps))
  }

  /**
   * Those of the files that nothing names. What could not be read may name any file: then none is unnamed.
   * @param files keys of all stored files
   */
  unnamed(files: readonly PixelKey[]): PixelKey[] {
    return this.hasUnread ? [] : files.filter((key) => !this.named.has(key))
  }

  private add(keys: readonly PixelKey[] | null): void {
    if (keys) for (const key of keys) this.named.add(key)
    else this.hasUnread = true
  }
}
