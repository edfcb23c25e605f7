import { afterAll, beforeAll } from 'vitest'
import { FakeReplicate } from './fakeReplicate.testkit'

/** A server that runs while the tests of the file do. */
export function startedReplicate(): FakeReplicate {
  const fake = new FakeReplicate()
  beforeAll(() => fake.start())
  afterAll(() => fake.stop())
  return fake
}
