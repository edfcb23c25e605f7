import { expect, it } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, openTab } from '../tab.testkit'
import { selectOffer } from './ownServer'

inFakeTime()

const API = { backendId: 'replicate', url: '/replicate/v1' }
const COG = { backendId: 'cog', url: '/cog' }
const API_ANSWER = { ready: true, host: 'api.replicate.com' }
const COG_ANSWER = { ready: true, host: '127.0.0.1:5000' }

const tabWith = (answers: Readonly<Record<string, unknown>>) =>
  openTab(new FakeBrowser(), {
    prepare: ({ own }) => {
      for (const [path, answer] of Object.entries(answers)) own.set(path, answer)
    },
  })

it.each([
  ['nothing, on a host of static files', {}, []],
  ['nothing, where nothing is configured', { '/replicate/v1': { ready: false, host: null } }, []],
  ['the key of the server', { '/replicate/v1': API_ANSWER }, [API]],
  ['its Cog server', { '/cog': COG_ANSWER, '/replicate/v1': '<html>' }, [COG]],
  ['both', { '/cog': COG_ANSWER, '/replicate/v1': API_ANSWER }, [API, COG]],
  ['nothing for other answers', { '/cog': [], '/replicate/v1': { ready: 'yes' } }, []],
])('the page offers %s', async (_name, answers, offers) => {
  const { app } = await tabWith(answers)
  const made = app.state.read().ownServer.offers
  expect(made.map(({ backendId, url }) => ({ backendId, url }))).toEqual(offers)
  // It is offered, not chosen.
  expect(app.state.read().settings).toMatchObject({ backendId: 'embedded', backendUrl: '' })
})

it('what is offered is chosen as a saved backend is', async () => {
  const { app } = await tabWith({ '/replicate/v1': API_ANSWER })
  const [offer] = app.state.read().ownServer.offers
  app.backends.choose(offer)
  const { ownServer, settings } = app.state.read()
  expect(selectOffer(ownServer, settings)).toMatchObject(API)
  app.settings.set({ backendUrl: 'https://gateway.example/v1' })
  expect(selectOffer(ownServer, app.state.read().settings)).toBeNull()
})

it('what is offered is called by what is behind this server', async () => {
  const { app } = await tabWith({ '/cog': COG_ANSWER, '/replicate/v1': API_ANSWER })
  const offers = app.state.read().ownServer.offers.map(({ name, description }) => [name.en, description.en])
  expect(offers).toEqual([
    ['Replicate (key on this server)', 'api.replicate.com'],
    ['Cog at 127.0.0.1:5000', 'Through this server, one run at a time'],
  ])
})
