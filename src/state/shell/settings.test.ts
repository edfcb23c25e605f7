import { describe, expect, it } from 'vitest'
import { createSettings } from './settings'
import { memoryStorage } from './shell.testkit'

describe('settings', () => {
  it('start in the browser’s language where there is one', () => {
    const locale = (language: string) =>
      createSettings({ storage: null, language, onWriteError: () => {} }).store.getState().locale
    expect(locale('zh-TW')).toBe('zh')
    expect(locale('de')).toBe('en')
  })

  it('of an earlier version are taken', () => {
    const disk = memoryStorage({
      'pentimento.settings': JSON.stringify({
        state: {
          locale: 'zh',
          theme: 'light',
          backendId: 'cog',
          backendUrl: 'http://127.0.0.1:5000',
          formOpen: false,
        },
        version: 1,
      }),
    })
    const { store } = createSettings({ storage: disk, language: 'en', onWriteError: () => {} })
    expect(store.getState()).toMatchObject({
      locale: 'zh',
      theme: 'light',
      backendId: 'cog',
      formOpen: false,
    })
  })
})
