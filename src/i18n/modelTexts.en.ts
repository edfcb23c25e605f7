/**
 * What the bundled models' schemas say, by their own words: another model that uses the same words is translated too.
 * Names of samplers and formats stay as they are. A field whose meaning is known has its texts in the catalogues.
 */
export const modelTextsEn = {
  'Aspect ratio': 'Aspect ratio',
  'Aspect ratio. Ignored if a resolution or inpainting image is given.':
    'Used only without a picture and a resolution.',
  Resolution: 'Resolution',
  'Resolution. Overrides aspect ratio. Ignored if an inpainting image is given.':
    'Overrides the aspect ratio. Used only without a picture.',
  'Magic prompt option': 'Magic prompt',
  'Magic Prompt will interpret your prompt and optimize it to maximize variety and quality of the images generated. You can also use it to write prompts in different languages.':
    'Rewrites your prompt for more variety and quality. With it you can write in other languages.',
  'Style type': 'Style',
  'The styles help define the specific aesthetic of the image you want to generate.':
    'The look of the picture.',
  'Prompt Upsampling': 'Expand the prompt',
  'Automatically modify the prompt for more creative generation':
    'Adds to the prompt for more creative results.',
  'Safety Tolerance': 'Safety tolerance',
  'Safety tolerance, 1 is most strict and 6 is most permissive': '1 is the strictest, 6 the most permissive.',
  'A quick option for outpainting an input image. Mask will be ignored.':
    'Extends the picture. The mask is ignored.',
  'Output format': 'Output format',
  'Format of the output images': 'File format of the outputs.',
  'Format of the output images.': 'File format of the outputs.',
  'Output Quality': 'Output quality',
  'Quality when saving the output images, from 0 to 100. 100 is best quality, 0 is lowest quality. Not relevant for .png outputs':
    'For JPEG and WebP. 100 is best.',
  Megapixels: 'Megapixels',
  'Approximate number of megapixels for generated image. Use match_input to match the size of the input (with an upper limit of 1440x1440 pixels)':
    'Size of the outputs, in megapixels: at most 1440 × 1440 px.',
  'Lora Weights': 'LoRA weights',
  'Load LoRA weights. Supports Replicate model names, HuggingFace, CivitAI or .safetensors URLs.':
    'A model on Replicate, or an address on Hugging Face, Civitai or of a .safetensors file.',
  'Lora Scale': 'LoRA scale',
  'Determines how strongly the main LoRA should be applied.': 'How strongly the LoRA is applied.',
  'Sampler name': 'Sampler',
  'sampler name': 'The sampling method.',
  'Outpaint direction': 'Direction',
  'outpaint width or height or both': 'Where the picture is extended.',
  'Overlay Original Img': 'Keep the original',
  'overlay original image': 'Puts the original back over its place.',
  'denoising strength': 'How much of the picture may change.',
  None: 'None',
  Auto: 'Auto',
  Automatic: 'Automatic',
  On: 'On',
  Off: 'Off',
  'Zoom out 1.5x': 'Zoom out 1.5×',
  'Zoom out 2x': 'Zoom out 2×',
  'Make square': 'Make square',
  'Left outpaint': 'Extend left',
  'Right outpaint': 'Extend right',
  'Top outpaint': 'Extend up',
  'Bottom outpaint': 'Extend down',
  both: 'Width and height',
  'only width': 'Width only',
  'only height': 'Height only',
  match_input: 'Same as the input',
  General: 'General',
  Realistic: 'Realistic',
  Design: 'Design',
  'Render 3D': '3D render',
  Anime: 'Anime',
  Uniform: 'Uniform',
  Exponential: 'Exponential',
  Polyexponential: 'Polyexponential',
  'SGM Uniform': 'SGM uniform',
  'KL Optimal': 'KL optimal',
  Simple: 'Simple',
  Normal: 'Normal',
  'a vision of paradise. unreal engine': 'a vision of paradise. unreal engine',
  'RAW photo, 8k uhd, dslr, soft lighting, high quality, film grain, Fujifilm XT3':
    'RAW photo, 8k uhd, dslr, soft lighting, high quality, film grain, Fujifilm XT3',
  '(deformed iris, deformed pupils, semi-realistic, cgi, 3d, render, sketch, cartoon, drawing, anime, mutated hands and fingers:1.4), (deformed, distorted, disfigured:1.3), poorly drawn, bad anatomy, wrong anatomy, extra limb, missing limb, floating limbs, disconnected limbs, mutation, mutated, ugly, disgusting, amputation':
    '(deformed iris, deformed pupils, semi-realistic, cgi, 3d, render, sketch, cartoon, drawing, anime, mutated hands and fingers:1.4), (deformed, distorted, disfigured:1.3), poorly drawn, bad anatomy, wrong anatomy, extra limb, missing limb, floating limbs, disconnected limbs, mutation, mutated, ugly, disgusting, amputation',
} as const
