import type { StoreApi } from 'zustand/vanilla'
import { runDocumentOf } from '../../core/document/codec/recordCodec'
import { isEqual } from '../../core/document/equality'
import type { MaskRegion } from '../../core/document/regions'
import { checkField } from '../../core/prediction/fieldCheck'
import type { FieldSpec } from '../../core/prediction/inputSchema'
import type { Ports } from '../ports'
import type { PatchesRoom } from '../session/patchesRoom'
import { patchStep } from '../session/pictureSteps'
import type { Session } from '../session/session'
import { baseOf, type SourceImage } from '../session/source'
import type { Messages } from '../shell/messages'
import type { ViewRoom } from '../shell/view'
import { type FrozenInputs, withRegion } from './frozenInputs'
import { selectPromptField, selectRegionObstacles } from './regionObstacles'
import { patchOfOutput, patchOfRecord } from './outputPatch'
import type { RegionRunsState, RegionStage, RegionStep } from './regionStages'
import type { Runner } from './runner'
import type { ReadyOutput, Run, Runs } from './runs'
import type { Sending } from './sending'

/** Runs regions one after another, each on the result of the last. */
export interface RegionRuns {
  /**
   * Runs these regions. The first output of each is applied as it comes, and the next run is sent with it. A region whose
   * run of an earlier visit was never applied is not sent again: that run is waited for, and applied. Ends with the first
   * that fails. Does nothing while a sequence is on.
   */
  run(ids: readonly string[]): Promise<void>
  /** Ends the run that is on; the others do not begin. */
  stop(): void
}

interface RegionRunRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly session: Session
  readonly forms: { readonly context: () => FrozenInputs['context'] }
  readonly runs: Runs
  readonly runner: Pick<Runner, 'freeze' | 'startFrozen' | 'cancel'>
  readonly sending: Sending
  readonly patches: PatchesRoom
  readonly view: ViewRoom
}

export function createRegionRuns(rooms: RegionRunRooms, store: StoreApi<RegionRunsState>): RegionRuns {
  const { ports, messages, session, forms, runs, runner, sending, patches, view } = rooms
  /** Runs whose output was applied in this visit: after an Undo they are not applied again. */
  const applied = new Set<string>()
  let isStopped = false

  const isOpen = (base: SourceImage) => {
    const { source } = session.store.getState()
    return source !== null && baseOf(source) === base
  }

  const setStep = (regionId: string, change: Partial<RegionStep>) =>
    store.setState(({ steps }) => ({
      steps: steps.map((step) => (step.regionId === regionId ? { ...step, ...change } : step)),
    }))

  const begin = (regionId: string, runId: string) => setStep(regionId, { runId, stage: 'runs' })

  /** The newest run of the region as it is now, unless its output was used, or it gave none. */
  const unused = ({ document, region }: FrozenInputs, prompt: FieldSpec | null, text: string): Run | null => {
    const isOfRegion = ({ record }: Run) =>
      record.regionId === region?.id && record.document.base.key === document.base.key
    const run = runs.store.getState().runs.find(isOfRegion)
    if (!run || applied.has(run.record.id)) return null
    const { record, stage } = run
    const isSame =
      isEqual(record.document.commands, runDocumentOf(document).commands) &&
      (!prompt || record.document.setup.params[prompt.name] === text)
    if (!isSame || document.patches.some(({ from }) => from?.runId === record.id)) return null
    return stage !== 'done' || (record.status === 'succeeded' && record.outputCount > 0) ? run : null
  }

  const over = (id: string): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        const run = runs.byId(id)
        if (run && run.stage !== 'done') return false
        resolve()
        return true
      }
      if (look()) return
      const unsubscribe = runs.store.subscribe(() => {
        if (look()) unsubscribe()
      })
    })

  const patchOf = async (run: Run) => {
    const isUsable = (output: Run['outputs'][number]): output is ReadyOutput =>
      output.kind === 'ready' && !output.whole && !output.blank
    const output = run.outputs.find(isUsable)
    if (output) return patchOfOutput(patches, run, output)
    return run.outputs.length === 0 ? patchOfRecord(run.record, 0) : null
  }

  /** @returns false where it has no output that fits in, or another picture is open */
  const apply = async (run: Run, base: SourceImage): Promise<boolean> => {
    const patch = await patchOf(run)
    if (!patch) return false
    const change = await patches.prepare(({ length }) =>
      isOpen(base) ? { kind: 'patch.add', patch, place: length } : null,
    )
    if (!change) return false
    if (!isOpen(base)) {
      patches.composer.discard(change.result, session.store.getState().source)
      return false
    }
    applied.add(run.record.id)
    session.change(patchStep(change, null))
    return true
  }

  /** @returns the id of the region's run once that is over; null where none could begin */
  const runOf = async (region: MaskRegion): Promise<string | null> => {
    const prompt = selectPromptField(forms.context())
    if (prompt && checkField(prompt, region.prompt)) return null
    const frozen = await runner.freeze()
    if (!frozen) return null
    const replayed = await ports.masks.replay(region.maskFrame, region.mask, frozen.document.frame)
    if (!replayed || isStopped) return null
    const asked = withRegion(frozen, region, replayed)
    const known = unused(asked, prompt, region.prompt)
    if (known) {
      const { id } = known.record
      runs.update(id, { applies: true })
      begin(region.id, id)
      await over(id)
      return id
    }
    let begun: string | null = null
    await runner.startFrozen(asked, prompt ? { [prompt.name]: region.prompt } : {}, (id) => {
      if (isStopped) return false
      begun = id
      begin(region.id, id)
      return true
    })
    return begun
  }

  /** @returns false where the sequence ends with it */
  const work = async (id: string, base: SourceImage): Promise<boolean> => {
    const region = session.store.getState().regions.find((one) => one.id === id)
    if (!region || !isOpen(base)) return false
    const runId = await runOf(region)
    const run = runs.byId(runId)
    if (isStopped || run?.record.status !== 'succeeded') return false
    if (await apply(run, base)) return true
    // What it answered is to be seen all the same.
    if (isOpen(base)) view.showCompare(run.record.id)
    return false
  }

  const names = (stages: readonly RegionStage[]) => {
    const { regions } = session.store.getState()
    const ids = store
      .getState()
      .steps.flatMap(({ stage, regionId }) => (stages.includes(stage) ? regionId : []))
    return ids.flatMap((id) => regions.find((region) => region.id === id)?.name ?? []).join(', ') || '–'
  }

  const nameOf = (id: string) => session.store.getState().regions.find((one) => one.id === id)?.name ?? ''

  /** Says which were done, and that the others were not run. */
  const end = (failed: string) => {
    const { steps } = store.getState()
    setStep(failed, { stage: isStopped ? 'left' : 'failed' })
    store.setState((state) => ({
      steps: state.steps.map((step) => (step.stage === 'waits' ? { ...step, stage: 'left' } : step)),
    }))
    const said = { done: names(['done']), left: names(['left']) }
    if (isStopped) messages.notify('regions-stopped', said)
    else if (steps.length > 1) messages.notify('regions-ended', { ...said, failed: nameOf(failed) })
  }

  return {
    async run(ids) {
      const { source } = session.store.getState()
      if (store.getState().isOn || !source || ids.length === 0) return
      const now = { session: session.store.getState(), sending: sending.store.getState() }
      const obstacles = selectRegionObstacles({ ...forms.context(), ...now, pageUrl: ports.page.base })
      if (obstacles.length > 0) return
      const base = baseOf(source)
      isStopped = false
      messages.clearForRun()
      store.setState({
        steps: ids.map((regionId) => ({ regionId, runId: null, stage: 'waits' })),
        isOn: true,
      })
      try {
        for (const [place, id] of ids.entries()) {
          setStep(id, { stage: 'runs' })
          if (!(await work(id, base))) {
            end(id)
            break
          }
          setStep(id, { stage: 'done' })
          messages.notify('region-applied', { name: nameOf(id), place: place + 1, count: ids.length })
        }
      } catch (error) {
        messages.report(error)
        end(
          ids.find((id) =>
            store.getState().steps.some((one) => one.regionId === id && one.stage === 'runs'),
          ) ?? '',
        )
      } finally {
        store.setState({ isOn: false })
      }
    },
    stop() {
      const { steps, isOn } = store.getState()
      if (!isOn) return
      isStopped = true
      for (const { runId } of steps) {
        const run = runs.byId(runId)
        if (!run || run.stage === 'done') continue
        runs.update(run.record.id, { applies: false })
        runner.cancel(run.record.id)
      }
    },
  }
}
