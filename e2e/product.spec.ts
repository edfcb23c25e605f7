import type { Page } from '@playwright/test'
import axe from 'axe-core'
import {
  centroid,
  chooseBackend,
  choosePreference,
  commandsAreThere,
  expect,
  exportedMask,
  openPicture,
  openSample,
  picture,
  runButton,
  screenPoint,
  test,
  zoomOf,
} from './fixtures'

/** The rules that may fail in one theme alone. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

/** What axe finds in the page as it stands, but for what it calls minor. */
async function accessIssues(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  return page.evaluate(async (runOnly) => {
    interface Result {
      violations: { id: string; impact: string; nodes: { target: string[] }[] }[]
    }
    const scope = globalThis as unknown as { axe: { run(options: unknown): Promise<Result> } }
    // What passes is not described: that took as long as the rules.
    const { violations } = await scope.axe.run({ resultTypes: ['violations'], ...(runOnly && { runOnly }) })
    return violations
      .filter(({ impact }) => impact !== 'minor')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
  }, rules)
}

test.describe('the form', () => {
  test('on this device it is the inputs of the fill; a prompt needs a model, which the dialog connects', async ({
    page,
    server,
  }) => {
    await openSample(page, 'Rocket')
    const form = page.getByRole('form', { name: 'Prediction' })
    const labels = form.locator('[data-field] > label')
    await expect(labels).toHaveText([
      'Outputs',
      'Fill quality',
      'Seed',
      'Patch size',
      'Colour adaptation',
      'Mirror what is copied',
      'Turn what is copied',
      'Scale what is copied',
    ])
    await expect(form.getByRole('combobox', { name: 'Patch size' })).toHaveValue('7')
    await form.getByRole('button', { name: 'Prompts need a model: connect one' }).click()
    const dialog = page.getByRole('dialog', { name: 'Backend' })
    await dialog.getByRole('radio', { name: /Replicate or a compatible API/ }).check()
    await dialog.getByRole('textbox', { name: 'Backend URL' }).fill(server.mount().base)
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(labels.first()).toHaveText('Prompt')
    await expect(form.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue(/empty launch pad/)
  })

  test("is the schema's: the prompt, then order, limits, defaults, and the size that fits the picture", async ({
    page,
    server,
  }) => {
    await page.goto('/')
    await chooseBackend(page, server.mount().base)
    const form = page.getByRole('form', { name: 'Prediction' })
    await expect(form.locator('[data-field] > label')).toHaveText([
      'Prompt',
      'Model',
      'Mask colour',
      'Negative prompt',
      'Outputs',
      'Width',
      'Height',
      'Steps',
      'Guidance scale',
      'Scheduler',
      'Seed',
      'Disable safety checker',
    ])
    await expect(form.getByRole('combobox', { name: 'Model' })).toHaveValue(
      'stability-ai/stable-diffusion-inpainting',
    )
    const steps = form.getByRole('spinbutton', { name: 'Steps' })
    await expect(steps).toHaveValue('50')
    await expect(steps).toHaveAttribute('aria-valuemax', '500')
    await expect(form.getByRole('combobox', { name: 'Scheduler' }).locator('option')).toHaveText([
      'DDIM',
      'K_EULER',
      'DPMSolverMultistep',
      'K_EULER_ANCESTRAL',
      'PNDM',
      'KLMS',
    ])
    await openPicture(page, picture(2100, 900))
    await expect(form.getByRole('spinbutton', { name: 'Width' })).toHaveValue('896')
    await expect(form.getByRole('spinbutton', { name: 'Height' })).toHaveValue('384')
  })

  test('a value out of range says so next to the field, and Run says why it cannot run', async ({
    page,
    server,
  }) => {
    await page.goto('/')
    const status = page.getByRole('status', { name: 'Prediction status' })
    await expect(status).toHaveText('Open a picture first.')
    await expect(runButton(page)).toBeDisabled()
    await openPicture(page, picture(600, 400))
    await expect(status).toHaveText('Paint over what should change.')
    await page.getByRole('button', { name: 'Invert mask' }).click()
    await expect(runButton(page)).toBeEnabled()
    await page.getByRole('button', { name: 'Backend', exact: true }).click()
    await page.getByRole('radio', { name: /Replicate or a compatible API/ }).check()
    await page.getByRole('button', { name: 'Done' }).click()
    await expect(status).toHaveText(/Enter a backend URL/)
    await chooseBackend(page, server.mount().base)
    for (const [name, value, problem] of [
      ['Steps', '501', 'Must be 1 to 500.'],
      ['Guidance scale', '0.5', 'Must be 1 to 20.'],
      ['Outputs', '9', 'Must be 1 to 4.'],
      ['Width', '500', 'Must be a multiple of 64.'],
    ] as const) {
      const field = page.getByRole('spinbutton', { name })
      const before = await field.inputValue()
      await field.fill(value)
      await expect(page.getByText(problem)).toBeVisible()
      await expect(status).toHaveText(`Check ${name}.`)
      await expect(runButton(page)).toBeDisabled()
      await field.fill(before)
      await expect(runButton(page)).toBeEnabled()
    }
  })
})

for (const language of ['English', '中文'] as const) {
  test(`axe finds nothing serious or moderate: ${language}`, async ({ page }) => {
    await page.goto('/')
    await choosePreference(page, 'Theme', 'System')
    await choosePreference(page, 'Language', language)
    const check = async () => {
      expect(await accessIssues(page)).toEqual([])
      // Colours are the same in each language.
      if (language !== 'English') return
      await page.emulateMedia({ colorScheme: 'dark' })
      const dark = await background(page)
      expect(await accessIssues(page, COLOUR_RULES)).toEqual([])
      await page.emulateMedia({ colorScheme: 'light' })
      await expect.poll(() => background(page)).not.toBe(dark)
    }
    await check()
    await page.locator('[data-sample]').first().click()
    await expect(page.locator('[data-pane=editor]')).toBeVisible()
    await check()
    await page.locator('[data-area=run] [aria-keyshortcuts]').click()
    await expect(page.locator('figure')).toHaveCount(2)
    // With the run's end the bar's buttons are others.
    await expect(page.locator('[data-area=run] [aria-keyshortcuts]')).toBeVisible()
    await check()
    await page.locator('[data-area=run] button').last().click()
    await expect(page.locator('dialog pre').first()).toBeVisible()
    await check()
    await page.keyboard.press('Escape')
    await page.locator('[data-area=top] .lucide-download').click()
    await expect(page.getByRole('menu')).toBeVisible()
    await check()
    await page.keyboard.press('Escape')
    await page.locator('[data-area=top] .lucide-server').click()
    await expect(page.locator('dialog')).toBeVisible()
    await check()
    // With a backend the form is a model's.
    await page.locator('dialog input[value=replicate]').check()
    await check()
    await page.locator('dialog input[inputmode=url]').fill('http://127.0.0.1:9')
    await page.keyboard.press('Escape')
    await expect(page.locator('[data-field=prompt]')).toBeVisible()
    await check()
    await page.keyboard.press('?')
    await expect(page.locator('dialog kbd').first()).toBeVisible()
    await check()
  })
}

test('a chosen theme has its colours whatever the system says', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/')
  await choosePreference(page, 'Theme', 'System')
  const light = await background(page)
  await choosePreference(page, 'Theme', 'Dark')
  await expect.poll(() => background(page)).not.toBe(light)
  await page.emulateMedia({ colorScheme: 'dark' })
  await choosePreference(page, 'Theme', 'Light')
  await expect.poll(() => background(page)).toBe(light)
})

function background(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.body).backgroundColor)
}

test('Chinese is complete on the screen, and the choice is remembered', async ({ page, server }) => {
  await page.goto('/')
  await chooseBackend(page, server.mount().base)
  await choosePreference(page, 'Language', '中文')
  await expect(page.getByRole('button', { name: '运行', exact: true })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await page.reload()
  await expect(page.getByRole('group', { name: '示例' })).toBeVisible()
  const text = await page.locator('body').innerText()
  const words = text.replaceAll(
    /Pentimento|English|PNG|JPEG|WebP|AVIF|GIF|BMP|TIFF|MB|Stable Diffusion inpainting|FLUX fill pro|FLUX fill dev|Ideogram|Realistic outpainter|DDIM|K_EULER|DPMSolverMultistep|K_EULER_ANCESTRAL|_ANCESTRAL|PNDM|KLMS|Replicate|Cog|API/g,
    '',
  )
  expect(words.match(/[A-Za-z]{3,}/g)).toBeNull()
})

for (const [kind, sizes] of Object.entries({
  desktop: [
    [1440, 900],
    [1366, 768],
    [1024, 768],
  ],
  'tablet and phone': [
    [768, 1024],
    [390, 844],
    [844, 390],
  ],
} as const)) {
  test(`on a ${kind} nothing is cut off, and the picture is the largest thing`, async ({ page }) => {
    await setSize(page, sizes[0][0], sizes[0][1])
    await openSample(page, 'Coffee')
    for (const [width, height] of sizes) {
      await test.step(`${width} x ${height}`, async () => {
        await setSize(page, width, height)
        await expectWhole(page, width, height)
      })
    }
  })
}

/** The page with a sample: nothing reaches out of the window or over its own edge. */
async function expectWhole(page: Page, width: number, height: number): Promise<void> {
  await expect(runButton(page)).toBeEnabled()
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  // The tool's settings and the mask's actions share one row.
  const options = (await page.locator('[data-area=options]').boundingBox())!
  if (width >= 1024) expect(options.height).toBeLessThan(50)
  // The wand has the most settings: none lies over another control.
  await page.keyboard.press('w')
  if (width >= 1024) await expect(page.getByRole('combobox', { name: 'Sample' })).toBeVisible()
  const bar = page.getByRole('group', { name: 'Tool options' })
  const covered = await bar.locator('button, select, [role=spinbutton]').evaluateAll((controls) => {
    const boxes = controls.map((control) => control.getBoundingClientRect())
    const isOver = (a: DOMRect, b: DOMRect) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1
    return controls
      .filter((_, i) => boxes.some((box, j) => j > i && isOver(boxes[i], box)))
      .map((control) => control.getAttribute('aria-label'))
  })
  expect(covered).toEqual([])
  await page.keyboard.press('b')
  // Before the first run the strip takes no room.
  await expect(page.getByRole('region', { name: 'Runs' })).toHaveCount(0)
  const canvas = (await page.getByRole('region', { name: 'Canvas' }).boundingBox())!
  expect((canvas.width * canvas.height) / (width * height)).toBeGreaterThan(0.4)
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll('[data-area=top] button, [data-area=run] button')]
      .filter((button) => {
        const box = button.getBoundingClientRect()
        return (
          box.width > 0 && (box.left < 0 || box.right > innerWidth || box.top < 0 || box.bottom > innerHeight)
        )
      })
      .map((button) => button.getAttribute('aria-label') ?? button.textContent),
  )
  expect(cut).toEqual([])
  expect(await accessIssues(page)).toEqual([])
  // The picture's name and why Run cannot be pressed are whole.
  await page.keyboard.press('Control+d')
  await expect(page.locator('#run-status')).toContainText('Paint over')
  const clipped = await page
    .locator('[data-area=top] span, #run-status')
    .evaluateAll((elements) =>
      elements
        .filter(
          ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
            clientWidth > 1 && (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1),
        )
        .map(({ textContent }) => textContent),
    )
  expect(clipped).toEqual([])
  await page.keyboard.press('Control+z')
  // A dialog's heading and buttons stay in sight; the sheet that it was opened from goes.
  const more = page.getByRole('button', { name: 'More', exact: true })
  if (width < 640) await more.click()
  await page.getByRole('button', { name: 'Backend', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Backend' })
  await expect(dialog.getByRole('heading', { name: 'Backend' })).toBeInViewport({ ratio: 1 })
  await expect(dialog.getByRole('button', { name: 'Done', exact: true })).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(page.locator('[data-sheet]')).toHaveCount(0)
  if (width < 640) await expect(more).toBeFocused()
}

test('by keyboard alone: sample, run, compare, back', async ({ page, server }) => {
  await page.goto('/')
  await expect(page.getByRole('group', { name: 'Samples' })).toBeVisible()
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
  for (let k = 0; k < 40 && !(await focused()).startsWith('Rocket'); k++) await page.keyboard.press('Tab')
  expect(await focused()).toContain('Rocket')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
  await commandsAreThere(page)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  await page.keyboard.press('e')
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('e')
  await expect(page.getByRole('radio', { name: 'Eraser' })).toBeChecked()
  await page.keyboard.press('x')
  await expect(page.getByRole('radio', { name: 'Brush' })).toBeChecked()
  const size = page.getByRole('spinbutton', { name: 'Brush size' })
  const before = Number(await size.inputValue())
  await page.keyboard.press(']')
  await expect.poll(async () => Number(await size.inputValue())).toBeGreaterThan(before)
  // Letters belong to the field while somebody types.
  await chooseBackend(page, server.mount().base)
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('')
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).pressSequentially('bebi[]')
  await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue('bebi[]')
  await expect(page.getByRole('radio', { name: 'Brush' })).toBeChecked()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 })

  test('one finger paints, two pan and zoom without leaving a dot', async ({ page }) => {
    const image = { width: 600, height: 600 }
    await page.goto('/')
    // Its name is not shown on so small a screen.
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: picture(600, 600) })
    await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
    const cdp = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: { x: number; y: number }[]) =>
      cdp.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map((point, id) => ({ ...point, id })),
      })
    const at = await screenPoint(page, image, { x: 300, y: 300 })
    await touch('touchStart', at)
    await touch('touchMove', { x: at.x + 40, y: at.y })
    await touch('touchEnd')
    await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled()
    const painted = centroid(await exportedMask(page))
    const before = await zoomOf(page)

    await touch('touchStart', { x: at.x - 30, y: at.y + 60 })
    await touch('touchStart', { x: at.x - 30, y: at.y + 60 }, { x: at.x + 30, y: at.y + 60 })
    for (let k = 1; k <= 6; k++) {
      await touch(
        'touchMove',
        { x: at.x - 30 - 10 * k, y: at.y + 60 },
        { x: at.x + 30 + 10 * k, y: at.y + 60 },
      )
    }
    await touch('touchEnd')
    await expect.poll(() => zoomOf(page)).toBeGreaterThan(before * 2.5)
    expect(centroid(await exportedMask(page)).sum).toBe(painted.sum)

    // Two fingers down and up undo, three redo.
    const fingers = (count: number) =>
      Array.from({ length: count }, (_, k) => ({ x: at.x - 40 + 40 * k, y: at.y - 40 }))
    await touch('touchStart', ...fingers(2))
    await touch('touchEnd')
    await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()
    await touch('touchStart', ...fingers(3))
    await touch('touchEnd')
    await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled()
  })

  test('sheets hold the form and the runs, every target is large enough, Run floats', async ({ page }) => {
    await openSample(page, 'Coffee')
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('[data-area]:not([data-area=stage], [data-area=sheet]) button')]
        .map((button) => ({
          name: button.getAttribute('aria-label') ?? button.textContent,
          box: button.getBoundingClientRect(),
        }))
        .filter(({ box }) => box.width > 0 && (box.width < 44 || box.height < 44))
        .map(({ name, box }) => `${name}: ${box.width} x ${box.height}`),
    )
    expect(small).toEqual([])
    const chrome = await page.evaluate(() => {
      const stage = document.querySelector('[data-area=stage]')!.getBoundingClientRect()
      return innerHeight - stage.height
    })
    expect(chrome).toBeLessThanOrEqual(844 / 4)
    await page.getByRole('button', { name: 'Show settings' }).click()
    await expect(page.getByRole('form', { name: 'Prediction' })).toBeVisible()
    // iOS zooms in on a field of less than 16 px.
    await expect(page.getByRole('spinbutton', { name: 'Seed' })).toHaveCSS('font-size', '16px')
    await page.getByRole('spinbutton', { name: 'Seed' }).fill('3')
    await page.getByRole('button', { name: 'Close' }).click()
    await runButton(page).click()
    await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
    await page.getByRole('button', { name: 'Show runs' }).click()
    // The sheet ends where Run begins: nothing of it lies behind.
    const sheet = (await page.locator('[data-area=sheet]').boundingBox())!
    const bar = (await page.locator('[data-area=floating]').boundingBox())!
    expect(sheet.y + sheet.height).toBeLessThanOrEqual(bar.y + 0.5)
    await expect(page.getByRole('list', { name: 'Runs' }).getByRole('listitem')).toHaveCount(1)
    expect(await accessIssues(page)).toEqual([])
  })
})

test('on small screens every tool, the menu, Run and Cancel can be reached, and cover no picture', async ({
  page,
  server,
}) => {
  const sizes = [
    [390, 844],
    [844, 390],
    [667, 375],
    // A window of 1280 x 720 at 200 %.
    [640, 360],
  ] as const
  await setSize(page, 390, 844)
  await page.addInitScript(
    (backendUrl) => {
      const state = { backendId: 'replicate', backendUrl }
      localStorage.setItem('pentimento.settings', JSON.stringify({ state, version: 1 }))
    },
    server.mount({ statuses: ['processing'] }).base,
  )
  await openSample(page, 'Coffee')
  for (const [width, height] of sizes) {
    await test.step(`${width} x ${height}`, async () => {
      await setSize(page, width, height)
      const tools = page.getByRole('toolbar', { name: 'Tools' }).getByRole('radio')
      for (const target of [...(await tools.all()), page.getByRole('button', { name: 'More' })]) {
        await target.scrollIntoViewIfNeeded()
        const isOnTop = await target.evaluate((element) => {
          const { x, y, width: w, height: h } = element.getBoundingClientRect()
          return element.contains(document.elementFromPoint(x + w / 2, y + h / 2))
        })
        expect(isOnTop, await target.getAttribute('aria-label').then(String)).toBe(true)
      }
      const canvas = (await page.getByRole('region', { name: 'Canvas' }).boundingBox())!
      const run = (await runButton(page).boundingBox())!
      const isApart =
        run.x >= canvas.x + canvas.width || run.y >= canvas.y + canvas.height || run.x + run.width <= canvas.x
      expect(isApart).toBe(true)
    })
  }
  // What Run asks is whole, and so is its button.
  await setSize(page, 390, 844)
  await page.getByRole('button', { name: 'Show settings' }).click()
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('')
  await page.getByRole('button', { name: 'Hide settings' }).click()
  await runButton(page).click()
  const promptless = page.getByRole('button', { name: 'Run without a prompt' })
  for (const [width, height] of sizes) {
    await setSize(page, width, height)
    await expect(promptless).toBeInViewport({ ratio: 1 })
    // The picture follows the window a frame later.
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
      .toBeLessThanOrEqual(0)
    const cut = () =>
      page
        .locator('[data-area=run] button, #run-status')
        .evaluateAll((elements) =>
          elements
            .filter(
              ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
                scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1,
            )
            .map(({ id, textContent }) => id || textContent),
        )
    await expect.poll(cut, `${width} x ${height}`).toEqual([])
  }
  const progress = page.getByRole('progressbar', { name: 'Prediction progress' })
  // Soon after the first press it would be taken for a double click.
  await expect(async () => {
    if (await progress.isVisible()) return
    await promptless.click({ timeout: 1000 })
    await expect(progress).toBeVisible({ timeout: 1000 })
  }).toPass()
  for (const [width, height] of sizes) {
    await setSize(page, width, height)
    await expect(progress).toBeVisible()
    if (width === 390) expect((await progress.boundingBox())!.width).toBe(390)
    for (const name of ['Cancel', 'Run without a prompt'])
      await expect(page.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 })
  }
})

/** Resizes the window, and waits where the page is drawn until it is laid out for that. */
async function setSize(page: Page, width: number, height: number): Promise<void> {
  await page.setViewportSize({ width, height })
  const layout = page.locator('[data-layout]')
  const name = width >= 1024 ? 'desktop' : width >= 640 ? 'tablet' : 'phone'
  if ((await layout.count()) > 0) await expect(layout).toHaveAttribute('data-layout', name)
}
