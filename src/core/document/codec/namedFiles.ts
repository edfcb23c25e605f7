import type { PixelKey } from '../document'
import { keysOfDocument } from '../storedDocument'
import { readContents, readSummary } from './documentCodec'
import { keysOfRun, readRunRecord } from './recordCodec'

/** Which stored files are named, as runs and documents are read one by one. */
export class NamedFiles {
  private readonly named = new Set<PixelKey>()
  private hasUnread = false

  /** @param stored a record of any version */
  addRun(stored: unknown): void {
    const record = readRunRecord(stored)
    this.add(record && keysOfRun(record))
  }

  /** @param stored what lists say of a document, of any version */
  addSummary(stored: unknown): void {
    const summary = readSummary(stored)
    this.add(summary && keysOfDocument(summary, { patches: [] }))
  }

  /** @param stored the rest of a document, of any version */
  addContents(stored: unknown): void {
    const contents = readContents(stored)
    this.add(contents && keysOfDocument({ base: null, pixels: [] }, contents))
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
