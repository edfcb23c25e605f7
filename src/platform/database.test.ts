import { expect, it, vi } from 'vitest'

const openDB = vi.fn<() => Promise<object>>()
vi.mock('idb', () => ({ openDB: () => openDB() }))

it('is opened once more after a failure, whoever asks meanwhile', async () => {
  const { database } = await import('./database')
  openDB.mockRejectedValueOnce(new Error('refused')).mockImplementation(() => Promise.resolve({}))
  const again: Promise<unknown>[] = []
  const first = database().catch(() => again.push(database()))
  // Asked while the first is on its way: its failure is heard after the next has begun.
  const second = database().catch(() => again.push(database()))
  await Promise.all([first, second])
  const opened = await Promise.all([...again, database()])
  expect(new Set(opened).size).toBe(1)
  expect(openDB).toHaveBeenCalledTimes(2)
})
