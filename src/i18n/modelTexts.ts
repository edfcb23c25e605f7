import type { LocalizedText } from '../core/localizedText'

/**
 * What the bundled models' schemas say, by their own words: another model that uses the same words is translated too.
 * Names of samplers and formats stay as they are. A field whose meaning is known has its texts in the catalogues.
 */
export const MODEL_TEXTS: Readonly<Record<string, LocalizedText>> = {
  'Aspect ratio': { en: 'Aspect ratio', zh: '宽高比' },
  'Aspect ratio. Ignored if a resolution or inpainting image is given.': {
    en: 'Used only without a picture and a resolution.',
    zh: '仅在没有图片和分辨率时使用。',
  },
  Resolution: { en: 'Resolution', zh: '分辨率' },
  'Resolution. Overrides aspect ratio. Ignored if an inpainting image is given.': {
    en: 'Overrides the aspect ratio. Used only without a picture.',
    zh: '优先于宽高比。仅在没有图片时使用。',
  },
  'Magic prompt option': { en: 'Magic prompt', zh: '提示词优化' },
  'Magic Prompt will interpret your prompt and optimize it to maximize variety and quality of the images generated. You can also use it to write prompts in different languages.':
    {
      en: 'Rewrites your prompt for more variety and quality. With it you can write in other languages.',
      zh: '改写提示词，使图片更多样、质量更好。开启后可用其他语言书写。',
    },
  'Style type': { en: 'Style', zh: '风格' },
  'The styles help define the specific aesthetic of the image you want to generate.': {
    en: 'The look of the picture.',
    zh: '图片的整体风格。',
  },
  'Prompt Upsampling': { en: 'Expand the prompt', zh: '扩写提示词' },
  'Automatically modify the prompt for more creative generation': {
    en: 'Adds to the prompt for more creative results.',
    zh: '自动补充提示词，结果更有创意。',
  },
  'Safety Tolerance': { en: 'Safety tolerance', zh: '安全容忍度' },
  'Safety tolerance, 1 is most strict and 6 is most permissive': {
    en: '1 is the strictest, 6 the most permissive.',
    zh: '1 最严格，6 最宽松。',
  },
  'A quick option for outpainting an input image. Mask will be ignored.': {
    en: 'Extends the picture. The mask is ignored.',
    zh: '向外扩展图片，忽略蒙版。',
  },
  'Output format': { en: 'Output format', zh: '输出格式' },
  'Format of the output images': { en: 'File format of the outputs.', zh: '结果的文件格式。' },
  'Format of the output images.': { en: 'File format of the outputs.', zh: '结果的文件格式。' },
  'Output Quality': { en: 'Output quality', zh: '输出质量' },
  'Quality when saving the output images, from 0 to 100. 100 is best quality, 0 is lowest quality. Not relevant for .png outputs':
    { en: 'For JPEG and WebP. 100 is best.', zh: '用于 JPEG 和 WebP，100 最好。' },
  Megapixels: { en: 'Megapixels', zh: '像素总数' },
  'Approximate number of megapixels for generated image. Use match_input to match the size of the input (with an upper limit of 1440x1440 pixels)':
    {
      en: 'Size of the outputs, in megapixels: at most 1440 × 1440 px.',
      zh: '结果的大小，单位为百万像素，最大 1440 × 1440 像素。',
    },
  'Lora Weights': { en: 'LoRA weights', zh: 'LoRA 权重' },
  'Load LoRA weights. Supports Replicate model names, HuggingFace, CivitAI or .safetensors URLs.': {
    en: 'A model on Replicate, or an address on Hugging Face, Civitai or of a .safetensors file.',
    zh: 'Replicate 上的模型名，或 Hugging Face、Civitai、.safetensors 文件的网址。',
  },
  'Lora Scale': { en: 'LoRA scale', zh: 'LoRA 强度' },
  'Determines how strongly the main LoRA should be applied.': {
    en: 'How strongly the LoRA is applied.',
    zh: 'LoRA 的作用强度。',
  },
  'Sampler name': { en: 'Sampler', zh: '采样方法' },
  'sampler name': { en: 'The sampling method.', zh: '去除噪声所用的算法。' },
  'Outpaint direction': { en: 'Direction', zh: '扩图方向' },
  'outpaint width or height or both': {
    en: 'Where the picture is extended.',
    zh: '向哪个方向扩展图片。',
  },
  'Overlay Original Img': { en: 'Keep the original', zh: '保留原图' },
  'overlay original image': {
    en: 'Puts the original back over its place.',
    zh: '将原图放回原来的位置。',
  },
  'denoising strength': {
    en: 'How much of the picture may change.',
    zh: '图片改变的程度。',
  },

  None: { en: 'None', zh: '无' },
  Auto: { en: 'Auto', zh: '自动' },
  Automatic: { en: 'Automatic', zh: '自动' },
  On: { en: 'On', zh: '开' },
  Off: { en: 'Off', zh: '关' },
  'Zoom out 1.5x': { en: 'Zoom out 1.5×', zh: '四周扩展 1.5 倍' },
  'Zoom out 2x': { en: 'Zoom out 2×', zh: '四周扩展 2 倍' },
  'Make square': { en: 'Make square', zh: '补成正方形' },
  'Left outpaint': { en: 'Extend left', zh: '向左扩展' },
  'Right outpaint': { en: 'Extend right', zh: '向右扩展' },
  'Top outpaint': { en: 'Extend up', zh: '向上扩展' },
  'Bottom outpaint': { en: 'Extend down', zh: '向下扩展' },
  both: { en: 'Width and height', zh: '宽度和高度' },
  'only width': { en: 'Width only', zh: '仅宽度' },
  'only height': { en: 'Height only', zh: '仅高度' },
  match_input: { en: 'Same as the input', zh: '与输入相同' },
  General: { en: 'General', zh: '通用' },
  Realistic: { en: 'Realistic', zh: '写实' },
  Design: { en: 'Design', zh: '设计' },
  'Render 3D': { en: '3D render', zh: '3D 渲染' },
  Anime: { en: 'Anime', zh: '动漫' },
  Uniform: { en: 'Uniform', zh: '均匀' },
  Exponential: { en: 'Exponential', zh: '指数' },
  Polyexponential: { en: 'Polyexponential', zh: '多项式指数' },
  'SGM Uniform': { en: 'SGM uniform', zh: 'SGM 均匀' },
  'KL Optimal': { en: 'KL optimal', zh: 'KL 最优' },
  Simple: { en: 'Simple', zh: '简单' },
  Normal: { en: 'Normal', zh: '常规' },

  'a vision of paradise. unreal engine': {
    en: 'a vision of paradise. unreal engine',
    zh: '天堂般的景象，虚幻引擎',
  },
  'RAW photo, 8k uhd, dslr, soft lighting, high quality, film grain, Fujifilm XT3': {
    en: 'RAW photo, 8k uhd, dslr, soft lighting, high quality, film grain, Fujifilm XT3',
    zh: 'RAW 照片，8K 超高清，单反，柔和光线，高质量，胶片颗粒，富士 XT3',
  },
  '(deformed iris, deformed pupils, semi-realistic, cgi, 3d, render, sketch, cartoon, drawing, anime, mutated hands and fingers:1.4), (deformed, distorted, disfigured:1.3), poorly drawn, bad anatomy, wrong anatomy, extra limb, missing limb, floating limbs, disconnected limbs, mutation, mutated, ugly, disgusting, amputation':
    {
      en: '(deformed iris, deformed pupils, semi-realistic, cgi, 3d, render, sketch, cartoon, drawing, anime, mutated hands and fingers:1.4), (deformed, distorted, disfigured:1.3), poorly drawn, bad anatomy, wrong anatomy, extra limb, missing limb, floating limbs, disconnected limbs, mutation, mutated, ugly, disgusting, amputation',
      zh: '（虹膜变形，瞳孔变形，半写实，CG，3D，渲染，素描，卡通，绘画，动漫，手和手指变异：1.4），（变形，扭曲，走样：1.3），画得差，人体结构错误，多余肢体，缺失肢体，漂浮肢体，断开的肢体，变异，丑陋，恶心，截肢',
    },
}
