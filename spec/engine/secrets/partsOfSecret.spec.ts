import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { redaction } from '../../../src/engine/secrets/redaction.js'

const test = suite('parts of a secret')

const key = [
  '-----BEGIN PRIVATE KEY-----',
  'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC',
  'BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj',
  '-----END PRIVATE KEY-----',
  '',
].join('\n')
const hook = 'https://User:pass%2Fword9@Hooks.Example.com:443/services/T0/../B0AAAAAAA/XyZ%20abcdefgh?sig=signature1#fragment1'

/** A secret, a text in which it or a part of it stands, and what is shown of that. */
const rows: readonly (readonly [string, secret: string, text: string, shown: string])[] = [
  ['the token of a header', 'Bearer abc.def-ghi', 'token abc.def-ghi!', 'token [secret]!'],
  ['what basic credentials stand for', `Basic ${Buffer.from('ada:correcthorse').toString('base64')}`, 'ada:correcthorse', '[secret]'],
  ['the password of basic credentials', `Basic ${Buffer.from('ada:correcthorse').toString('base64')}`, 'p=correcthorse', 'p=[secret]'],
  ['the value of a cookie', 'sid=aaaabbbbcccc; Path=/; HttpOnly', 'id aaaabbbbcccc', 'id [secret]'],
  ['the values of cookies sent', 'a=11112222; b="33334444"', '11112222 33334444', '[secret] [secret]'],
  ['the normal form of a URL', hook, `GET ${new URL(hook).href}.`, 'GET [secret].'],
  ['the origin and path of a URL', 'https://h.example/aaaabbbb?x=1', 'https://h.example/aaaabbbb answered 404', '[secret] answered 404'],
  ['the path of a URL', 'https://h.example/aaaabbbb/c?x=1', '"GET /aaaabbbb/c HTTP/1.1"', '"GET [secret] HTTP/1.1"'],
  ['a segment of a URL', hook, 'XyZ abcdefgh, XyZ%20abcdefgh', '[secret], [secret]'],
  ['the password of a URL', hook, 'pass/word9 pass%2Fword9', '[secret] [secret]'],
  ['a parameter of a URL', hook, 'sig signature1 fragment1', 'sig [secret] [secret]'],
  ['a path as file operations name it', 'a//deep/./path/../file-1', 'in a/deep/file-1: no', 'in [secret]: no'],
  [
    'a secret field of JSON',
    JSON.stringify({ type: 'service', private_key: key }),
    `\n  ${key.replaceAll('\n', '\n  ')}`,
    '\n  [secret]\n  ',
  ],
  ['lines that are indented anew', key, `key: |\n  ${key.trim().replaceAll('\n', '\n  ')}\nnext`, 'key: |\n  [secret]\nnext'],
  ['lines with other line ends', key, key.replaceAll('\n', '\r\n'), '[secret]\r\n'],
  ['one line of several', key, '2: BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj', '2: [secret]'],
  ['a text without the blanks around it', '  abcdefgh1\n', '<abcdefgh1>', '<[secret]>'],
]
for (const [what, secret, text, shown] of rows)
  test(`hides ${what}`, () => {
    const made = redaction()
    made.conceal(secret)
    assert.is(made.clean(text), shown)
  })

test('leaves short parts and the rest of a URL alone', () => {
  const made = redaction()
  made.conceal('https://hooks.example.com/a/b1c2d3e4f5')
  assert.is(made.clean('https://hooks.example.com/a/other'), 'https://hooks.example.com/a/other')
})

test.run()
