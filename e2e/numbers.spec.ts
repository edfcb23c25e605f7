import { chooseBackend, expect, openPicture, paintSomething, picture, test } from './fixtures'

/** A value is never changed into another valid one without a word: typed, pasted, or by a wheel meant for the panel. */

for (const locale of ['en-US', 'de-DE']) {
  test.describe(`in a browser set to ${locale}`, () => {
    test.use({ locale })

    test('numbers are what was typed, or refused with the reason', async ({ page, server, clean }) => {
      clean.allow(/status of 404/)
      await page.goto('/')
      await openPicture(page, picture(300, 200))
      await paintSomething(page)
      await chooseBackend(page, server.mount().base)
      const guidance = page.getByRole('spinbutton', { name: 'Guidance scale' })
      const slider = page.getByRole('slider', { name: 'Guidance scale' })
      const problem = page.locator('[data-field="guidance_scale"] [aria-live]')
      for (const [typed, value] of [
        ['1,5', '1.5'],
        ['7.25', '7.25'],
        ['12,75', '12.75'],
      ] as const) {
        await guidance.fill('')
        await guidance.pressSequentially(typed)
        await expect(guidance).toHaveValue(typed)
        await expect(guidance).toHaveAttribute('aria-valuenow', value)
        await expect(slider).toHaveValue(String(Math.round(Number(value) * 10) / 10))
        await expect(problem).toHaveText('')
      }
      for (const typed of ['1,500', '1.5.2', '0x10', '15 %']) {
        await guidance.fill(typed)
        await expect(problem).toHaveText('Not a number.')
        await expect(guidance).not.toHaveAttribute('aria-valuenow')
      }
      await guidance.fill('7.5')
      await guidance.press('ArrowUp')
      await expect(guidance).toHaveValue('7.6')
      await guidance.hover()
      await page.mouse.wheel(0, -300)
      await expect(guidance).toHaveValue('7.6')

      const seed = page.getByRole('spinbutton', { name: 'Seed' })
      await seed.fill('9007199254740993')
      await expect(page.locator('[data-field="seed"] [aria-live]')).toHaveText('Too large to be exact.')
      await seed.fill('1,5')
      await expect(page.locator('[data-field="seed"] [aria-live]')).toHaveText('Whole numbers only.')
    })

    test('a tool’s box takes what fits, and marks what does not', async ({ page }) => {
      await page.goto('/')
      await openPicture(page, picture(300, 200))
      const size = page.getByRole('spinbutton', { name: 'Brush size' })
      await size.fill('50')
      await expect(page.getByRole('slider', { name: 'Brush size' })).toHaveAttribute(
        'aria-valuetext',
        '50 px',
      )
      await size.fill('5000')
      await expect(size).toHaveAttribute('aria-invalid', 'true')
      await expect(page.getByRole('slider', { name: 'Brush size' })).toHaveAttribute(
        'aria-valuetext',
        '50 px',
      )
      await size.blur()
      await expect(size).toHaveValue('50')
      await expect(size).toHaveAttribute('aria-invalid', 'false')
    })
  })
}
