import * as v from 'valibot'
import { describe, expect, it, vi } from 'vitest'
import { inFakeTime } from '../tab.testkit'
import { createStore } from 'zustand/vanilla'
import { AppError } from '../../core/errors'
import { TOOLS } from '../../editor/toolRegistry'
import type { KeyValueStorage } from '../ports'
import { combineStores } from './combineStores'
import { derived } from './derived'
import { createDialogs } from './dialogs'
import { createMessages } from './messages'
import { createPersisted } from './persisted'
import { createSettings } from './settings'
import { createToolSettings } from './toolSettings'
import { createView } from './view'
import { createViewport, viewOf } from './viewport'

function storage(
  held: Record<string, string> = {},
): KeyValueStorage & { readonly held: Record<string, string> } {
  return {
    held,
    getItem: (key) => held[key] ?? null,
    setItem: (key, value) => {
      held[key] = value
    },
    removeItem: (key) => {
      delete held[key]
    },
  }
}

const refusing: KeyValueStorage = {
  getItem: () => {
    throw new DOMException('blocked', 'SecurityError')
  },
  setItem: () => {
    throw new DOMException('full', 'QuotaExceededError')
  },
  removeItem: () => {},
}

const options = {
  name: 'test',
  version: 1,
  initial: { a: 1, b: 'x', secret: 'never' },
  entries: { a: v.number(), b: v.string() },
}

describe('a persisted store', () => {
  it('has what was stored, and stores no more than its entries', () => {
    const disk = storage()
    const first = createPersisted({ ...options, storage: disk, onWriteError: () => {} })
    first.setState({ a: 7, secret: 'typed' })
    expect(JSON.stringify(disk.held)).not.toContain('typed')
    const again = createPersisted({ ...options, storage: disk, onWriteError: () => {} })
    expect(again.getState()).toEqual({ a: 7, b: 'x', secret: 'never' })
  })

  it('takes what fits of damaged data, value by value', () => {
    for (const [stored, a, b] of [
      ['{"state":{"a":5,"b":9}}', 5, 'x'],
      ['{"state":{"a":"5","b":"y"}}', 1, 'y'],
      ['{"state":null}', 1, 'x'],
      ['[]', 1, 'x'],
      ['not json', 1, 'x'],
      ['{"state":{"__proto__":{"a":3}}}', 1, 'x'],
    ] as const) {
      const store = createPersisted({
        ...options,
        storage: storage({ test: stored }),
        onWriteError: () => {},
      })
      expect(store.getState()).toMatchObject({ a, b })
    }
  })

  it('writes what a full storage refused as soon as there is room, as it is by then', () => {
    vi.useFakeTimers()
    const disk = storage()
    let isFull = true
    const full = {
      ...disk,
      setItem(key: string, value: string) {
        if (isFull) throw new DOMException('full', 'QuotaExceededError')
        disk.setItem(key, value)
      },
    }
    const store = createPersisted({ ...options, storage: full, onWriteError: () => {} })
    store.setState({ a: 2 })
    store.setState({ b: 'y' })
    vi.advanceTimersByTime(25_000)
    expect(disk.held).toEqual({})
    isFull = false
    vi.advanceTimersByTime(10_000)
    const again = createPersisted({ ...options, storage: disk, onWriteError: () => {} })
    expect(again.getState()).toMatchObject({ a: 2, b: 'y' })
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })

  it('works in memory where the storage is full, blocked or missing, and says so', () => {
    const errors: unknown[] = []
    const store = createPersisted({
      ...options,
      storage: refusing,
      onWriteError: (cause) => errors.push(cause),
    })
    store.setState({ a: 2 })
    expect(store.getState().a).toBe(2)
    expect(errors).toHaveLength(1)
    const without = createPersisted({
      ...options,
      storage: null,
      onWriteError: (cause) => errors.push(cause),
    })
    without.setState({ a: 3 })
    expect(without.getState().a).toBe(3)
    expect(errors).toHaveLength(1)
  })
})

describe('settings', () => {
  it('start in the browser’s language where there is one', () => {
    const locale = (language: string) =>
      createSettings({ storage: null, language, onWriteError: () => {} }).store.getState().locale
    expect(locale('zh-TW')).toBe('zh')
    expect(locale('de')).toBe('en')
  })

  it('of an earlier version are taken', () => {
    const disk = storage({
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

const codes = (messages: ReturnType<typeof createMessages>) =>
  messages.store
    .getState()
    .messages.map((message) => (message.kind === 'error' ? message.error.code : message.code))

describe('messages', () => {
  inFakeTime()

  it('show an error once, the newest last, four at most', () => {
    const messages = createMessages()
    messages.report(new AppError('image/svg'))
    messages.report(new AppError('image/heic'))
    messages.report(new AppError('image/svg'))
    expect(codes(messages)).toEqual(['image/heic', 'image/svg'])
    for (const code of ['image/empty', 'image/damaged', 'image/too-large'] as const)
      messages.report(new AppError(code))
    expect(codes(messages)).toHaveLength(4)
  })

  it('say nothing of an abort', () => {
    const messages = createMessages()
    messages.report(new DOMException('', 'AbortError'))
    expect(codes(messages)).toEqual([])
  })

  it('take notices away after 10 s, errors not', async () => {
    const messages = createMessages()
    messages.notify('link-copied')
    messages.report(new AppError('image/svg'))
    await vi.advanceTimersByTimeAsync(9999)
    expect(codes(messages)).toEqual(['link-copied', 'image/svg'])
    await vi.advanceTimersByTimeAsync(1)
    expect(codes(messages)).toEqual(['image/svg'])
  })

  it('keep an instruction until it is done, whatever else is said', async () => {
    const messages = createMessages()
    messages.notify('link-needs-file')
    for (const code of ['image/empty', 'image/damaged', 'image/too-large', 'image/svg'] as const)
      messages.report(new AppError(code))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(codes(messages)).toEqual(['link-needs-file', 'image/damaged', 'image/too-large', 'image/svg'])
    messages.dismissNotice('link-needs-file')
    expect(codes(messages)).not.toContain('link-needs-file')
  })

  it('a new attempt clears errors, not notices', () => {
    const messages = createMessages()
    messages.notify('run-found')
    messages.report(new AppError('image/svg'))
    messages.clearErrors()
    expect(codes(messages)).toEqual(['run-found'])
  })

  it('a new run clears what was said of the one before, and nothing else', () => {
    const messages = createMessages()
    messages.notify('output-cut')
    messages.notify('link-copied')
    messages.report(new AppError('image/svg'))
    messages.notify('cancel-local')
    messages.clearForRun()
    expect(codes(messages)).toEqual(['link-copied'])
  })

  it('say once that storage fails', () => {
    const messages = createMessages()
    messages.reportStorage(new Error('full'))
    messages.dismiss(messages.store.getState().messages[0].id)
    messages.reportStorage(new Error('full'))
    expect(codes(messages)).toEqual([])
  })
})

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
    expect(codes(messages)).toEqual(['link-needs-file', 'storage/full'])
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
    expect(codes(messages)).toEqual([])
    messages.notify('applied')
    dialogs.toggleSheet('runs')
    expect(codes(messages)).toEqual(['applied'])
  })
})

describe('tool settings', () => {
  it('subtract or intersect what is selected, never what a brush paints or the hand moves', () => {
    const tools = createToolSettings()
    const having = (part: 'erase' | 'intersect') =>
      TOOLS.filter((tool) => tools.combining(tool)[part]).map(({ id }) => id)
    const selecting = ['rectangle', 'ellipse', 'lasso', 'polygon', 'wand', 'smart']
    for (const [combine, erase, intersect] of [
      ['add', [], []],
      ['subtract', selecting, []],
      ['intersect', [], selecting],
    ] as const) {
      tools.setCombine(combine)
      expect([having('erase'), having('intersect')]).toEqual([erase, intersect])
    }
  })

  it('keep the brush within its limits, whole', () => {
    const tools = createToolSettings()
    tools.setBrush({ size: 1e9, hardness: -4, opacity: Number.NaN })
    expect(tools.store.getState().brush).toEqual({
      size: 1000,
      hardness: 0,
      opacity: 100,
      smoothEdge: true,
    })
    tools.setBrush({ size: 0.2 })
    expect(tools.store.getState().brush.size).toBe(1)
  })

  it('fit the brush to the picture until a size is chosen', () => {
    const tools = createToolSettings()
    tools.fitBrush({ width: 800, height: 400 })
    expect(tools.store.getState().brush.size).toBe(50)
    tools.setBrush({ size: 33 })
    tools.fitBrush({ width: 4000, height: 4000 })
    expect(tools.store.getState().brush.size).toBe(33)
  })

  it('step by 12 %, at least a pixel', () => {
    const tools = createToolSettings()
    const sizeAfter = (size: number, direction: 1 | -1) => {
      tools.setBrush({ size })
      tools.stepSize(direction)
      return tools.brushNow().brush.size
    }
    expect(sizeAfter(100, 1)).toBe(112)
    expect(sizeAfter(3, -1)).toBe(2)
    expect(sizeAfter(1, -1)).toBe(1)
  })

  it('give fingers the hand once there is a pen', () => {
    const tools = createToolSettings()
    expect(tools.toolFor('touch')).toBe('brush')
    expect(tools.toolFor('pen')).toBe('brush')
    expect(tools.toolFor('touch')).toBe('hand')
    expect(tools.toolFor('mouse')).toBe('brush')
    tools.holdHand(true)
    expect(tools.toolFor('mouse')).toBe('hand')
    tools.holdHand(false)
    tools.swapBrush()
    expect(tools.toolFor('mouse')).toBe('eraser')
  })
})

describe('the view', () => {
  it('starts each comparison at the first output', () => {
    const view = createView()
    view.showCompare('a')
    view.select(3)
    view.showCompare('b')
    expect(view.store.getState()).toMatchObject({ view: 'compare', runId: 'b', selected: 0 })
    view.showEdit()
    expect(view.store.getState()).toMatchObject({ view: 'edit', runId: 'b' })
  })

  it('zooms around the middle of the pane, and exactly to 100 %', () => {
    const viewport = createViewport()
    const image = { width: 4000, height: 3000 }
    viewport.zoomBy(image, 1)
    expect(viewport.store.getState().viewport).toBeNull()
    const size = { width: 800, height: 600 }
    viewport.setPane({ size, pixelRatio: 1, canvas: { x: 0, y: 0, ...size } })
    const { pane } = viewport.store.getState()
    const fit = viewOf({ viewport: null, part: null }, image, pane!).zoom
    viewport.zoomBy(image, 1)
    expect(viewport.store.getState().viewport!.zoom).toBeGreaterThan(fit)
    viewport.zoomTo(image, 2)
    expect(viewport.store.getState().viewport).toEqual({ zoom: 2, center: { x: 2000, y: 1500 } })
    viewport.actualSize(image)
    expect(viewport.store.getState().viewport).toEqual({ zoom: 1, center: { x: 2000, y: 1500 } })
  })
})

describe('stores', () => {
  it('joined, give the same object until one changes, and replace that part only', () => {
    const a = createStore(() => ({ n: 1 }))
    const b = createStore(() => ({ m: 1 }))
    const all = combineStores({ a, b })
    const before = all.read()
    expect(all.read()).toBe(before)
    let told = 0
    const end = all.subscribe(() => told++)
    a.setState({ n: 2 })
    expect(all.read()).toEqual({ a: { n: 2 }, b: { m: 1 } })
    expect(all.read().b).toBe(before.b)
    expect(told).toBe(1)
    end()
    b.setState({ m: 2 })
    expect(told).toBe(1)
  })

  it('derived values are computed when an input changes, and only then', () => {
    let computed = 0
    const sum = derived(
      ({ a, b }: { a: number; b: number; c?: number }) => [a, b] as const,
      (a, b) => {
        computed++
        return { sum: a + b }
      },
    )
    const first = sum({ a: 1, b: 2 })
    expect(sum({ a: 1, b: 2, c: 9 })).toBe(first)
    expect(computed).toBe(1)
    expect(sum({ a: 1, b: 3 })).toEqual({ sum: 4 })
    expect(computed).toBe(2)
  })
})
