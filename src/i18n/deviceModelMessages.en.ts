/** Models of the user's own on this device. */
export const deviceModelsEn = {
  'device.model': 'Model on this device',
  'device.list': 'Models on this device',
  'device.open': 'Open a model file…',
  'device.drop': 'or drop it here',
  'device.about':
    'An ONNX file of LaMa or MI-GAN. It stays on this device: nothing is uploaded, and nothing is downloaded unless you give an address.',
  'device.url': 'Address of a model file',
  'device.urlHint': 'By https; the site must let other pages read it (CORS).',
  'device.fetch': 'Download',
  'device.fetching': 'Downloading',
  'device.amount': '{megabytes} MB',
  'device.amountOf': '{megabytes} of {total} MB',
  'device.reading': 'Reading the file',
  'device.checking': 'Trying it on a grey picture',
  'device.keeping': 'Storing it on this device',
  'device.elapsed': '{seconds} s',
  'device.cancel': 'Cancel',
  'device.facts': '{megabytes} MB · {size} · {place}',
  'device.fixed': '{side} × {side} px',
  'device.anySize': 'any size',
  'device.gpu': 'graphics processor (WebGPU)',
  'device.cpu': 'processor (WebAssembly)',
  'device.notKept': 'Only until this page is closed: the browser keeps no files here, or has no room.',
  'device.remove': 'Remove {name}',
  'device.none': 'No model yet.',
  'option.fill_detail': 'Detail',
  'optionAbout.fill_detail':
    'The model sees a large area smaller than it is. With the photo’s detail it gives the shapes and the photo its own pixels. Both: the photo’s first, then the model’s own.',
  'choice.fill_detail.both': 'Both, to compare',
  'choice.fill_detail.photo': 'The photo’s',
  'choice.fill_detail.model': 'The model’s own',
  'error.onnx/not-a-model': '{name} is not an ONNX model.',
  'error.onnx/cut-off': '{name} is incomplete: its end is missing. Download it again.',
  'error.onnx/too-large': '{name} is over 2 GB, more than a model file may have.',
  'error.onnx/outside-weights': '{name} has its weights in a second file. Use a version that is one file.',
  'error.onnx/no-picture': '{name} takes no picture. Its inputs: {inputs}.',
  'error.onnx/unknown-graph':
    '{name} is not of a kind that this page knows: LaMa, or MI-GAN. Its inputs: {inputs}.',
  'error.onnx/operator':
    'The model needs the operator {operator}, which the runtime in this page does not have. Try another export of it.',
  'error.onnx/no-memory':
    'There is not enough memory for this model ({megabytes} MB). Close other tabs, or use a smaller one.',
  'error.onnx/senseless':
    'The model runs, but does not fill a hole in a grey picture: its values are not those of LaMa or MI-GAN.',
  'error.onnx/failed': 'The model could not be run.',
  'error.onnx/missing': 'This model is no longer on this device. Open its file again.',
  'error.onnx/url-invalid': '“{url}” is not an https address.',
  'error.onnx/url-failed': 'The model at {origin} could not be downloaded. Save it and open the file.',
  'more.onnx/url-failed':
    'The address may be wrong, the connection may have failed, or the site does not let other pages read its files (CORS).',
  'error.onnx/url-status': '{origin} answered with status {status}.',
} as const
