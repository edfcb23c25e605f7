import { expect, it, vi } from 'vitest'
import { AppError } from '../../core/errors'
import { createMessages } from '../shell/messages'
import { codesOf } from '../shell/shell.testkit'
import { createReplacePicture } from './replacePicture'

const MISSING = new AppError('page/part-missing')

it.each(['load', 'settle'] as const)(
  'frees what was loaded where the editor fails to %s',
  async (failing) => {
    const messages = createMessages()
    const session = {
      load: () => (failing === 'load' ? Promise.reject(MISSING) : Promise.resolve()),
      settle: () => (failing === 'settle' ? Promise.reject(MISSING) : null),
      setOpening: () => {},
    }
    const replace = createReplacePicture(session, messages)
    const prepared = { commit: vi.fn<() => void>(), discard: vi.fn<() => void>() }
    let arrive = () => {}
    const loading = new Promise<typeof prepared>((resolve) => {
      arrive = () => resolve(prepared)
    })
    const replaced = replace('a.png', () => loading)
    await Promise.resolve()
    // The picture may come after the failure.
    arrive()
    expect(await replaced).toBe(false)
    await loading
    expect(prepared.discard).toHaveBeenCalledOnce()
    expect(prepared.commit).not.toHaveBeenCalled()
    expect(codesOf(messages)).toEqual(['page/part-missing'])
  },
)
