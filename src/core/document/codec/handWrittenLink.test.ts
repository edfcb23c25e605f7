import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readHandWrittenLink, readReplicateAddress } from './handWrittenLink'
import { isLinkText } from './linkText'

const INPUT = {
  image: 'https://a.example/x.png',
  mask: 'https://a.example/m.png',
  prompt: 'a "cat" & a 狗',
  num_outputs: 2,
  disable_safety_checker: true,
}
const AS_JSON = encodeURIComponent(JSON.stringify(INPUT))

describe('hand-written links', () => {
  it('are read by name', () => {
    expect(
      readHandWrittenLink('image=https%3A%2F%2Fa.example%2Fx.png&prompt=a+cat&steps=12&scheduler=DDIM'),
    ).toEqual({
      base: { kind: 'url', url: 'https://a.example/x.png' },
      size: null,
      frame: null,
      mask: [],
      sampling: [],
      guides: [],
      sent: null,
      complete: false,
      setup: { params: { prompt: 'a cat', steps: '12', scheduler: 'DDIM' } },
    })
  })

  it('name a mask, which is no field', () => {
    expect(readHandWrittenLink('mask=https%3A%2F%2Fa.example%2Fm.png')).toMatchObject({
      maskUrl: 'https://a.example/m.png',
      setup: { params: {} },
    })
  })

  it('name a backend and a version', () => {
    expect(readHandWrittenLink('sample=coffee&backend=https%3A%2F%2Fb.example&version=abc')).toMatchObject({
      base: { kind: 'sample', id: 'coffee' },
      setup: { backend: { id: 'replicate', url: 'https://b.example' }, version: 'abc', params: {} },
    })
  })

  it('that name nothing are none', () => {
    expect(readHandWrittenLink('')).toBeNull()
    expect(readHandWrittenLink('image=')).toBeNull()
  })

  it('any text in gives a link or nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        readHandWrittenLink(text)
      }),
    )
  })

  it('name all inputs as JSON, pictures among them; what is named apart counts more', () => {
    expect(readHandWrittenLink(`input=${AS_JSON}&steps=5&model=a/b:0123`)).toMatchObject({
      base: { kind: 'url', url: INPUT.image },
      maskUrl: INPUT.mask,
      complete: false,
      setup: {
        model: 'a/b',
        version: '0123',
        params: { prompt: INPUT.prompt, num_outputs: 2, disable_safety_checker: true, steps: '5' },
      },
    })
    const other = `input=${AS_JSON}&image=https%3A%2F%2Fb.example%2Fy.png&prompt=b`
    expect(readHandWrittenLink(other)).toMatchObject({
      base: { url: 'https://b.example/y.png' },
      setup: { params: { prompt: 'b' } },
    })
  })

  it.each(['form', 'nodejs', '[1]', '{', 'null', '{"__proto__":{"a":1}}', '{"a b":1}', '{"prompt":null}'])(
    'take input=%s for nothing',
    (text) => {
      expect(readHandWrittenLink(`input=${encodeURIComponent(text)}`)).toBeNull()
      expect(({} as Record<string, unknown>)['a']).toBeUndefined()
    },
  )

  it('take no file and no script for a picture', () => {
    for (const image of ['data:image/png;base64,AAAA', 'javascript:alert(1)', 'file:///a.png', 7]) {
      const link = readHandWrittenLink(`input=${encodeURIComponent(JSON.stringify({ image, prompt: 'a' }))}`)
      expect(link).toMatchObject({ base: null, setup: { params: { prompt: 'a' } } })
    }
  })
})

describe('an address of Replicate', () => {
  it('of the playground has model, pictures and settings', () => {
    const address = `https://replicate.com/playground?model=black-forest-labs/flux-fill-dev&inputs=${AS_JSON}`
    expect(readReplicateAddress(address)).toMatchObject({
      base: { kind: 'url', url: INPUT.image },
      maskUrl: INPUT.mask,
      setup: { model: 'black-forest-labs/flux-fill-dev', params: { prompt: INPUT.prompt, num_outputs: 2 } },
    })
  })

  it.each([
    ['https://replicate.com/stability-ai/stable-diffusion-inpainting', undefined],
    ['https://www.replicate.com/stability-ai/stable-diffusion-inpainting?input=http&output=json', undefined],
    ['https://replicate.com/stability-ai/stable-diffusion-inpainting/versions/95b7?prediction=1', '95b7'],
    ['  https://replicate.com/stability-ai/stable-diffusion-inpainting/api#run\n', undefined],
  ])('of a model’s page names the model: %s', (address, version) => {
    expect(readReplicateAddress(address)).toMatchObject({
      base: null,
      setup: { model: 'stability-ai/stable-diffusion-inpainting', params: {} },
    })
    expect(readReplicateAddress(address)?.setup.version).toBe(version)
  })

  it.each([
    'https://replicate.com/',
    'https://replicate.com/p/abc123',
    'https://replicate.com/docs/reference/http',
    'https://replicate.com.evil.example/a/b',
    'https://evil.example/replicate.com/a/b',
    'http://replicate.com/a/b',
    'https://replicate.com/playground',
    'https://replicate.com/playground?model=../..&inputs=x',
    'replicate.com/a/b',
  ])('is none: %s', (address) => {
    expect(readReplicateAddress(address)).toBeNull()
  })

  it('any text in gives a link or nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), fc.json(), (text, json) => {
        readReplicateAddress(text)
        readReplicateAddress(`https://replicate.com/playground?model=${text}&inputs=${json}`)
        readHandWrittenLink(`input=${encodeURIComponent(json)}&${text}`)
      }),
    )
  })
})

it('a text is a link where it leads to such a page, or names a model', () => {
  const page = 'https://edit.example/app/'
  for (const [text, expected] of [
    ['https://edit.example/app/#p1=abc', true],
    ['https://edit.example/app/?prompt=a', true],
    ['https://other.example/#p1=abc', true],
    ['http://127.0.0.1:4173/#p2=abc', true],
    ['https://replicate.com/a/b', true],
    ['https://edit.example/app/', false],
    ['https://edit.example/app/samples/coffee.jpg', false],
    ['https://a.example/x.png#p', false],
    ['javascript:alert(1)#p1=abc', false],
    ['a sentence with #p1=abc', false],
    ['', false],
  ] as const)
    expect([text, isLinkText(text, page)]).toEqual([text, expected])
})
