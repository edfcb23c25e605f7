import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../core/errors'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeFile, fakeImage } from '../fakePictures.testkit'
import {
  inFakeTime,
  masked,
  messageCodes,
  newestRun,
  openPhoto,
  openTab,
  paint,
  pass,
  ran,
  readyTab,
} from '../tab.testkit'
import { SAMPLES } from './samples'

inFakeTime()

const nameOf = (tab: Awaited<ReturnType<typeof openTab>>) => tab.app.session.store.getState().source?.name

describe('opening', () => {
  it('the last asked for wins, whatever takes longer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 300 })), {
          minLength: 1,
          maxLength: 6,
        }),
        async (openings) => {
          const tab = await openTab(new FakeBrowser())
          for (const [index, [decode, wait]] of openings.entries()) {
            tab.delays.decode = decode
            void tab.app.opener.openFile(fakeFile(`${index}.png`))
            await pass(wait)
          }
          await pass(1000)
          expect(nameOf(tab)).toBe(`${openings.length - 1}.png`)
          expect(tab.app.session.store.getState().opening).toBeNull()
        },
      ),
      { numRuns: 30 },
    )
  })

  it('leaves no bitmap open of what was overtaken', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    void tab.app.runner.start()
    await pass(5000)
    browser.close(tab.tab)
    const again = await openTab(browser)
    const { id } = newestRun(again).record
    again.delays.decode = 500
    void again.app.opener.openFile(fakeFile('1.png'))
    await pass(5)
    void again.app.history.bringBack(id)
    await pass(5)
    void again.app.opener.openFile(fakeFile('2.png'))
    await pass(3000)
    expect(nameOf(again)).toBe('2.png')
    expect([...again.bitmaps]).toEqual(again.app.session.store.getState().source!.levels)
  })

  it('two runs restored quickly: the second wins, form included', async () => {
    const tab = await readyTab(new FakeBrowser(), 'big.png')
    tab.app.forms.setFields({ prompt: 'big' })
    void tab.app.runner.start()
    await pass(5000)
    const big = newestRun(tab).record.id
    await openPhoto(tab, 'small.png', 20, 20)
    paint(tab, 2, 2, 4, 4)
    tab.app.forms.setFields({ prompt: 'small' })
    void tab.app.runner.start()
    await pass(5000)
    const small = newestRun(tab).record.id
    await openPhoto(tab, 'third.png')
    // The pictures are read from disk again.
    for (const id of [big, small]) tab.app.runs.update(id, { source: null, outputs: [] })
    tab.delays.decode = 800
    void tab.app.history.bringBack(big)
    await pass(5)
    tab.delays.decode = 20
    void tab.app.history.bringBack(small)
    await pass(3000)
    expect(nameOf(tab)).toBe('small.png')
    expect(Object.values(tab.app.forms.store.getState().values)[0]).toMatchObject({ prompt: 'small' })
  })

  it('a late Apply does not replace a file that was opened meanwhile', async () => {
    const tab = await readyTab(new FakeBrowser())
    const { run, output } = await ran(tab)
    const encodePng = tab.ports.codec.encodePng
    Object.assign(tab.ports.codec, {
      encodePng: async (image: Parameters<typeof encodePng>[0]) => {
        await new Promise((resolve) => setTimeout(resolve, 2000))
        return encodePng(image)
      },
    })
    void tab.app.applyOutput(run, output, true)
    await pass(100)
    await openPhoto(tab, 'mine.png')
    await pass(5000)
    expect(nameOf(tab)).toBe('mine.png')
  })

  it('what is open stays until the new picture is whole, and after one that is none', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.delays.decode = 500
    void tab.app.opener.openFile(new File(['no picture'], 'notes.txt'))
    await pass(100)
    expect(nameOf(tab)).toBe('photo.png')
    expect(tab.app.session.store.getState().opening).toBe('notes.txt')
    await pass(1000)
    expect(nameOf(tab)).toBe('photo.png')
    expect(masked(tab)).toBe(20 * 16)
    expect(messageCodes(tab)).toEqual(['image/damaged'])
    expect(tab.app.session.store.getState().opening).toBeNull()
  })

  it('a picture opens though the small storage is full', async () => {
    const browser = new FakeBrowser()
    const tab = await openTab(browser)
    browser.isFull = true
    await openPhoto(tab)
    expect(nameOf(tab)).toBe('photo.png')
    tab.app.chooseModel('black-forest-labs/flux-fill-dev')
    expect(tab.app.settings.store.getState().modelId).toBe('black-forest-labs/flux-fill-dev')
    await pass(1000)
    expect(messageCodes(tab)).toEqual(['storage/full'])
  })

  it('a sample comes with its mask and prompt', async () => {
    const tab = await openTab(new FakeBrowser())
    const [sample] = SAMPLES
    tab.web.set(`http://page.example/samples/${sample.file}`, fakeImage(640, 427))
    void tab.app.opener.openSample(sample)
    await pass(100)
    expect(masked(tab)).toBeGreaterThan(1000)
    expect(Object.values(tab.app.forms.store.getState().values)[0]).toMatchObject({
      prompt: sample.prompt.en,
    })
    expect(tab.app.session.store.getState().source?.link).toEqual({ kind: 'sample', id: sample.id })
  })

  it('drops: the picture among files, an address, or a message', async () => {
    const tab = await openTab(new FakeBrowser())
    const transfer = (files: File[], uri = '') => ({ files, getData: () => uri }) as unknown as DataTransfer
    tab.app.opener.openDropped(
      transfer([new File(['x'], 'a.txt', { type: 'text/plain' }), fakeFile('b.png')]),
    )
    await pass(50)
    expect(nameOf(tab)).toBe('b.png')
    tab.web.set('https://a.example/c.png', fakeImage(10, 10))
    tab.app.opener.openDropped(transfer([], 'https://a.example/c.png\r\nhttps://a.example/d.png'))
    await pass(50)
    expect(nameOf(tab)).toBe('c.png')
    const list = '# from a page\r\n# with pictures\r\nhttps://a.example/d.png\r\n'
    tab.web.set('https://a.example/d.png', fakeImage(10, 10))
    tab.app.opener.openDropped(transfer([], list))
    await pass(50)
    expect(nameOf(tab)).toBe('d.png')
    tab.app.opener.openDropped(transfer([]))
    tab.app.opener.openDropped(null)
    expect(messageCodes(tab)).toEqual(['image/nothing-dropped'])
  })

  it('drops of a folder say so, or open the picture beside it', async () => {
    const tab = await openTab(new FakeBrowser())
    const folder = new File([], 'holiday')
    const entry = (file: File) => ({
      webkitGetAsEntry: () => ({ isDirectory: file === folder, name: file.name }),
    })
    const transfer = (files: File[]) =>
      ({ files, items: files.map(entry), getData: () => '' }) as unknown as DataTransfer
    tab.app.opener.openDropped(transfer([folder]))
    expect(messageCodes(tab)).toEqual(['image/folder'])
    tab.app.opener.openDropped(transfer([folder, fakeFile('b.png')]))
    await pass(50)
    expect(nameOf(tab)).toBe('b.png')
  })

  it('what a file shows less of is said, and the file does not stand for the pixels', async () => {
    const tab = await openTab(new FakeBrowser())
    const decode = tab.ports.codec.decode
    Object.assign(tab.ports.codec, {
      decode: async (blob: Blob, name: string) => ({
        ...(await decode(blob, name)),
        notices: [{ code: name === 'wide.png' ? 'picture-depth' : 'picture-scaled', params: { name } }],
      }),
    })
    await openPhoto(tab, 'wide.png')
    expect(messageCodes(tab)).toEqual(['picture-depth'])
    expect(tab.app.session.store.getState().source?.altered).toBeUndefined()
    await openPhoto(tab, 'large.png')
    expect(messageCodes(tab)).toEqual(['picture-depth', 'picture-scaled'])
    expect(tab.app.session.store.getState().source?.altered).toBe(true)
  })

  it('a file that is gone meanwhile says so, whatever its checksum comes to', async () => {
    const tab = await openTab(new FakeBrowser())
    Object.assign(tab.ports.codec, {
      decode: async (_: Blob, name: string) => {
        await new Promise((resolve) => setTimeout(resolve, 50))
        throw new AppError('image/unreadable', { params: { name } })
      },
      sha256: () => Promise.reject(new DOMException('gone', 'NotFoundError')),
    })
    void tab.app.opener.openFile(fakeFile('gone.png'))
    await pass(100)
    expect(messageCodes(tab)).toEqual(['image/unreadable'])
  })

  it('undo goes back to the picture before, with its mask', async () => {
    const tab = await readyTab(new FakeBrowser())
    await openPhoto(tab, 'second.png', 30, 30)
    expect(nameOf(tab)).toBe('second.png')
    tab.app.session.undo()
    expect(nameOf(tab)).toBe('photo.png')
    expect(masked(tab)).toBe(20 * 16)
  })

  it('pictures that undo cannot bring back are freed', async () => {
    const tab = await openTab(new FakeBrowser())
    const closed: string[] = []
    const decode = tab.ports.codec.decode
    Object.assign(tab.ports.codec, {
      decode: async (blob: Blob, name: string) => ({
        ...(await decode(blob, name)),
        levels: [{ close: () => closed.push(name) }],
      }),
    })
    for (let i = 0; i < 6; i++) await openPhoto(tab, `${i}.png`)
    expect(closed).toEqual(['0.png', '1.png'])
  })

  it('the frame is all of the picture, and sizes follow it', async () => {
    const tab = await openTab(new FakeBrowser())
    await openPhoto(tab, 'wide.png', 300, 100)
    expect(tab.app.session.store.getState().frame).toEqual({ x: 0, y: 0, width: 300, height: 100 })
    const [values] = Object.values(tab.app.forms.store.getState().values)
    expect(Number(values['width']) / Number(values['height'])).toBeCloseTo(3, 0)
  })
})
