type Texts = Readonly<Record<string, string>>

/** In a header or parameter of the suite, it stands for the address of the REST interface. */
const restUrl = '<rest_url>'
/** Beside it, stands for the call's id. */
const callId = '<call_id>'

/** What a suite tells an agent, in which it may ask for the REST interface. */
export interface Told {
  readonly headers?: Texts
  readonly parameters?: Texts
}

/** Whether the suite asks for the REST interface. */
export function asksForRest({ headers, parameters }: Told): boolean {
  return Object.values({ ...headers, ...parameters }).some(value => value.includes(restUrl))
}

/** With the interface's address, and the call's id, in all places where the suite asks for them. */
export function withRestUrl<Connection extends Told>(connection: Connection, url: string, id: string): Connection {
  const filled = (values: Texts = {}): Texts =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.replaceAll(restUrl, url).replaceAll(callId, id)]))
  return { ...connection, headers: filled(connection.headers), parameters: filled(connection.parameters) }
}
