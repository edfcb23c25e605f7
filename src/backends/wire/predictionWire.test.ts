import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../core/errors'
import { isTerminal } from '../../core/prediction/prediction'
import { normalizeBaseUrl, originOf } from './baseUrl'
import { readHttpError } from './httpErrorWire'
import { parseJson, readPrediction } from './predictionWire'

const text = (name: string) =>
  readFileSync(new URL(`../../core/prediction/fixtures/${name}.json`, import.meta.url), 'utf8')
const fixture = (name: string): unknown => JSON.parse(text(name))
const NO_HEADERS = new Headers()

describe('predictions', () => {
  it.each([
    ['prediction-starting', 'starting', 0, null],
    ['prediction-processing', 'processing', 0, null],
    ['prediction-succeeded', 'succeeded', 2, null],
    ['prediction-failed', 'failed', 0, 'backend/run-failed'],
    ['prediction-canceled', 'canceled', 0, null],
    ['prediction-aborted', 'aborted', 0, 'backend/run-aborted'],
    ['prediction-succeeded-expired', 'succeeded', 0, 'backend/data-removed'],
    ['prediction-gateway-succeeded', 'succeeded', 1, null],
    ['prediction-cog-succeeded', 'succeeded', 1, null],
    ['prediction-outpainter-succeeded', 'succeeded', 1, null],
    ['prediction-wait-processing-with-output', 'processing', 1, null],
  ])('%s is %s with %d outputs', (name, status, outputs, code) => {
    const prediction = readPrediction(fixture(name), null)
    expect(prediction.status).toBe(status)
    expect(prediction.outputs).toHaveLength(outputs)
    expect(prediction.error?.code ?? null).toBe(code)
  })

  it('carry progress, seed and the backend’s words', () => {
    expect(readPrediction(fixture('prediction-processing'), null)).toMatchObject({
      progress: 12 / 25,
      seeds: [42069],
    })
    expect(readPrediction(fixture('prediction-failed'), null).error?.detail).toContain(
      'NSFW content detected',
    )
    expect(readPrediction(fixture('prediction-succeeded'), null).predictSeconds).toBeCloseTo(2.623281)
  })

  it('keep the id they were asked for by', () => {
    expect(readPrediction({ status: 'processing' }, 'mine').id).toBe('mine')
    expect(readPrediction(fixture('prediction-gateway-succeeded'), null).id).toBe('task_8c1f0b6f2e9d4a7b')
  })

  it.each([
    ['queued', 'starting'],
    ['SUCCESS', 'succeeded'],
    ['In Progress', 'processing'],
    ['cancelled', 'canceled'],
    ['completed', 'succeeded'],
    ['warming-up', 'processing'],
  ])('status %s is %s', (word, status) => {
    expect(readPrediction({ id: 'x', status: word }, null).status).toBe(status)
  })

  it('show an unknown status as it is', () => {
    expect(readPrediction({ id: 'x', status: 'Warming-Up' }, null).rawStatus).toBe('warming-up')
    expect(readPrediction({ id: 'x', status: 7 }, null)).toMatchObject({
      status: 'processing',
      rawStatus: '7',
    })
  })

  it('an answer without an id is finished if it has outputs, else an error with its words', () => {
    expect(readPrediction({ output: ['https://a.example/1.png'] }, null).status).toBe('succeeded')
    expect(readPrediction({ created: 1, data: [{ b64_json: 'AAAA' }] }, null).outputs).toEqual([
      { kind: 'url', url: 'data:image/png;base64,AAAA' },
    ])
    expect(() => readPrediction(fixture('gateway-empty'), null)).toThrow(/backend\/no-id/)
  })

  it.each([
    7,
    0,
    'a/b',
    '../../account',
    '..',
    'a?b',
    'a#b',
    'a%2fb',
    'a\\b',
    'a b',
    'a\nb',
    {},
    ['x'],
    true,
  ])('an id of %j is of no use: the create fails, and a poll keeps the id it asked for', (id) => {
    expect(() => readPrediction({ id, status: 'starting' }, null)).toThrow(/backend\/no-id/)
    expect(readPrediction({ id, status: 'processing' }, 'mine').id).toBe('mine')
    expect(readPrediction({ id, output: ['https://a.example/1.png'] }, null).status).toBe('succeeded')
  })

  it.each(['q7m3k2v9xdrj60cpt4w8b5hn1e', 'task_8c1f', 'pred:1.2~x', 'a=b+c@d'])(
    'an id of %s is taken',
    (id) => {
      expect(readPrediction({ id, status: 'starting' }, null).id).toBe(id)
    },
  )

  it('outputs of a run that goes on are of no use without an id', () => {
    const body = { status: 'processing', output: ['https://a.example/1.png'] }
    expect(() => readPrediction(body, null)).toThrow(/backend\/no-id/)
  })

  it('a run without outputs ends with the last words of its log', () => {
    const logs = `Using seed: 1\n${'line\n'.repeat(9)}NSFW content detected in image 0\nnothing left`
    const { error } = readPrediction({ id: 'x', status: 'succeeded', output: [], logs }, null)
    expect(error).toMatchObject({ code: 'backend/no-output' })
    expect(error?.detail?.split('\n').slice(-2)).toEqual(['NSFW content detected in image 0', 'nothing left'])
    expect(readPrediction({ id: 'x', status: 'succeeded', output: [] }, null).error?.detail).toBeNull()
  })

  it('any JSON in gives a prediction or a named error, never another exception', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.option(fc.string()), (body, id) => {
        try {
          const prediction = readPrediction(body, id)
          expect(typeof isTerminal(prediction.status)).toBe('boolean')
          expect(prediction.outputs.length).toBeLessThanOrEqual(8)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }),
    )
  })
})

describe('errors', () => {
  it.each([
    [401, 'error-401', 'backend/unauthorized', 'valid authentication token'],
    [402, 'error-402', 'backend/payment', 'insufficient credit'],
    [404, 'error-404', 'backend/not-found', 'could not be found'],
    [409, 'error-409-cog', 'backend/busy', 'At capacity'],
    [422, 'error-422', 'backend/invalid-input', 'image is required'],
    [422, 'error-422-version', 'backend/invalid-input', 'specified version does not exist'],
    [422, 'error-422-cog', 'backend/invalid-input', 'field required'],
    [429, 'error-429', 'backend/rate-limited', 'throttled'],
    [401, 'error-gateway-openai-shape', 'backend/unauthorized', 'Invalid token'],
    [413, 'gateway-empty', 'backend/input-too-large', ''],
    [500, 'gateway-empty', 'backend/server-error', ''],
    [418, 'gateway-empty', 'backend/rejected', ''],
  ])('%d %s is %s and carries the words', (status, name, code, words) => {
    const error = readHttpError(status, NO_HEADERS, text(name))
    expect(error.code).toBe(code)
    expect(error.data.detail ?? '').toContain(words)
  })

  it('name the fields in each of the three shapes', () => {
    const hosted = readHttpError(422, NO_HEADERS, text('error-422')).data.fields
    expect(Object.keys(hosted)).toEqual(['image', 'mask', 'num_inference_steps', 'scheduler'])
    const cog = readHttpError(422, NO_HEADERS, text('error-422-cog')).data.fields
    expect(cog).toMatchObject({ num_inference_steps: 'ensure this value is less than or equal to 500' })
    const lines = JSON.stringify({ detail: '- input.seed: must be a number\n- input: prompt is required\n' })
    expect(readHttpError(422, NO_HEADERS, lines).data.fields).toEqual({
      seed: 'must be a number',
      prompt: 'prompt is required',
    })
  })

  it.each([
    [{ 'retry-after': '7' }, '{}', 7],
    [{ 'retry-after': '99999' }, '{}', 300],
    [{ 'retry-after': 'soon' }, '{}', undefined],
    [{ 'retry-after': '-5' }, '{}', undefined],
    [{ date: 'Wed, 21 Oct 2026 07:28:00 GMT', 'retry-after': 'Wed, 21 Oct 2026 07:28:09 GMT' }, '{}', 9],
    [{}, '{"retry_after": 12}', 12],
    [{}, text('error-429-minimal'), 30],
  ])('%j says to wait', (headers, body, seconds) => {
    expect(readHttpError(429, new Headers(headers), body).data.params['seconds']).toBe(seconds)
  })

  it('HTML becomes its text', () => {
    const html =
      '<!DOCTYPE html><html><head><style>p{}</style><script>alert(1)</script></head><body><h1>502 Bad Gateway</h1></body></html>'
    expect(readHttpError(502, NO_HEADERS, html).data.detail).toBe('502 Bad Gateway')
    expect(() => parseJson(html, 200)).toThrow(/backend\/not-json/)
  })
})

describe('base addresses', () => {
  const page = 'http://127.0.0.1:4173/'
  it.each([
    ['https://gw.example/replicate/v1', 'https://gw.example/replicate/v1'],
    ['https://gw.example/replicate/v1/', 'https://gw.example/replicate/v1'],
    ['https://gw.example/replicate/v1/predictions', 'https://gw.example/replicate/v1'],
    ['gw.example/replicate/v1', 'https://gw.example/replicate/v1'],
    ['localhost:5000', 'http://localhost:5000'],
    ['127.0.0.1:5000/v1', 'http://127.0.0.1:5000/v1'],
    ['/replicate/v1', '/replicate/v1'],
    ['  https://gw.example/v1?x=1  ', 'https://gw.example/v1'],
  ])('%s is %s', (typed, base) => {
    expect(normalizeBaseUrl(typed, page)).toBe(base)
  })

  it.each([
    '',
    'javascript:alert(1)',
    'ftp://a.example',
    'https://user:pw@a.example/v1',
    'https://a.example\\@b.example',
    'nonsense',
    '//a.example',
    'https://a.exa\u202Emple',
  ])('%j is refused', (typed) => {
    expect(() => normalizeBaseUrl(typed, page)).toThrow(AppError)
  })

  it('a token belongs to an exact origin', () => {
    expect(originOf('https://a.example:8443/v1', page)).toBe('https://a.example:8443')
    expect(originOf('/replicate/v1', page)).toBe('http://127.0.0.1:4173')
  })
})
