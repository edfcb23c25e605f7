import type { FakeBrowser } from '../fakeBrowser.testkit'

/** Of the document that a tab has open: its id, its done steps, its summary, its prompt. */
export const idIn = (browser: FakeBrowser, tab: string) => browser.openedIn.get(tab)!
export const stepsOf = (browser: FakeBrowser, tab: string) => browser.documents.doneIn(idIn(browser, tab))
export const summaryIn = (browser: FakeBrowser, tab: string) =>
  browser.documents.summaries.get(idIn(browser, tab))!
export const promptIn = (browser: FakeBrowser, tab: string) =>
  browser.documents.contents.get(idIn(browser, tab))?.setup?.params['prompt']
