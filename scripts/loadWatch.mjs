// @ts-check
// What a page says of its own load: paint, sample cards, long tasks, bytes.

/** No long task for this long: the page has come to rest, ms. */
const QUIET_MS = 2000

/**
 * One load; times from the start of navigation.
 * @typedef {object} Load
 * @property {number} paintMs first contentful paint
 * @property {number} cardsMs the first sample card can be clicked
 * @property {number} interactiveMs painted, with the cards, and the last long task before the page's rest has ended
 * @property {number} blockingMs the part of each long task over 50 ms, from the start: most of them precede the paint
 * @property {number} interactiveBytes received by the page until interactive, headers included; workers' are not
 */

/**
 * Watches the next navigation of a page; call it before `goto`.
 * @param {import('@playwright/test').Page} page
 * @param {number} maxMs gives up after this
 * @returns {Promise<Load>}
 * @throws {Error} where no card can be clicked, or the page does not come to rest
 */
export async function watchLoad(page, maxMs) {
  const ended = /** @type {Promise<Load>} */ (
    new Promise((resolve) => void page.exposeFunction('loadEnded', resolve))
  )
  await page.addInitScript(watchInPage, { quietMs: QUIET_MS })
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('the start page did not become interactive')), maxMs)
  })
  return Promise.race([ended, /** @type {Promise<never>} */ (late)]).finally(() => clearTimeout(timer))
}

/** Runs in the page. @param {{ quietMs: number }} options */
function watchInPage({ quietMs }) {
  /** @type {{ startTime: number, duration: number }[]} */
  const long = []
  let paintMs = 0
  let cardsMs = 0
  new PerformanceObserver((list) => long.push(...list.getEntries())).observe({
    type: 'longtask',
    buffered: true,
  })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (entry.name === 'first-contentful-paint') paintMs = entry.startTime
  }).observe({ type: 'paint', buffered: true })
  const isClickable = () => {
    const card = document.querySelector('[role=group][aria-label="Samples"] button:not(:disabled)')
    if (!card) return false
    const { x, y, width, height } = card.getBoundingClientRect()
    const hit = document.elementFromPoint(x + width / 2, y + height / 2)
    return hit !== null && card.contains(hit)
  }
  const finish = () => {
    const interactiveMs = Math.max(
      paintMs,
      cardsMs,
      ...long.map(({ startTime, duration }) => startTime + duration),
    )
    const received = /** @type {PerformanceResourceTiming[]} */ ([
      ...performance.getEntriesByType('navigation'),
      ...performance.getEntriesByType('resource'),
    ])
    const load = {
      paintMs,
      cardsMs,
      interactiveMs,
      blockingMs: long.reduce((sum, { duration }) => sum + duration - 50, 0),
      interactiveBytes: received
        .filter(({ responseEnd }) => responseEnd > 0 && responseEnd <= interactiveMs)
        .reduce((sum, { transferSize }) => sum + transferSize, 0),
    }
    Object(globalThis).loadEnded(load)
  }
  const poll = () => {
    const now = performance.now()
    if (cardsMs === 0 && isClickable()) cardsMs = now
    const last = Math.max(cardsMs, ...long.map(({ startTime, duration }) => startTime + duration))
    if (cardsMs === 0 || paintMs === 0) requestAnimationFrame(poll)
    else if (now - last > quietMs) finish()
    else setTimeout(poll, 100)
  }
  requestAnimationFrame(poll)
}
