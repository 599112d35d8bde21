import type { SuiteEvent } from '../../../domain/event.js'

/** An event as the server gives it away, and as it stands in the journal that a client saves. */
export function servedEvent(event: SuiteEvent): SuiteEvent {
  // The options may contain a request's headers, which other readers must not see.
  return event.type === 'suite.started' ? { ...event, options: {} } : event
}
