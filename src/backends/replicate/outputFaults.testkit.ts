import { HTML, huge, raw } from './brokenAnswers.testkit'
import type { Call, Scenario } from './fakeMount.testkit'
import { faultsAt } from './fault.testkit'

const instead = (answer: (call: Call, png: Uint8Array) => void): Pick<Scenario, 'onOutput'> => ({
  onOutput: (call, png) => {
    answer(call, png)
    return true
  },
})
const address = (text: string) => ({ output: () => [text] })
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>').toString('base64')

/** What an output's address gives. */
export const OUTPUT_FAULTS = faultsAt('output', [
  ['404', instead((call) => call.text(404, 'gone')), 'unread', '404'],
  ['403, expired', instead((call) => call.text(403, 'expired')), 'unread', '403'],
  [
    'no CORS',
    instead(({ response }, png) => {
      response.writeHead(200, { 'content-type': 'image/png' }).end(png)
    }),
    'unread',
    'display only',
  ],
  ['HTML', instead((call) => call.text(200, HTML)), 'refused', 'unsafe output'],
  [
    'half a picture',
    instead((call, png) => raw(png.subarray(0, png.length / 2), 200, { 'content-type': 'image/png' })(call)),
    'refused',
    /damaged|could not/,
  ],
  ['another size', { outputSize: { width: 300, height: 200 } }, 'done', undefined],
  [
    'one that takes a second',
    instead((call, png) => {
      setTimeout(() => raw(png, 200, { 'content-type': 'image/png' })(call), 1000)
    }),
    'done',
    undefined,
  ],
  ['a picture without end', instead(huge), 'unread', 'could not be read'],
  ['javascript:', address('javascript:alert(1)'), 'refused', 'unsafe output'],
  ['data:text/html', address('data:text/html,<script>alert(1)</script>'), 'refused', 'unsafe output'],
  ['file:', address('file:///etc/passwd'), 'refused', 'unsafe output'],
  ['an SVG', address(`data:image/svg+xml;base64,${svg}`), 'refused', 'unsafe output'],
  ['no output at all', { output: () => [] }, 'refused', 'without an output'],
])
