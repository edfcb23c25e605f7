/** Why a value of a field is refused, and files as values. */
export const fieldsEn = {
  'problem.required': 'Required.',
  'problem.not-a-number': 'Not a number.',
  'problem.not-whole': 'Whole numbers only.',
  'problem.too-large': 'Too large to be exact.',
  'problem.out-of-range': 'Must be {low} to {high}.',
  'problem.at-least': 'Must be at least {low}.',
  'problem.at-most': 'Must be at most {high}.',
  'problem.not-allowed': 'Not one of the allowed values.',
  'problem.not-allowed-step': 'Must be a multiple of {step}.',
  'problem.not-json': 'Not valid JSON.',
  'problem.not-an-address': 'Enter an address (https://…) or choose a file.',
  'form.file.choose': 'Choose a file',
  'form.file.remove': 'Remove the file',
  'form.file.chosen': 'Chosen file, {kilobytes} kB',
  'form.file.tooLarge': 'The file is over {most} kB. Enter its address instead.',
  'problem.too-long': '{length} characters; at most {most}.',
} as const
