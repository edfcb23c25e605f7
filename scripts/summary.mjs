// @ts-check
// The closing line of a test run: unit tests and journeys, summed.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const results = (/** @type {string} */ name) => {
  const file = fileURLToPath(new URL(`../node_modules/.results/${name}.json`, import.meta.url))
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

const unit = results('unit')
const journeys = results('journeys')
const passed = (unit?.numPassedTests ?? 0) + (journeys?.stats.expected ?? 0) + (journeys?.stats.flaky ?? 0)
// A part that left no results did not run to its end: that counts as a failure.
const failed =
  (unit ? unit.numFailedTests + unit.numFailedTestSuites : 1) +
  (journeys ? journeys.stats.unexpected + journeys.stats.skipped : 1)
console.log(`${passed} passed, ${failed} failed`)
