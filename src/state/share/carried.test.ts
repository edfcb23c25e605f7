import { describe, expect, it } from 'vitest'
import { toBase64Url } from '../../core/base64'
import { encodeLink } from '../../core/document/codec/linkCodec'
import { setupOnly } from '../../core/document/partialDocument'
import { selectValues } from '../model/formSelectors'
import { later } from '../fakeDelays.testkit'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeFile, setFileFacts } from '../fakePictures.testkit'
import {
  apply,
  inFakeTime,
  masked,
  messageCodes,
  newestResult,
  openPhoto,
  type OpenTab,
  openTab,
  pass,
  promptOf,
  readyTab,
} from '../tab.testkit'
import { beginExport, comparing, saveExport } from './exports.testkit'

inFakeTime()

/** Drops an exported file onto a fresh page. */
async function dropped(file: Blob, prepare?: (tab: OpenTab) => void): Promise<OpenTab> {
  const tab = await openTab(new FakeBrowser())
  prepare?.(tab)
  const named = file instanceof File ? file : Object.assign(file, { name: 'dropped.png' })
  void tab.app.opener.openFile(named as File)
  await pass(50)
  return tab
}

describe('what an exported file says', () => {
  it('is brought back by dropping it: prompt, settings, the output’s seed, and the mask; one Undo takes all back', async () => {
    const tab = await beginExport(await comparing())
    const { blob, job } = await saveExport(tab)
    expect(job.about).toMatchObject({ prompt: 'a test' })
    expect(JSON.parse(job.about!.parameters)).toMatchObject({ prompt: 'a test' })
    const other = await dropped(blob)
    expect(messageCodes(other)).toContain('carries-settings')
    await pass(60_000)
    expect(messageCodes(other)).toContain('carries-settings')
    expect([masked(other), promptOf(other)]).not.toContain('a test')
    void other.app.carried.take()
    await pass(50)
    expect(messageCodes(other)).toEqual([])
    expect(masked(other)).toBe(20 * 16)
    expect(selectValues(other.app.forms.context())).toMatchObject({ prompt: 'a test' })
    other.app.session.undo()
    await pass(10)
    expect(masked(other)).toBe(0)
    expect(promptOf(other)).not.toBe('a test')
  })

  it('of a fill on this device names neither prompt nor model, which it ignores', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.app.settings.set({ backendId: 'embedded' })
    await beginExport(tab)
    const { about } = (await saveExport(tab)).job
    expect(about?.prompt).toBe('')
    expect(JSON.parse(about!.parameters)).toMatchObject({ engine: 'content-aware fill', fill_patch: '7' })
    expect(about?.parameters).not.toMatch(/stable|prompt|a test/)
  })

  it('of a kept result is what its run was asked for, whatever the form holds since', async () => {
    const tab = await comparing()
    await apply(tab, newestResult(tab))
    tab.app.forms.setFields({ prompt: 'something else' })
    await beginExport(tab)
    expect((await saveExport(tab)).job.about?.prompt).toBe('a test')
  })

  it('names no backend, no key and no file', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.app.backends.saveToken('https://api.example', 'r8_very_secret', false)
    await beginExport(tab)
    const { job } = await saveExport(tab)
    const text = JSON.stringify(job.about) + Buffer.from(job.about!.document, 'base64url').toString('latin1')
    expect(text).toContain('a test')
    for (const secret of ['r8_very_secret', 'api.example', 'photo.png', 'data:'])
      expect(text).not.toContain(secret)
    void tab.app.exports.change({ about: false })
    expect((await saveExport(tab)).job.about).toBeNull()
  })

  it('leaves the mask out where the file does not show the whole frame at its size', async () => {
    const tab = await beginExport(await readyTab(new FakeBrowser()))
    void tab.app.exports.change({ scale: 50 })
    const other = await dropped((await saveExport(tab)).blob)
    void other.app.carried.take()
    await pass(50)
    expect([masked(other), promptOf(other)]).toEqual([0, 'a test'])
  })

  it('is not offered for another picture that is opened after it', async () => {
    const tab = await beginExport(await readyTab(new FakeBrowser()))
    const other = await dropped((await saveExport(tab)).blob)
    await openPhoto(other, 'dog.png')
    expect(messageCodes(other)).not.toContain('carries-settings')
    void other.app.carried.take()
    await pass(50)
    expect(masked(other)).toBe(0)
  })

  it('is ignored where it is damaged or hostile, and that is said', async () => {
    const backend = { id: 'replicate', url: 'https://evil.example' }
    const bytes = encodeLink({
      ...setupOnly({ backend, params: { prompt: 'hello' } }),
      base: { kind: 'url', url: 'https://evil.example/a.png' },
    })
    const texts = [
      '',
      '=',
      'AAAA',
      toBase64Url(new Uint8Array(60_000).fill(255)),
      toBase64Url(bytes.subarray(0, 30)),
    ]
    for (const document of texts) {
      const file = fakeFile('hostile.png')
      setFileFacts(file, { document })
      const tab = await dropped(file)
      expect(messageCodes(tab)).toEqual(['carried-damaged'])
    }
    // Nothing is said of one that another picture has replaced.
    const slow = await openTab(new FakeBrowser())
    const { facts } = slow.ports.exports
    const damaged = fakeFile('damaged.png')
    setFileFacts(damaged, { damaged: true })
    Object.assign(slow.ports.exports, {
      async facts(of: Blob) {
        await later(200)
        return facts(of)
      },
    })
    void slow.app.opener.openFile(damaged)
    await pass(20)
    await openPhoto(slow, 'other.png')
    await pass(1000)
    expect(messageCodes(slow)).toEqual([])
    // Its picture and backend are not taken, whatever it names.
    const file = fakeFile('hostile.png')
    setFileFacts(file, { document: toBase64Url(bytes) })
    const tab = await dropped(file)
    const { backendUrl, backendId } = tab.app.settings.store.getState()
    void tab.app.carried.take()
    await pass(50)
    expect(tab.app.settings.store.getState()).toMatchObject({ backendUrl, backendId })
    expect(tab.app.session.store.getState().source?.name).toBe('hostile.png')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('cannot reach a prototype', async () => {
    const json = '{"v":3,"s":null,"d":null,"p":[["__proto__",{"polluted":true}],["prompt","x"]]}'
    const body = new TextEncoder().encode(json)
    const file = fakeFile('proto.png')
    setFileFacts(file, { document: toBase64Url(Uint8Array.from([body.length, ...body, 0])) })
    const tab = await dropped(file)
    void tab.app.carried.take()
    await pass(50)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(Object.getPrototypeOf(selectValues(tab.app.forms.context()))).toBe(Object.prototype)
  })
})
