import { expect, test } from 'vitest'
import { loopback } from '../../../src/adapters/channels/voice/lines/loopback.js'
import { FaultError } from '../../../src/domain/fault.js'
import { connectionFaults } from '../../../src/domain/faults/connection-faults.js'
import { lineFaults } from '../../../src/domain/faults/line-faults.js'
import { Place } from '../../../src/domain/place.js'
import { describeLine, frameOf, type FarEnd } from './describe-line.js'

const place = new Place('the other side')
const httpStatus = { place, status: 403, phrase: 'Forbidden', body: '', location: '', retryAfterMs: undefined }

describeLine(
  'loopback',
  () => {
    let far: FarEnd
    let underWay = 0
    return Promise.resolve({
      dial: taking => {
        if (taking === 'stall') {
          return (_hear, signal) => {
            underWay += 1
            return new Promise((_resolve, reject) =>
              signal.addEventListener('abort', () => {
                underWay -= 1
                reject(signal.reason as Error)
              }),
            )
          }
        }
        return loopback(16_000, tell => {
          if (taking === 'refuse') throw new FaultError(connectionFaults.httpStatus(httpStatus))
          if (taking === 'drop') tell({ type: 'broke', fault: lineFaults.closedAtOnce({ place }) })
          else underWay += 1
          const frames: Int16Array[] = []
          const signs: string[] = []
          let closed: FarEnd['closed']
          const close = (how: NonNullable<FarEnd['closed']>): void => {
            if (closed === undefined) underWay -= 1
            closed ??= how
          }
          far = {
            frames,
            signs,
            get closed() {
              return closed
            },
            say: samples => tell({ type: 'sound', samples }),
            clear: () => tell({ type: 'clear' }),
            mark: name => tell({ type: 'mark', name }),
            speech: is => tell({ type: 'speech', is }),
            hangUp: () => {
              close('well')
              tell({ type: 'ended' })
            },
            lose: () => {
              close('badly')
              tell({ type: 'broke', fault: connectionFaults.closedWithoutFrame({ place }) })
            },
          }
          return {
            send: frame => void frames.push(frame.slice()),
            speech: is => void signs.push(is),
            press: digits => void signs.push(`keys ${digits}`),
            reached: mark => void signs.push(`reached ${mark}`),
            hungUp: () => close('well'),
          }
        })
      },
      far: () => Promise.resolve(far),
      underWay: () => underWay,
      stop: () => Promise.resolve(),
    })
  },
  {
    rate: 16_000,
    signs: ['speech', 'press'],
    ofAgent: ['speech', 'clear', 'marks'],
    refusal: { by: 'agent', code: 'http_status', status: 403 },
    dropped: { by: 'infra', code: 'unreachable' },
    isBounded: false,
    broken: [],
    odd: [],
  },
)

test('an agent that hangs up while it answers leaves a line that is over', async () => {
  const events: string[] = []
  const line = await loopback(8000, tell => {
    tell({ type: 'ended' })
    return { send: () => events.push('frame') }
  })(event => void events.push(event.type), new AbortController().signal)
  line.send(frameOf(8000))
  expect(events).toEqual(['ended'])
})
