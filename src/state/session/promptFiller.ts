import { fieldByRole } from '../../core/prediction/inputSchema'
import type { Forms } from '../model/forms'
import { selectModel, selectValues } from '../model/formSelectors'
import { isSamplePrompt, type Sample } from './samples'

/** What a picture does to the form: a sample brings its prompt, any other takes that of a sample away. */
export function createPromptFiller(forms: Forms) {
  /** Puts a text into the form's prompt, if the model has one. */
  const fillPrompt = (text: string) => {
    const prompt = fieldByRole(selectModel(forms.context()).fields, 'prompt')
    if (prompt) forms.setFields({ [prompt.name]: text })
  }

  return (sample: Sample | null): (() => void) | undefined => {
    const context = forms.context()
    if (sample) return () => fillPrompt(sample.prompt[context.settings.locale])
    const prompt = fieldByRole(selectModel(context).fields, 'prompt')
    const isSamples = prompt !== null && isSamplePrompt(selectValues(context)[prompt.name])
    return isSamples ? () => fillPrompt('') : undefined
  }
}
