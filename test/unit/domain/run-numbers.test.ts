import { describe, expect, test } from 'vitest'
import { runNumbers } from '../../../src/domain/run-numbers.js'

const trunk = { key: 'main', registrar: 'sip:pbx.example.com', numbers: ['+1', '+2', '+3'] } as never
const contactNumber = '+9'

describe('an agent that is dialled', () => {
  const agent = { inbound: true, contactNumber, connection: { type: 'sip', trunk } } as const

  test.each([
    ['the first number of the trunk for all runs', 'same_number', ['+1', '+1', '+1', '+1']],
    ['one number for each run, in turn', 'different_numbers', ['+1', '+2', '+3', '+1']],
  ] as const)('is called from %s', (_, mode, own) => {
    expect(own.map((__, index) => runNumbers(agent, { mode }, index).own)).toEqual(own)
  })

  test('has a number of ours to itself only where each run has its own', () => {
    expect(runNumbers(agent, { mode: 'same_number' }, 1)).toEqual({ own: '+1', agent: '+9' })
    expect(runNumbers(agent, { mode: 'different_numbers' }, 1)).toEqual({ own: '+2', agent: '+9', isAlone: true })
  })

  test('is dialled at the number of the run, of its connection, or its own', () => {
    const connection = { ...agent.connection, to: '+8', from: '+5' }
    expect(runNumbers({ ...agent, connection }, { mode: 'same_number' }, 0)).toEqual({ own: '+5', agent: '+8' })
    expect(runNumbers({ ...agent, connection }, { mode: 'same_number', outboundPhoneNumber: '+7', agentNumber: '+6' }, 0)).toEqual({
      own: '+5',
      agent: '+7',
    })
  })

  test('has no number at an address of its own', () => {
    const connection = { type: 'sip', uri: 'sip:desk@agent', from: '+5' } as const
    expect(runNumbers({ ...agent, connection }, { mode: 'same_number', outboundPhoneNumber: '+7' }, 0)).toEqual({ own: '+5' })
  })

  test('has the numbers that its connection tells it', () => {
    const connection = { type: 'twilio_stream', url: 'ws://a', from: '+5' } as const
    expect(runNumbers({ ...agent, connection }, { mode: 'different_numbers' }, 3)).toEqual({ own: '+5', agent: '+9' })
  })
})

describe('an agent that calls us', () => {
  const agent = { inbound: false, contactNumber, connection: { type: 'sip', trunk } } as const

  test('calls the number of the run, or the first of the trunk, from its own number', () => {
    expect(runNumbers(agent, { mode: 'same_number' }, 2)).toEqual({ own: '+1', agent: '+9' })
    expect(runNumbers(agent, { mode: 'same_number', outboundPhoneNumber: '+2', agentNumber: '+6' }, 2)).toEqual({ own: '+2', agent: '+6' })
  })

  test('calls another number in each run, if it is to', () => {
    expect(runNumbers(agent, { mode: 'different_numbers' }, 2)).toEqual({ own: '+3', agent: '+9', isAlone: true })
  })
})

test('who is not called by telephone has no numbers', () => {
  const agent = { inbound: true, contactNumber, connection: { type: 'http', url: 'http://a' } } as never
  expect(runNumbers(agent, { mode: 'different_numbers', outboundPhoneNumber: '+7' }, 0)).toEqual({})
})
