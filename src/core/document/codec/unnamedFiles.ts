import { keysOfDraft } from '../draft'
import { readDraft } from './draftCodec'
import { keysOfRun, readRunRecord } from './recordCodec'

/**
 * The files that no stored run and no draft names. What cannot be read may name any file: then none is unnamed.
 * @param files keys of all stored files
 * @param runs records as stored, of any version
 * @param drafts as stored, of any version
 */
export function unnamedFiles(
  files: readonly string[],
  runs: readonly unknown[],
  drafts: readonly unknown[],
): string[] {
  const named = new Set<string>()
  for (const stored of runs) {
    const record = readRunRecord(stored)
    if (!record) return []
    for (const key of keysOfRun(record)) named.add(key)
  }
  for (const stored of drafts) {
    const draft = readDraft(stored)
    if (!draft) return []
    for (const key of keysOfDraft(draft)) named.add(key)
  }
  return files.filter((key) => !named.has(key))
}
