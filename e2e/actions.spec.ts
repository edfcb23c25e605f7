import { chooseBackend, drag, expect, openPicture, picture, runButton, screenPoint, test } from './fixtures'

/** Counts what a person does: a click, a stroke, a file that is chosen, a text that is typed. */
class Actions {
  private readonly done: string[] = []

  async do(what: string, act: () => Promise<unknown>): Promise<void> {
    await act()
    this.done.push(what)
  }

  /** @returns how many there were since the last call; prints them */
  take(task: string): number {
    const done = this.done.splice(0)
    console.log(`${task}: ${done.length} (${done.join(', ')})`)
    return done.length
  }
}

const SIZE = { width: 300, height: 200 }

test('few actions lead to a result: from a sample, an own photo, a link, for a second edit and for specks', async ({
  page,
  server,
  context,
}) => {
  test.slow()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const actions = new Actions()
  const run = () => actions.do('Run', () => runButton(page).click())
  const output = page.getByRole('figure', { name: 'Output 1' })
  const apply = page.getByRole('button', { name: 'Apply output 1', exact: true })
  const canvas = page.getByRole('region', { name: 'Canvas' })
  const at = (x: number, y: number) => screenPoint(page, SIZE, { x, y })
  const stroke = async () => drag(page, await at(80, 90), await at(220, 110))

  await page.goto('/')
  await actions.do('Rocket', () => page.getByRole('button', { name: /^Rocket/ }).click())
  await run()
  await expect(output).toBeVisible()
  expect(actions.take('sample to result')).toBe(2)

  await page.getByRole('button', { name: 'Share' }).click()
  await page.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByText('Link copied')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  const other = await context.newPage()
  await other.goto(link)
  await actions.do('Run', () => runButton(other).click())
  await expect(other.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  expect(actions.take('link to result')).toBe(1)
  await other.close()

  await page.goto('about:blank')
  await page.goto('/')
  await actions.do('Open', () => openPicture(page, picture(SIZE.width, SIZE.height)))
  await actions.do('stroke', stroke)
  await run()
  await actions.do('Apply', () => apply.first().click())
  await expect(canvas).toBeVisible()
  await expect(page.getByText('photo-edited.png', { exact: true })).toBeVisible()
  expect(actions.take('own photo to applied result, on this device')).toBe(4)

  await actions.do('stroke', stroke)
  await run()
  await expect(output).toBeVisible()
  expect(actions.take('second edit')).toBe(2)
  await page.keyboard.press('e')

  await page.keyboard.press('j')
  for (let k = 0; k < 5; k++) {
    const speck = await at(30 + k * 60, 25 + (k % 4) * 50)
    await actions.do('dab', () => page.mouse.click(speck.x, speck.y))
  }
  await expect(page.getByRole('status', { name: 'Remove' })).toBeEmpty()
  const undo = page.getByRole('button', { name: 'Undo', exact: true })
  expect(actions.take('five specks')).toBe(5)
  await undo.click()
  await page.keyboard.press('b')

  await chooseBackend(page, server.mount({ sync: true }).base)
  await actions.do('Open', () => openPicture(page, picture(SIZE.width, SIZE.height), 'other.png'))
  await actions.do('stroke', stroke)
  await actions.do('prompt', () =>
    page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a quiet lake'),
  )
  await run()
  await actions.do('Apply', () => apply.first().click())
  await expect(page.getByText('other-edited.png', { exact: true })).toBeVisible()
  expect(actions.take('own photo to applied result, with a prompt')).toBe(5)
})
