import { expect, test } from 'vitest'
import { shownAddress, withShownAddresses } from '../../../src/domain/shown-address.js'

test.each([
  ['ws://127.0.0.1:9/x', 'ws://127.0.0.1:9/x'],
  ['ws://bob:s3cretPassw0rd@127.0.0.1:9/x?token=abcdefgh99', 'ws://[redacted]@127.0.0.1:9/x?[redacted]'],
  ['htp://bob:s3cretPassw0rd@h', 'htp://[redacted]@h'],
  ['//bob:s3cretPassw0rd@h/x', '//[redacted]@h/x'],
  ['bob:s3cretPassw0rd@h/x?token=abcdefgh99', '[redacted]@h/x?[redacted]'],
  ['ws:/bob:s3cretPassw0rd@h', '[redacted]@h'],
  ['ws://bob:s3cret/Passw0rd@more@h/x', 'ws://[redacted]@h/x'],
  ['bob:s3cret//Passw0rd@h', '[redacted]@h'],
  ['h?token=abc@defgh99', '[redacted]'],
  ['ws://bob:s3cret?Passw0rd@h', 'ws://[redacted]'],
  ['clinic=ws://bob:s3cretPassw0rd@h', 'clinic=ws://[redacted]@h'],
  ['--agnt=clinic=ws://bob@h', '--agnt=clinic=ws://[redacted]@h'],
])('%s is shown as %s', (text, shown) => {
  expect(shownAddress(text)).toBe(shown)
})

test.each([
  [
    'There is no result "http://bob:s3cret@h/1?token=abc", neither here nor there.',
    'There is no result "http://[redacted]@h/1?[redacted]", neither here nor there.',
  ],
  ['There is no file http:/bob:s3cret@h/1?token=abc.', 'There is no file [redacted]@h/1?[redacted].'],
  [
    '(http://h/a, ws://h/b) Use http://127.0.0.1:8080/results/167. What of a@b?',
    '(http://h/a, ws://h/b) Use http://127.0.0.1:8080/results/167. What of a@b?',
  ],
  ['There is no file suites/a@b?.yaml.', 'There is no file suites/a@b?.yaml.'],
])('a message is shown without secrets in its addresses: %s', (message, shown) => {
  expect(withShownAddresses(message)).toBe(shown)
})
