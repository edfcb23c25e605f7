import type { RunRecord } from '../../core/document/codec/recordCodec'
import { errorData } from '../../core/errors'
import type { Ports } from '../ports'
import type { Session } from '../session/session'
import type { Messages } from '../shell/messages'
import type { OutputStore } from './outputStore'
import { askable, isAsked } from './outputs'
import type { RunOutput, Runs } from './runs'

interface RewriteRooms {
  readonly ports: Pick<Ports, 'runs'>
  readonly messages: Messages
  readonly session: Session
  readonly runs: Runs
  readonly stored: OutputStore
  /** Fetches the outputs of a finished run once more, where its provider still has them. */
  readonly askAgain: (record: RunRecord) => Promise<void>
  /** Fetches one output of it once more. */
  readonly askForOutput: (id: string, place: number) => Promise<void>
}

/**
 * After the storage was cleared while the page is open: writes again what the page still has of its runs, asks for outputs
 * again that were on disk only, and says how many these are.
 */
export function createRewriteRuns(rooms: RewriteRooms): () => Promise<void> {
  const { ports, messages, session, runs, stored, askAgain, askForOutput } = rooms

  const readable = async (output: RunOutput, record: RunRecord): Promise<RunOutput> => {
    if (output.kind === 'failed') return output
    try {
      await output.crop.read()
      return output
    } catch (error) {
      return askable({ kind: 'failed', place: output.place, error: errorData(error), retry: null }, record)
    }
  }

  /** @returns how many outputs are gone */
  const rewrite = async (id: string): Promise<number> => {
    const run = runs.byId(id)
    if (!run || (await ports.runs.loadRun(id))) return 0
    if (run.stage !== 'done') {
      runs.update(id, { unsaved: true })
      return 0
    }
    const { record } = run
    const outputs = await Promise.all(run.outputs.map((output) => readable(output, record)))
    const isLost = (output: RunOutput, at: number) => output !== run.outputs[at]
    const lost = outputs.length > 0 ? outputs.filter(isLost).length : record.outputCount
    const isPictureHeld = session.bases().some(({ key }) => key === record.document.base.key)
    const asks = lost > 0 && lost >= record.outputCount && isPictureHeld && record.predictionId !== null
    runs.update(id, { outputs: asks ? [] : outputs })
    await stored.writeAgain(id)
    if (asks) await askAgain(record)
    // Beside those that are in memory: these stay whatever its provider says.
    else await Promise.all(outputs.filter(isAsked).map(({ place }) => askForOutput(id, place)))
    return lost
  }

  return async () => {
    let count = 0
    for (const { record } of runs.store.getState().runs) {
      try {
        count += await rewrite(record.id)
      } catch (cause) {
        messages.reportStorage(cause)
      }
    }
    messages.notify('storage-cleared', { count })
  }
}
