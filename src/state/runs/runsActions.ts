import type { LazyRoom } from '../shell/lazyRoom'
import type { RunsRoom } from './room'

/** What views ask of the runs, which are fetched at their first use. */
export function runsActions(lateRuns: LazyRoom<RunsRoom>) {
  return {
    runner: {
      start: lateRuns.action(({ runner }) => runner.start),
      cancel: lateRuns.action(({ runner }) => runner.cancel),
      keepWaiting: lateRuns.action(({ runner }) => runner.keepWaiting),
      answer: lateRuns.action(({ runner }) => runner.answer),
      retryOutput: lateRuns.action(({ runner }) => runner.retryOutput),
    },
    history: {
      look: lateRuns.action(({ history }) => history.look),
      bringBack: lateRuns.action(({ history }) => history.bringBack),
      replay: lateRuns.action(({ history }) => history.replay),
    },
    pictures: {
      thumbnail: lateRuns.value(({ pictures }) => pictures.thumbnail),
      difference: lateRuns.value(({ pictures }) => pictures.difference),
      part: lateRuns.value(({ pictures }) => pictures.part),
      black: lateRuns.value(({ pictures }) => pictures.black),
    },
    sending: {
      refresh: lateRuns.action(({ sending }) => sending.refresh),
      choose: lateRuns.action(({ sending }) => sending.choose),
      drag: lateRuns.action(({ sending }) => sending.drag),
      settle: lateRuns.action(({ sending }) => sending.settle),
      cancel: lateRuns.action(({ sending }) => sending.cancel),
      setWhole: lateRuns.action(({ sending }) => sending.setWhole),
      reset: lateRuns.action(({ sending }) => sending.reset),
      relieve: lateRuns.action(({ sending }) => sending.relieve),
    },
    sweep: {
      start: lateRuns.action(({ sweep }) => sweep.start),
      repeat: lateRuns.action(({ sweep }) => sweep.repeat),
      stop: lateRuns.action(({ sweep }) => sweep.stop),
    },
    regions: {
      setAside: lateRuns.action(({ regions }) => regions.setAside),
      setText: lateRuns.action(({ regions }) => regions.setText),
      takeMask: lateRuns.action(({ regions }) => regions.takeMask),
      remove: lateRuns.action(({ regions }) => regions.remove),
      outline: lateRuns.value(({ regions }) => regions.outline),
      run: lateRuns.action(({ regionRuns }) => regionRuns.run),
      stop: lateRuns.action(({ regionRuns }) => regionRuns.stop),
    },
    /** Fills a stroke of the Remove tool and applies it. */
    fill: lateRuns.action(({ remover }) => remover.fill),
    applyOutput: lateRuns.action(({ applyOutput }) => applyOutput),
    /** Brush and eraser paint an output into the picture. */
    paintFromOutput: lateRuns.action(({ paintFromOutput }) => paintFromOutput),
  }
}
