import { fakePrediction } from '../fakeBackend.testkit'
import type { FakeBrowser } from '../fakeBrowser.testkit'
import type { FakeTab } from '../fakePorts.testkit'
import { type OpenTab, paint, pass, readyTab } from '../tab.testkit'

const AREAS = { sky: [2, 2, 20, 12], door: [30, 24, 12, 16], lamp: [48, 4, 8, 8] } as const
type Name = keyof typeof AREAS

export const session = ({ app }: OpenTab) => app.session.store.getState()
export const regions = (tab: OpenTab) => session(tab).regions

/** Runs the regions of these names. */
export const runRegions = (tab: OpenTab, ...names: Name[]) =>
  tab.app.regions.run(
    regions(tab)
      .filter(({ name }) => names.includes(name as Name))
      .map(({ id }) => id),
  )

async function setAside(tab: OpenTab, ...names: Name[]): Promise<void> {
  for (const name of names) {
    tab.app.forms.setFields({ prompt: `a ${name}` })
    paint(tab, ...AREAS[name])
    void tab.app.regions.setAside(name)
    await pass(20)
  }
}

/** A tab with these regions and nothing else masked. */
export async function tabWith(browser: FakeBrowser, ...names: Name[]): Promise<OpenTab> {
  const tab = await readyTab(browser)
  answerWithChecks(tab)
  tab.app.session.undo()
  await setAside(tab, ...names)
  return tab
}

/** Lets time pass until no region runs. */
export async function regionsFinished({ app }: OpenTab): Promise<void> {
  await pass(10)
  for (let turn = 0; turn < 600 && app.state.read().regionRuns.isOn; turn++) await pass(100)
}

/** Answers that no safety check gives: black and grey. */
export function answerWithChecks({ backend }: FakeTab): void {
  const data = Uint8ClampedArray.from({ length: 64 * 64 * 4 }, (_, i) => {
    const isGrey = ((i >> 4) + (i >> 10)) % 2 === 0
    return i % 4 === 3 ? 255 : isGrey ? 200 : 0
  })
  const outputs = [{ kind: 'pixels' as const, image: { width: 64, height: 64, data } }]
  backend.finished = (id) => fakePrediction(id, 'succeeded', { outputs })
}
