import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeImage } from '../fakePictures.testkit'
import { selectValues } from '../model/formSelectors'
import { type OpenTab, openTab, pass } from '../tab.testkit'

/** The address of a picture that `opened` can fetch. */
export const PICTURE = 'https://pictures.example/a.png'

/** Opens a link in a fresh browser. */
export async function opened(url: string): Promise<OpenTab> {
  const tab = await openTab(new FakeBrowser(), {
    address: url,
    prepare: ({ web }) => web.set(PICTURE, fakeImage(64, 48)),
  })
  await pass(50)
  return tab
}

/** What the form holds. */
export const valuesOf = ({ app }: OpenTab) => selectValues(app.forms.context())
