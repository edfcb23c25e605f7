import { describe, expect, it } from 'vitest'
import { AppError } from '../../core/errors'
import { createDialogs } from './dialogs'
import { createMessages } from './messages'
import { codesOf } from './shell.testkit'

describe('a dialog', () => {
  it('takes the place of the menu that it was opened from, and of what would go by itself', () => {
    const messages = createMessages()
    const dialogs = createDialogs(messages.clearPassing)
    messages.notify('applied')
    messages.notify('link-needs-file')
    messages.report(new AppError('storage/full'))
    dialogs.toggleSheet('more')
    dialogs.open('backend')
    expect(dialogs.store.getState()).toMatchObject({ dialog: 'backend', sheet: null })
    expect(codesOf(messages)).toEqual(['link-needs-file', 'storage/full'])
    dialogs.open(null)
    dialogs.toggleSheet('form')
    dialogs.open('export')
    expect(dialogs.store.getState().sheet).toBe('form')
  })

  it('or a sheet takes away what would go by itself as it opens, not as it closes', () => {
    const messages = createMessages()
    const dialogs = createDialogs(messages.clearPassing)
    messages.notify('applied')
    dialogs.toggleSheet('runs')
    expect(codesOf(messages)).toEqual([])
    messages.notify('applied')
    dialogs.toggleSheet('runs')
    expect(codesOf(messages)).toEqual(['applied'])
  })
})
