import { afterEach, expect, it, vi } from 'vitest'
import { onLaunched } from './launched'

afterEach(() => vi.unstubAllGlobals())

/** The system opens the window with one file. @param getFile reads it */
function launchWith(getFile: () => Promise<File>): void {
  const files = [{ kind: 'file', name: 'photo.png', getFile }]
  vi.stubGlobal('launchQueue', {
    setConsumer: (consume: (launch: object) => void) => consume({ files }),
  })
}

it('opens the file that the system hands over, and says where it is gone by then', async () => {
  const opened: string[] = []
  const failures: unknown[] = []
  const listen = () =>
    onLaunched(
      ({ name }) => opened.push(name),
      (error) => failures.push(error),
    )
  launchWith(() => Promise.resolve(new File(['x'], 'photo.png')))
  listen()
  await expect.poll(() => opened).toEqual(['photo.png'])
  launchWith(() => Promise.reject(new DOMException('', 'NotFoundError')))
  listen()
  await expect
    .poll(() => failures)
    .toMatchObject([{ data: { code: 'image/unreadable', params: { name: 'photo.png' } } }])
  expect(opened).toHaveLength(1)
})
