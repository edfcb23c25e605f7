import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { FakeReplicate } from '../../src/backends/replicate/fakeReplicate.testkit'
import type { Mounted } from '../../src/backends/replicate/fakeMount.testkit'
import type { Fault } from '../../src/backends/replicate/fault.testkit'
import { NODE_FAULTS } from '../../src/backends/replicate/faults.testkit'
import { UNCLEAR } from '../../src/core/errors'
import { laterEn } from '../../src/i18n/laterMessages.en'
import { en } from '../../src/i18n/messages.en'
import { isMessageKey, translate } from '../../src/i18n/translate'
import type { App } from '../../src/state/app'
import { FakeBrowser } from '../../src/state/fakeBrowser.testkit'
import { selectValues } from '../../src/state/model/formSelectors'
import { selectActiveRun } from '../../src/state/runs/runSelectors'
import { openNodeTab } from './nodeTab'

const TOKEN = 'r8_for_the_base'
const POLL_MS = [5, 50] as const
const fake = new FakeReplicate()

beforeAll(async () => {
  // An output may come from the page's own origin, which Node has none of.
  vi.stubGlobal('location', new URL('http://page.example/'))
  await fake.start()
})
afterAll(async () => {
  vi.unstubAllGlobals()
  await fake.stop()
})

const newest = (app: App) => app.runs.store.getState().runs[0]

/** Tests that run at once have no `expect.poll`. */
const until = (isSo: () => boolean) =>
  vi.waitFor(() => expect(isSo()).toBe(true), { interval: 5, timeout: 50_000 })

/** One run from its click to its end, or to the question what became of it. */
async function run(app: App): Promise<void> {
  const before = newest(app)
  const end = { isOver: false }
  const running = app.runner.start().finally(() => {
    end.isOver = true
  })
  const isAsking = () => newest(app) !== before && newest(app)?.stage === 'unclear'
  await until(() => end.isOver || isAsking())
  if (end.isOver) await running
}

const english = { ...en, ...laterEn }

/** What the page says, as it says it: message, details, the backend's own words. */
function messagesOf(app: App): string {
  const failed =
    newest(app)?.outputs.flatMap((output) => (output.kind === 'failed' ? [output.error] : [])) ?? []
  const { messages } = app.messages.store.getState()
  const notices = messages.flatMap((message) =>
    message.kind === 'notice' ? [translate(english, `notice.${message.code}`, message.params)] : [],
  )
  const errors = [
    ...failed,
    ...messages.flatMap((message) => (message.kind === 'error' ? [message.error] : [])),
  ]
  const texts = errors.flatMap(({ code, params, detail }) => {
    const more = `more.${code}`
    return [
      translate(english, `error.${code}`, params),
      isMessageKey(english, more) ? translate(english, more, params) : '',
      detail ?? '',
    ]
  })
  // An address holds a port of any number.
  return [...notices, ...texts].join('\n').replaceAll(fake.origin, '')
}

function expectOutcome(app: App, { outcome, says }: Fault): void {
  const made = newest(app)
  const kinds = new Set(made?.outputs.map(({ kind }) => kind))
  if (outcome === 'asked') {
    expect(made?.stage).toBe('unclear')
    const errors = app.messages.store.getState().messages.filter(({ kind }) => kind === 'error')
    expect(errors).toMatchObject([{ error: { params: { [UNCLEAR]: 1 } } }])
  } else {
    expect(made?.stage).toBe('done')
    expect(made?.record.status === 'succeeded').toBe(outcome !== 'refused')
    expect(made?.record.error === null).toBe(outcome !== 'refused')
    expect([...kinds]).toEqual({ refused: [], unread: ['failed'], done: ['ready'] }[outcome])
  }
  if (says !== undefined) expect(messagesOf(app)).toMatch(says)
}

/** Each click makes one create, no key goes to an output, nothing is asked about a run that is over. */
function expectClean(api: Mounted, creates: number): void {
  expect(api.creates()).toHaveLength(creates)
  expect(api.pollsAfterEnd).toBe(0)
  for (const { path, authorization } of api.seen)
    expect([path, authorization]).toEqual([path, path.startsWith('/out/') ? null : `Bearer ${TOKEN}`])
}

describe.concurrent('a fault of a server, alone, has its outcome, keeps the work, and a clean run follows', () => {
  it.each(NODE_FAULTS)('$at: $name', async (fault) => {
    const api = fake.mount({ token: TOKEN, ...fault.scenario })
    const app = await openNodeTab(new FakeBrowser(), api.base, { token: TOKEN, pollMs: POLL_MS })
    app.forms.setFields({ prompt: 'kept' })
    const { source, editor } = app.session.store.getState()
    await run(app)
    expectOutcome(app, fault)
    expectClean(api, fault.creates)
    const { record } = newest(app)!
    if (fault.outcome === 'asked') app.runner.answer(record.id, 'leave')
    await until(() => selectActiveRun(app.runs.store.getState()) === null)

    const now = app.session.store.getState()
    expect([now.source, now.editor, now.editor?.commands.length]).toEqual([source, editor, 1])
    expect(selectValues(app.forms.context())['prompt']).toBe('kept')

    const clean = fake.mount({ token: TOKEN, sync: true }, new URL(api.base).pathname.replace(/\/v1$/, ''))
    await run(app)
    expect(newest(app)).toMatchObject({ stage: 'done', record: { status: 'succeeded' } })
    expect(newest(app)?.record.id).not.toBe(record.id)
    expectClean(clean, 1)
  })
})
