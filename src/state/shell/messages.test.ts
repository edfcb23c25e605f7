import { describe, expect, it, vi } from 'vitest'
import { inFakeTime } from '../tab.testkit'
import { AppError } from '../../core/errors'
import { createMessages } from './messages'
import { codesOf } from './shell.testkit'

describe('messages', () => {
  inFakeTime()

  it('show an error once, the newest last, four at most', () => {
    const messages = createMessages()
    messages.report(new AppError('image/svg'))
    messages.report(new AppError('image/heic'))
    messages.report(new AppError('image/svg'))
    expect(codesOf(messages)).toEqual(['image/heic', 'image/svg'])
    for (const code of ['image/empty', 'image/damaged', 'image/too-large'] as const)
      messages.report(new AppError(code))
    expect(codesOf(messages)).toHaveLength(4)
  })

  it('say nothing of an abort', () => {
    const messages = createMessages()
    messages.report(new DOMException('', 'AbortError'))
    expect(codesOf(messages)).toEqual([])
  })

  it('take notices away after 10 s, errors not', async () => {
    const messages = createMessages()
    messages.notify('link-copied')
    messages.report(new AppError('image/svg'))
    await vi.advanceTimersByTimeAsync(9999)
    expect(codesOf(messages)).toEqual(['link-copied', 'image/svg'])
    await vi.advanceTimersByTimeAsync(1)
    expect(codesOf(messages)).toEqual(['image/svg'])
  })

  it('keep an instruction until it is done, whatever else is said', async () => {
    const messages = createMessages()
    messages.notify('link-needs-file')
    for (const code of ['image/empty', 'image/damaged', 'image/too-large', 'image/svg'] as const)
      messages.report(new AppError(code))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(codesOf(messages)).toEqual(['link-needs-file', 'image/damaged', 'image/too-large', 'image/svg'])
    messages.dismissNotice('link-needs-file')
    expect(codesOf(messages)).not.toContain('link-needs-file')
  })

  it('a new attempt clears errors, not notices', () => {
    const messages = createMessages()
    messages.notify('run-found')
    messages.report(new AppError('image/svg'))
    messages.clearErrors()
    expect(codesOf(messages)).toEqual(['run-found'])
  })

  it('a new run clears what was said of the one before, and nothing else', () => {
    const messages = createMessages()
    messages.notify('output-cut')
    messages.notify('link-copied')
    messages.report(new AppError('image/svg'))
    messages.notify('cancel-local')
    messages.clearForRun()
    expect(codesOf(messages)).toEqual(['link-copied'])
  })

  it('say once that storage fails', () => {
    const messages = createMessages()
    messages.reportStorage(new Error('full'))
    messages.dismiss(messages.store.getState().messages[0].id)
    messages.reportStorage(new Error('full'))
    expect(codesOf(messages)).toEqual([])
  })
})
