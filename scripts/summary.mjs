// @ts-check
// Prints the last line of a test run: the sum of unit tests and journeys.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const results = (/** @type {string} */ name) => {
  const file = fileURLToPath(new URL(`../node_modules/.results/${name}.json`, import.meta.url))
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

const unit = results('unit')
const journeys = results('journeys')
const passed = (unit?.numPassedTests ?? 0) + (journeys?.stats.expected ?? 0) + (journeys?.stats.flaky ?? 0)
// A part without results did not run to its end and counts as one failure.
const failed =
  (unit ? unit.numFailedTests + unit.numFailedTestSuites : 1) +
  (journeys ? journeys.stats.unexpected + journeys.stats.skipped : 1)
console.log(`${passed} passed, ${failed} failed`)
