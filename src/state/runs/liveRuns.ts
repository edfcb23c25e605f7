import { backendDescriptor } from '../../backends/backendRegistry'
import { originOf } from '../../backends/wire/baseUrl'
import type { RunRecord } from '../../core/document/codec/recordCodec'
import type { Mask } from '../../core/mask/mask'
import type { ModelDescriptor } from '../../core/models/modelRegistry'
import type { Backend, BackendRef } from '../../core/prediction/backend'
import type { RunPolicy, Step } from '../../core/run/runState'
import { runFields } from '../model/formSelectors'
import { polarityOf } from '../model/models'
import type { SourceImage } from '../session/source'
import type { Exchanges } from './exchanges'
import type { FollowerRooms } from './followerRooms'
import { deferred, type LiveRun, modelFields, targetOfRecord } from './liveRun'
import { OutputStream } from './outputStream'

interface LiveRunRooms extends FollowerRooms {
  readonly exchanges: Exchanges
}

/** Makes what this page holds of a run: its backend, and what its answers go into. */
export interface LiveRuns {
  /** The backend of a run, which records its requests. */
  backendOf(id: string, ref: BackendRef, model: ModelDescriptor): Promise<Backend>
  /** @param sent what goes out; nulls for a run of an earlier visit, which is never sent again */
  make(
    record: RunRecord,
    backend: Backend,
    source: SourceImage,
    step: Step,
    sent: Pick<LiveRun, 'input' | 'file'> & { mask?: Mask | null },
  ): LiveRun
}

export function createLiveRuns({ ports, models, outputs, exchanges }: LiveRunRooms): LiveRuns {
  const pageUrl = ports.page.base

  const originOfRef = ({ url }: BackendRef) => (url === null ? null : originOf(url, pageUrl))

  return {
    backendOf(id, ref, model) {
      const own = backendDescriptor(ref.id)
      const known = modelFields(runFields(own, model), polarityOf(models.store.getState(), model), model)
      return ports.backends.create(ref, known, exchanges.recorder(id, model.fields))
    },
    make(record, backend, source, { run }, sent) {
      const abort = new AbortController()
      const target = targetOfRecord(record, source, originOfRef(record.backend), sent.mask)
      return {
        id: record.id,
        backend,
        abort,
        outputs: new OutputStream(outputs, target, abort.signal),
        input: sent.input,
        file: sent.file,
        state: run,
        timers: new Map(),
        diagnosedAt: -Infinity,
        writes: Promise.resolve(),
        over: deferred(),
      }
    },
  }
}

export function policyOf({ capabilities, find }: Backend): RunPolicy {
  const { resume, offline, pollMs } = capabilities
  return { resume, offline, find: find !== undefined, pollMs }
}
